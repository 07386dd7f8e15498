package io.mae4j.cli;

import java.lang.module.ModuleDescriptor;

/** Entry point of the command line. */
public final class Main {

  private Main() {}

  /**
   * Runs one command.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    ModuleDescriptor descriptor = Main.class.getModule().getDescriptor();
    System.out.println("mae4j " + (descriptor == null ? "" : descriptor.rawVersion().orElse("")));
  }
}
