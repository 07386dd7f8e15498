package io.mae4j.cli.run;

/** The version of mae4j that runs. */
public final class Version {
  private Version() {}

  /** From the jar's manifest; {@code development} when run from class files. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
