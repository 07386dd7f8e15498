/** Nearest-centroid classification as an evaluation of mae4j. */
module org.example.centroid {
  requires io.mae4j.api;

  provides io.mae4j.api.eval.EvaluatorProvider with
      org.example.centroid.NearestCentroidProvider;
}
