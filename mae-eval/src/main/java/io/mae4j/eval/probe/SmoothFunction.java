package io.mae4j.eval.probe;

/** A smooth function of many variables. */
@FunctionalInterface
interface SmoothFunction {

  /**
   * Evaluates it.
   *
   * @param point where
   * @param gradient receives the derivatives there, as many as the point has values
   * @return the value there
   */
  double evaluate(double[] point, double[] gradient);
}
