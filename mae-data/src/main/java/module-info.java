import io.mae4j.api.data.DatasetProvider;
import io.mae4j.data.dataset.FashionMnistProvider;
import io.mae4j.data.dataset.IdxDatasetProvider;
import io.mae4j.data.dataset.ImageFolderProvider;
import io.mae4j.data.dataset.SampleProvider;
import org.jspecify.annotations.NullMarked;

/** Datasets, decoding, augmentation, batching and prefetch; knows no tensor. */
@NullMarked
module io.mae4j.data {
  requires com.drew.metadata;
  requires com.twelvemonkeys.imageio.core;
  requires com.twelvemonkeys.imageio.tiff;
  requires transitive io.mae4j.api;
  requires java.desktop;
  requires static org.jspecify;

  exports io.mae4j.data.augment;
  exports io.mae4j.data.batch;
  exports io.mae4j.data.dataset;
  exports io.mae4j.data.image;

  provides DatasetProvider with
      FashionMnistProvider,
      IdxDatasetProvider,
      ImageFolderProvider,
      SampleProvider;
}
