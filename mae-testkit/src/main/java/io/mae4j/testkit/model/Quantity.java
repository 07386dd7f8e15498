package io.mae4j.testkit.model;

/**
 * What an engine computes and the official code computed too, in float64: how far an engine may be
 * off. Differences are the largest of a tensor, relative to its largest element.
 */
public enum Quantity {
  /** Encoder tokens. */
  LATENT("latent", 4e-6, 3.7e-7),
  /** Predicted patches. */
  PREDICTION("prediction of every patch", 4e-6, 4.4e-7),
  /** Loss on pixels. */
  LOSS_OF_PIXELS("loss of pixels", 1e-6, 9.8e-8),
  /** Loss on normalised patches. */
  LOSS_OF_NORMALISED_PIXELS("loss of normalised pixels", 1e-6, 7.2e-8),
  /** Gradients of the pre-training loss. */
  GRADIENTS("gradient of each parameter", 5e-6, 4.8e-7),
  /** Loss before each of six optimizer steps. */
  LOSSES_OF_SIX_STEPS("loss of six AdamW steps", 1e-6, 5.7e-8),
  /**
   * Some of the parameters after six steps. AdamW divides each gradient by its own size, so that
   * rounding in a small one moves its parameter by a part of the learning rate, 1.5e-3 here.
   */
  PARAMETERS_AFTER_SIX_STEPS("parameters after six AdamW steps", 8e-6),
  /** How far each parameter moved in the steps, as one length; sensitive as the parameters are. */
  CHANGE_IN_SIX_STEPS("length of each parameter's change in six AdamW steps", 8e-5),
  /** Moments after six steps, which add up the rounding of every gradient before. */
  MOMENTS_AFTER_SIX_STEPS("moments after six AdamW steps", 5e-6),
  /** What a classifier's head is given, with the class token and with the mean of patch tokens. */
  CLASSIFIER_FEATURES("classifier: features", 4e-6),
  /** Scores of classes. */
  CLASSIFIER_LOGITS("classifier: logits", 4e-6, 1.7e-7),
  /** Cross-entropy of the classifier. */
  CLASSIFIER_LOSS("classifier: loss", 4e-6),
  /** Gradients of the classifier's loss. */
  CLASSIFIER_GRADIENTS("classifier: gradient of each parameter", 8e-6, 8.3e-7),
  /** Cross-entropy of labels, smoothed labels and mixed labels. */
  CROSS_ENTROPY("cross-entropy of labels, smoothed and mixed ones", 1e-6),
  /** Its gradient by the scores. */
  CROSS_ENTROPY_GRADIENT("its gradient by the logits", 1e-6),
  /**
   * Losses, logits, running statistics and weights of the linear probe's head over three steps. One
   * feature is the same in the whole batch: batch norm divides the rounding of its mean by the root
   * of 1e-6.
   */
  LINEAR_PROBE("linear probe: three steps of its head", 2e-5),
  /** Parameters and momentum over four steps of LARS. */
  LARS("four steps of LARS, with and without decay", 2e-6);

  /** What an engine in double precision may be off. */
  static final double DOUBLE_LIMIT = 1e-12;

  private final String title;
  private final double floatLimit;
  private final double officialInFloat;

  Quantity(String title, double floatLimit) {
    this(title, floatLimit, Double.NaN);
  }

  Quantity(String title, double floatLimit, double officialInFloat) {
    this.title = title;
    this.floatLimit = floatLimit;
    this.officialInFloat = officialInFloat;
  }

  /** What it is, for people. */
  public String title() {
    return title;
  }

  /**
   * What an engine may be off.
   *
   * @param inDouble whether it computes in double precision
   */
  public double limit(boolean inDouble) {
    return inDouble ? DOUBLE_LIMIT : floatLimit;
  }

  /** What the official code itself is off in single precision; NaN where nobody measured it. */
  public double officialInFloat() {
    return officialInFloat;
  }
}
