package io.mae4j.cli.run;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetProvider;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.DataConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.core.registry.Registry;
import io.mae4j.data.dataset.LimitedDataset;
import java.util.List;
import java.util.stream.Collectors;

/** Opens data sets by name or path, and says what they leave out. */
public final class Datasets {
  private final Registry<DatasetProvider> providers;
  private final Console console;

  /** Knows these forms. */
  public Datasets(Registry<DatasetProvider> providers, Console console) {
    this.providers = providers;
    this.console = console;
  }

  /**
   * Opens a data set, or as much of it as the limit allows, for training or measuring: what it does
   * not use is said, by reason.
   *
   * @throws MaeException of kind DATA if nothing opens the location, saying what there is
   */
  public Dataset open(DataConfig config, DatasetRequest.Split split) {
    Dataset data = find(config, split);
    if (!data.leftOut().isNothing()) {
      console.note("Left out  of " + data.name() + ": " + data.leftOut());
    }
    return data;
  }

  private Dataset find(DataConfig config, DatasetRequest.Split split) {
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
   * measuring. Why there are no test images is said.
   */
  public Dataset openToShow(DataConfig config) {
    try {
      return find(config, DatasetRequest.Split.TEST);
    } catch (MaeException e) {
      if (e.kind() != ErrorKind.DATA) {
        throw e;
      }
      Dataset train = find(config, DatasetRequest.Split.TRAIN);
      console.note("Showing training images: " + e.getMessage());
      return train;
    }
  }
}
