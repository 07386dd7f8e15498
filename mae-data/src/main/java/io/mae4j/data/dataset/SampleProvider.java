package io.mae4j.data.dataset;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetProvider;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.api.data.LeftOut;
import java.io.FileNotFoundException;
import java.io.InputStream;

/**
 * Opens the sample that comes with mae4j: the first 10,000 training and the first 2,000 test images
 * of Fashion-MNIST, with their labels. Licence and origin lie beside the files.
 */
public final class SampleProvider implements DatasetProvider {
  private static final String NAME = "sample";

  /** More than any of the four files has. */
  private static final long FILE_BYTES = 16 << 20;

  /** For the service loader. */
  public SampleProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "10,000 + 2,000 images of Fashion-MNIST (28×28, grey, 10 classes), built in";
  }

  @Override
  public boolean accepts(String location) {
    return location.equals(NAME);
  }

  @Override
  public Dataset open(DatasetRequest request) {
    String prefix = request.split() == Split.TRAIN ? "train" : "t10k";
    IdxFile images = read(prefix + "-images-idx3-ubyte.gz", 3);
    IdxFile labels = read(prefix + "-labels-idx1-ubyte.gz", 1);
    return new IdxDataset(NAME, images, labels.values(), FashionMnist.CLASSES, LeftOut.nothing());
  }

  private static IdxFile read(String file, int axes) {
    return IdxFile.read("built-in sample, " + file, FILE_BYTES, () -> resource(file), axes);
  }

  private static InputStream resource(String file) throws FileNotFoundException {
    InputStream stream = SampleProvider.class.getResourceAsStream("sample/" + file);
    if (stream == null) {
      throw new FileNotFoundException("missing from the jar of mae-data");
    }
    return stream;
  }
}
