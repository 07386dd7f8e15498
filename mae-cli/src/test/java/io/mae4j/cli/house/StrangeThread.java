package io.mae4j.cli.house;

import io.mae4j.cli.Main;

/**
 * Runs a command on a thread whose context loader knows the Java platform alone, as a thread of
 * another's program may have it.
 */
public final class StrangeThread {
  private StrangeThread() {}

  /** The command and its options. */
  public static void main(String[] arguments) {
    Thread thread = new Thread(() -> Main.main(arguments), "strange");
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    thread.start();
  }
}
