package io.mae4j.data.dataset;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetProvider;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.data.image.ImageDecoder;
import java.nio.file.Path;

/**
 * Opens a folder of pictures: {@code DIR/train/CLASS/…}, {@code DIR/CLASS/…}, or unlabelled {@code
 * DIR/train/…} and {@code DIR/…}, with {@code DIR/val} or {@code DIR/test} as test split. Which
 * folders are splits and which are classes is told in {@code docs/data.md}.
 */
public final class ImageFolderProvider implements DatasetProvider {
  private final ImageDecoder decoder;

  /** Decodes with the usual limits. */
  public ImageFolderProvider() {
    this(new ImageDecoder());
  }

  /** Decodes with limits of one's own. */
  public ImageFolderProvider(ImageDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public String name() {
    return "image-folder";
  }

  @Override
  public String description() {
    return "a folder of JPEG, PNG, GIF, BMP, WebP or TIFF files, one folder a class or without classes";
  }

  @Override
  public boolean accepts(String location) {
    return Locations.folder(location)
        .filter(folder -> !new IdxFolder(folder).present())
        .isPresent();
  }

  @Override
  public Dataset open(DatasetRequest request) {
    Path folder = Locations.requireFolder(request.location());
    return new ImageFolder(request.location(), folder, decoder).open(request.split());
  }
}
