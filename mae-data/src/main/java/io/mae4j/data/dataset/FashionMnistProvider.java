package io.mae4j.data.dataset;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetProvider;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.api.error.MaeException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Opens the whole of Fashion-MNIST, 60,000 and 10,000 images, where it is installed. */
public final class FashionMnistProvider implements DatasetProvider {
  private static final String NAME = "fashion-mnist";

  private final List<Path> places;

  /**
   * Looks in the folder {@code .mae4j/data/fashion-mnist} of the user's home, then where Debian's
   * package puts it.
   */
  public FashionMnistProvider() {
    this(
        List.of(
            Path.of(System.getProperty("user.home", "."), ".mae4j", "data", NAME),
            Path.of("/usr/share/datasets", NAME)));
  }

  FashionMnistProvider(List<Path> places) {
    this.places = List.copyOf(places);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Fashion-MNIST, 60,000 + 10,000 grey images of 28×28 pixels, where it is installed";
  }

  @Override
  public boolean accepts(String location) {
    return location.equals(NAME);
  }

  @Override
  public Dataset open(DatasetRequest request) {
    IdxFolder folder =
        places.stream()
            .map(IdxFolder::new)
            .filter(IdxFolder::present)
            .findFirst()
            .orElseThrow(this::notFound);
    return folder.open(NAME, request.split(), FashionMnist.CLASSES);
  }

  private MaeException notFound() {
    return MaeException.data(
        "Fashion-MNIST is not installed; looked in "
            + places.stream().map(Path::toString).collect(Collectors.joining(" and "))
            + ". Install the Debian package dataset-fashion-mnist, or put the four files of"
            + " github.com/zalandoresearch/fashion-mnist (train-images-idx3-ubyte.gz …) into the first of"
            + " these folders, or give the path of a folder that holds them. The data set 'sample' holds"
            + " 12,000 of its images and is always there.");
  }
}
