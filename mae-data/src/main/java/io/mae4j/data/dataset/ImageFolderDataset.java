package io.mae4j.data.dataset;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.LeftOut;
import io.mae4j.api.data.PixelImage;
import io.mae4j.data.image.ImageDecoder;
import java.nio.file.Path;
import java.util.List;

/** Pictures in a folder, decoded anew on each read as red, green, blue. */
public final class ImageFolderDataset implements Dataset {
  private static final int CHANNELS = 3;

  private final String name;
  private final Path root;
  private final String[] files;
  private final int[] labels;
  private final List<String> classes;
  private final LeftOut leftOut;
  private final ImageDecoder decoder;

  ImageFolderDataset(
      String name,
      Path root,
      List<String> files,
      int[] labels,
      List<String> classes,
      LeftOut leftOut,
      ImageDecoder decoder) {
    this.name = name;
    this.root = root;
    this.files = files.toArray(new String[0]);
    this.labels = labels.clone();
    this.classes = List.copyOf(classes);
    this.leftOut = leftOut;
    this.decoder = decoder;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return files.length;
  }

  @Override
  public String id(int index) {
    return files[check(index)];
  }

  @Override
  public int label(int index) {
    check(index);
    return classes.isEmpty() ? UNLABELLED : labels[index];
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public LeftOut leftOut() {
    return leftOut;
  }

  @Override
  public PixelImage read(int index) {
    return decoder.decode(root.resolve(id(index)), CHANNELS);
  }

  private int check(int index) {
    if (index < 0 || index >= files.length) {
      throw new IndexOutOfBoundsException("image " + index + " of " + files.length + " in " + name);
    }
    return index;
  }
}
