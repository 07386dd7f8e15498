package io.mae4j.cli.run;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetProvider;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.DataConfig;
import io.mae4j.core.registry.Registry;
import io.mae4j.data.dataset.LimitedDataset;
import java.util.List;
import java.util.stream.Collectors;

/** Opens data sets by name or path. */
public final class Datasets {
  private final Registry<DatasetProvider> providers;

  /** Knows these forms. */
  public Datasets(Registry<DatasetProvider> providers) {
    this.providers = providers;
  }

  /**
   * Opens a data set, or as much of it as the limit allows.
   *
   * @throws MaeException of kind DATA if nothing opens the location, saying what there is
   */
  public Dataset open(DataConfig config, DatasetRequest.Split split) {
    String location = config.location();
    List<DatasetProvider> fitting =
        providers.all().stream().filter(provider -> provider.accepts(location)).toList();
    if (fitting.isEmpty()) {
      String known =
          providers.all().stream()
              .map(provider -> "\n  " + provider.name() + ": " + provider.description())
              .collect(Collectors.joining());
      throw MaeException.data("no data set at '" + location + "'. What can be opened:" + known);
    }
    Dataset data = fitting.get(0).open(new DatasetRequest(location, split));
    return config.limit().map(limit -> LimitedDataset.of(data, limit)).orElse(data);
  }

  /**
   * The test images, or the training images where a data set has no others: for looking at, not for
   * measuring.
   */
  public Dataset openToShow(DataConfig config) {
    try {
      return open(config, DatasetRequest.Split.TEST);
    } catch (MaeException e) {
      if (e.kind() != ErrorKind.DATA) {
        throw e;
      }
      return open(config, DatasetRequest.Split.TRAIN);
    }
  }
}
