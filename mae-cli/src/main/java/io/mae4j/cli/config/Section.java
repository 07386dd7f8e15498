package io.mae4j.cli.config;

/** The groups of keys, in the order of help and files. */
public enum Section {
  /** The network. */
  MODEL("Model"),
  /** The images. */
  DATA("Data"),
  /** What is hidden. */
  MASKING("Masking"),
  /** How it learns. */
  RECIPE("Recipe"),
  /** How an encoder is measured with labels. */
  CLASSIFIER("Classifier"),
  /** Where it computes. */
  BACKEND("Backend"),
  /** What it leaves. */
  OUTPUT("Output");

  private final String title;

  Section(String title) {
    this.title = title;
  }

  /** Its heading. */
  public String title() {
    return title;
  }
}
