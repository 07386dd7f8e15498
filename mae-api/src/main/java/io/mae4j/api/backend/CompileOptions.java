package io.mae4j.api.backend;

/**
 * How a program is compiled.
 *
 * @param precision its arithmetic
 */
public record CompileOptions(Precision precision) {

  /** Single precision. */
  public static CompileOptions fp32() {
    return new CompileOptions(Precision.FP32);
  }
}
