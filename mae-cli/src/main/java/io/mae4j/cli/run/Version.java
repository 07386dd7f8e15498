package io.mae4j.cli.run;

import java.lang.module.ModuleDescriptor;

/** The version of mae4j that runs. */
public final class Version {
  private static final String UNKNOWN = "development";

  private Version() {}

  /**
   * From the module's descriptor or the jar's manifest; {@code development} when run from class
   * files.
   */
  public static String current() {
    ModuleDescriptor module = Version.class.getModule().getDescriptor();
    String manifest = Version.class.getPackage().getImplementationVersion();
    if (module == null) {
      return manifest == null ? UNKNOWN : manifest;
    }
    return module.rawVersion().orElse(UNKNOWN);
  }
}
