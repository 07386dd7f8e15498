package io.mae4j.data.dataset;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetProvider;
import io.mae4j.api.data.DatasetRequest;
import java.util.List;

/** Opens a folder of IDX files, as MNIST and its relatives are published. */
public final class IdxDatasetProvider implements DatasetProvider {

  /** For the service loader. */
  public IdxDatasetProvider() {}

  @Override
  public String name() {
    return "idx";
  }

  @Override
  public String description() {
    return "a folder with IDX files (train-images-idx3-ubyte …, plain or .gz)";
  }

  @Override
  public boolean accepts(String location) {
    return Locations.folder(location).map(IdxFolder::new).filter(IdxFolder::present).isPresent();
  }

  @Override
  public Dataset open(DatasetRequest request) {
    IdxFolder folder = new IdxFolder(Locations.requireFolder(request.location()));
    return folder.open(request.location(), request.split(), List.of());
  }
}
