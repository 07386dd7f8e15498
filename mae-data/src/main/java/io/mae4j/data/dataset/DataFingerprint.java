package io.mae4j.data.dataset;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.MaeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Recognises a data set again, wherever it lies: SHA-256 over the number of images, the class
 * names, every image's name and label, and the size and samples of up to 64 images at even
 * distances.
 *
 * @param sha256 64 hexadecimal digits
 */
public record DataFingerprint(String sha256) {
  private static final int IMAGES = 64;

  /** Takes the fingerprint of a data set. */
  public static DataFingerprint of(Dataset dataset) {
    MessageDigest digest = newDigest();
    add(digest, dataset.size());
    add(digest, dataset.classes().size());
    for (String name : dataset.classes()) {
      add(digest, name);
    }
    for (int i = 0; i < dataset.size(); i++) {
      add(digest, dataset.id(i));
      add(digest, dataset.label(i));
    }
    int images = Math.min(IMAGES, dataset.size());
    for (int i = 0; i < images; i++) {
      addImage(digest, dataset, (int) ((long) i * dataset.size() / images));
    }
    return new DataFingerprint(HexFormat.of().formatHex(digest.digest()));
  }

  private static void addImage(MessageDigest digest, Dataset dataset, int index) {
    PixelImage image;
    try {
      image = dataset.read(index);
    } catch (MaeException damaged) {
      // A damaged image counts as one without samples.
      add(digest, 0);
      return;
    }
    add(digest, image.height());
    add(digest, image.width());
    add(digest, image.channels());
    digest.update(image.samples());
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(digest, bytes.length);
    digest.update(bytes);
  }

  private static void add(MessageDigest digest, int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, number));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
