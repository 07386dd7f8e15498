package io.mae4j.cli.run;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.data.dataset.LabelFraction;
import java.util.ArrayList;
import java.util.List;

/**
 * Images with classes to be told apart.
 *
 * @param train what may be learnt from
 * @param test what is measured on
 */
record LabelledImages(Dataset train, Dataset test) {

  /**
   * Opens those of a configuration; of the training images, as many as its label-fraction leaves.
   *
   * @throws MaeException of kind DATA if there are no classes, or other ones in the test, or one
   *     without an image
   */
  static LabelledImages open(Datasets datasets, RunConfig config) {
    Dataset train = labelled(datasets.open(config.data(), Split.TRAIN));
    Dataset test = labelled(datasets.open(config.data(), Split.TEST));
    if (!train.classes().equals(test.classes())) {
      throw MaeException.data(
          "the test images have other classes than the training images:"
              + difference(" only in training: ", train.classes(), test.classes())
              + difference(" only in test: ", test.classes(), train.classes()));
    }
    Dataset learnt =
        config
            .classifier()
            .labelFraction()
            .map(fraction -> LabelFraction.of(train, fraction, config.recipe().seed()))
            .orElse(train);
    return new LabelledImages(learnt, test);
  }

  private static String difference(String title, List<String> from, List<String> others) {
    List<String> rest = new ArrayList<>(from);
    rest.removeAll(others);
    return rest.isEmpty() ? "" : title + String.join(", ", rest) + ";";
  }

  private static Dataset labelled(Dataset data) {
    if (data.classes().size() < 2) {
      throw MaeException.data(
          data.name()
              + " has no classes to be told apart; an evaluation needs a folder for each class, or a data set with labels");
    }
    return data;
  }
}
