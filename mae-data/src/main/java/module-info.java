import org.jspecify.annotations.NullMarked;

/** Datasets, decoding, augmentation, batching and prefetch; knows no tensor. */
@NullMarked
module io.mae4j.data {
  requires com.drew.metadata;
  requires io.mae4j.api;
  requires java.desktop;
  requires static org.jspecify;
  requires org.apache.commons.compress;
  requires org.slf4j;
}
