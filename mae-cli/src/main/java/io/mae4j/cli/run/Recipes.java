package io.mae4j.cli.run;

import io.mae4j.cli.config.RecipeConfig;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.core.train.Recipe;
import io.mae4j.core.train.Schedule;

/** Makes the trainer's recipe of a configuration. */
final class Recipes {
  private Recipes() {}

  static Recipe of(RunConfig config) {
    RecipeConfig recipe = config.recipe();
    Schedule schedule =
        new Schedule(
            recipe.epochs(),
            recipe.warmup(),
            recipe.batchSize(),
            recipe.accumIter(),
            recipe.peakLearningRate(),
            recipe.minLr());
    return new Recipe(
        schedule,
        recipe.weightDecay(),
        recipe.beta1(),
        recipe.beta2(),
        config.masking().ratio(),
        recipe.seed());
  }
}
