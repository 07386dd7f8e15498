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
 * How the camera was held: Exif tag 0x0112 (Exif 2.32, table 4). A place of the upright picture
 * comes from the stored row and column, swapped or counted from the end as each value says.
 */
enum Orientation {
  UPRIGHT(1, false, false, false),
  MIRRORED(2, false, false, true),
  TURNED_180(3, false, true, true),
  FLIPPED(4, false, true, false),
  TRANSPOSED(5, true, false, false),
  TURNED_90(6, true, true, false),
  TRANSVERSED(7, true, true, true),
  TURNED_270(8, true, false, true);

  private final int tag;
  private final boolean swapped;
  private final boolean rowsReversed;
  private final boolean columnsReversed;

  Orientation(int tag, boolean swapped, boolean rowsReversed, boolean columnsReversed) {
    this.tag = tag;
    this.swapped = swapped;
    this.rowsReversed = rowsReversed;
    this.columnsReversed = columnsReversed;
  }

  /** What a block of TIFF tags says; upright if it says nothing that can be understood. */
  static Orientation of(byte[] tiff) {
    if (tiff.length == 0) {
      return UPRIGHT;
    }
    try {
      Metadata metadata = TiffMetadataReader.readMetadata(new ByteArrayReader(tiff));
      for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
        Integer value = directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
        if (value != null) {
          return tagged(value);
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
    int storedHeight = stored.height();
    int storedWidth = stored.width();
    int height = swapped ? storedWidth : storedHeight;
    int width = swapped ? storedHeight : storedWidth;
    int channels = stored.channels();
    byte[] from = stored.samples();
    byte[] to = new byte[from.length];
    int at = 0;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int storedRow = swapped ? column : row;
        int storedColumn = swapped ? row : column;
        storedRow = rowsReversed ? storedHeight - 1 - storedRow : storedRow;
        storedColumn = columnsReversed ? storedWidth - 1 - storedColumn : storedColumn;
        int place = (storedRow * storedWidth + storedColumn) * channels;
        for (int c = 0; c < channels; c++) {
          to[at++] = from[place + c];
        }
      }
    }
    return new PixelImage(height, width, channels, to);
  }

  private static Orientation tagged(int tag) {
    for (Orientation orientation : values()) {
      if (orientation.tag == tag) {
        return orientation;
      }
    }
    return UPRIGHT;
  }
}
