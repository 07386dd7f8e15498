package io.mae4j.data.image.webp;

import io.mae4j.api.data.PixelImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The RIFF chunks of a WebP file (RFC 9649, section 2). Of an animation it is the first frame on an
 * empty canvas; alpha, colour profile and metadata other than Exif are passed over.
 */
public final class WebpFile {
  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final int COLOURS = 3;

  private final byte[] exif;
  private final int width;
  private final int height;
  private final int left;
  private final int top;
  private final Bitstream picture;

  private WebpFile(byte[] exif, Walk walk, Bitstream picture) throws WebpException {
    this.exif = exif;
    this.picture = picture;
    this.width = walk.canvas ? walk.width : picture.width();
    this.height = walk.canvas ? walk.height : picture.height();
    this.left = walk.left;
    this.top = walk.top;
    boolean fits =
        walk.animated
            ? left + picture.width() <= width && top + picture.height() <= height
            : picture.width() == width && picture.height() == height;
    if (!fits) {
      throw new WebpException(
          "WebP with a picture of %d by %d pixels on a canvas of %d by %d"
              .formatted(picture.width(), picture.height(), width, height));
    }
  }

  /**
   * Walks a file and reads the size of its picture.
   *
   * @param file a file that begins with a RIFF header of WebP
   * @throws WebpException if it or one of its chunks is shorter than it says, or holds no picture
   */
  public static WebpFile parse(byte[] file) throws WebpException {
    Chunk whole = new Chunk(file, 0, file.length);
    long end = whole.uint32(4) + CHUNK_HEADER;
    if (end > file.length) {
      throw new WebpException("truncated WebP: " + file.length + " of " + end + " bytes");
    }
    Walk walk = new Walk();
    walk.chunks(new Chunk(file, RIFF_HEADER, (int) Math.max(RIFF_HEADER, end)));
    if (walk.picture == null) {
      throw new WebpException("WebP without a picture");
    }
    return new WebpFile(walk.exif, walk, walk.picture);
  }

  /** Of the canvas, in pixels. */
  public int width() {
    return width;
  }

  /** Of the canvas, in pixels. */
  public int height() {
    return height;
  }

  /** The Exif block as a TIFF file, empty if there is none. */
  public byte[] exif() {
    return exif;
  }

  /**
   * Decodes the picture, red, green, blue, not yet turned upright.
   *
   * @throws WebpException if it ends too early or contradicts itself
   */
  public PixelImage decode() throws WebpException {
    byte[] samples = picture.decode();
    if (picture.width() == width && picture.height() == height) {
      return new PixelImage(height, width, COLOURS, samples);
    }
    byte[] onCanvas = new byte[Math.multiplyExact(height * COLOURS, width)];
    int row = picture.width() * COLOURS;
    for (int y = 0; y < picture.height(); y++) {
      System.arraycopy(samples, y * row, onCanvas, ((top + y) * width + left) * COLOURS, row);
    }
    return new PixelImage(height, width, COLOURS, onCanvas);
  }

  /** What was found so far. */
  private static final class Walk {
    private byte[] exif = {};
    private boolean canvas;
    private boolean animated;
    private int width;
    private int height;
    private int left;
    private int top;
    private @Nullable Bitstream picture;

    void chunks(Chunk all) throws WebpException {
      Chunk rest = all;
      while (rest.length() >= CHUNK_HEADER) {
        long length = rest.uint32(4);
        if (CHUNK_HEADER + length > rest.length()) {
          throw new WebpException("WebP chunk at byte " + rest.from() + " is longer than the file");
        }
        read(rest, rest.after(CHUNK_HEADER).first((int) length));
        // A chunk of odd length is padded; some writers forget that at the end.
        rest = rest.after((int) Math.min(rest.length(), CHUNK_HEADER + length + (length & 1)));
      }
    }

    private void read(Chunk header, Chunk data) throws WebpException {
      if (header.isNamed(0, "EXIF")) {
        exif = exif(data);
      } else if (header.isNamed(0, "VP8X") && !canvas && picture == null) {
        canvas = true;
        width = data.uint24(4) + 1;
        height = data.uint24(7) + 1;
      } else if (picture != null) {
        return;
      } else if (header.isNamed(0, "ANMF") && canvas && !animated) {
        animated = true;
        left = 2 * data.uint24(0);
        top = 2 * data.uint24(3);
        chunks(data.after(FRAME_HEADER));
      } else if (header.isNamed(0, "VP8 ")) {
        picture = LossyPicture.parse(data);
      } else if (header.isNamed(0, "VP8L")) {
        picture = LosslessPicture.parse(data);
      }
    }

    /** Some writers put the JPEG marker's text before the tags. */
    private static byte[] exif(Chunk data) {
      int skipped = data.isNamed(0, "Exif\0\0") ? 6 : 0;
      return Arrays.copyOfRange(data.file(), data.from() + skipped, data.to());
    }
  }
}
