package io.mae4j.data.image;

import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import io.mae4j.api.data.PixelImage;
import java.io.IOException;

/**
 * How the camera was held: Exif tag 0x0112 (Exif 2.32, table 4). The numbers are the tag's; each rule says which stored
 * sample comes to a place of the upright picture.
 */
enum Orientation {
  UPRIGHT,
  MIRRORED,
  TURNED_180,
  FLIPPED,
  TRANSPOSED,
  TURNED_90,
  TRANSVERSED,
  TURNED_270;

  /** What a block of TIFF tags says; upright if it says nothing that can be understood. */
  static Orientation of(byte[] tiff) {
    if (tiff.length == 0) {
      return UPRIGHT;
    }
    try {
      Metadata metadata = TiffMetadataReader.readMetadata(new ByteArrayReader(tiff));
      for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
        Integer value = directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
        if (value != null && value >= 1 && value <= values().length) {
          return values()[value - 1];
        }
      }
      return UPRIGHT;
    } catch (IOException | TiffProcessingException | RuntimeException unreadable) {
      return UPRIGHT;
    }
  }

  /** Turns a stored picture upright. */
  PixelImage apply(PixelImage stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    boolean swaps = ordinal() >= TRANSPOSED.ordinal();
    int storedHeight = stored.height();
    int storedWidth = stored.width();
    int height = swaps ? storedWidth : storedHeight;
    int width = swaps ? storedHeight : storedWidth;
    int channels = stored.channels();
    byte[] from = stored.samples();
    byte[] to = new byte[from.length];
    int at = 0;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int place =
            (storedRow(row, column, storedHeight) * storedWidth
                    + storedColumn(row, column, storedWidth))
                * channels;
        for (int c = 0; c < channels; c++) {
          to[at++] = from[place + c];
        }
      }
    }
    return new PixelImage(height, width, channels, to);
  }

  private int storedRow(int row, int column, int storedHeight) {
    switch (this) {
      case TURNED_180:
      case FLIPPED:
        return storedHeight - 1 - row;
      case TRANSPOSED:
      case TURNED_270:
        return column;
      case TURNED_90:
      case TRANSVERSED:
        return storedHeight - 1 - column;
      default:
        return row;
    }
  }

  private int storedColumn(int row, int column, int storedWidth) {
    switch (this) {
      case MIRRORED:
      case TURNED_180:
        return storedWidth - 1 - column;
      case TRANSPOSED:
      case TURNED_90:
        return row;
      case TRANSVERSED:
      case TURNED_270:
        return storedWidth - 1 - row;
      default:
        return column;
    }
  }
}
