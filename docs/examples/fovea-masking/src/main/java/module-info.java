/** A plugin as a module: it needs the contracts of mae4j and provides one of them. */
module org.example.fovea {
  requires io.mae4j.api;

  provides io.mae4j.api.masking.MaskingStrategyProvider with
      org.example.fovea.FoveaMaskingProvider;
}
