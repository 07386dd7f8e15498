package io.mae4j.data.image;

import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.data.image.webp.WebpException;
import io.mae4j.data.image.webp.WebpFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Decodes JPEG, PNG, GIF, BMP, WebP and TIFF into 8-bit samples, as Pillow's {@code convert("RGB")}
 * gives them, to the last bit: stored values without a colour profile, alpha left out, the first
 * picture of several. Unlike Pillow it turns pictures upright as their Exif orientation says, and
 * takes the high byte of 16-bit grey. Damaged and truncated files are refused, never patched up,
 * and so are files that claim more pixels than their bytes can hold: time and memory follow from
 * what is there. Safe for several threads at once.
 *
 * @param maxPixels the largest picture, height times width, that memory is set aside for; no side
 *     may be longer than 65,535 pixels
 */
public record ImageDecoder(long maxPixels) {

  /** Pillow's limit against decompression bombs, in pixels. */
  public static final long DEFAULT_MAX_PIXELS = 178_956_970L;

  private static final long MAX_FILE_BYTES = 1L << 30;
  private static final int MAX_SIDE = 65_535;

  /** Checks the limit. */
  public ImageDecoder {
    if (maxPixels < 1 || maxPixels > Integer.MAX_VALUE / 4) {
      throw MaeException.user(
          "the largest image must have 1 to "
              + Integer.MAX_VALUE / 4
              + " pixels, got "
              + maxPixels);
    }
  }

  /** With the usual limit. */
  public ImageDecoder() {
    this(DEFAULT_MAX_PIXELS);
  }

  /** Whether a file name ends like a picture this class decodes. */
  public static boolean isPictureName(String fileName) {
    return ImageFormat.namesPicture(fileName);
  }

  /**
   * Decodes a file.
   *
   * @param file what to read
   * @param channels C, 1 for grey or 3 for red, green, blue
   * @throws MaeException of kind DATA, naming the file, if it cannot be read, is damaged or too
   *     large
   */
  public PixelImage decode(Path file, int channels) {
    byte[] bytes;
    try {
      long size = Files.size(file);
      if (size > MAX_FILE_BYTES) {
        throw MaeException.data(file + ": " + size + " bytes are too many for one image");
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new MaeException(ErrorKind.DATA, file + ": cannot be read: " + e, e);
    }
    return decode(file.toString(), bytes, channels);
  }

  /**
   * Decodes a file that is already in memory.
   *
   * @param name names it in messages
   * @param bytes the whole file
   * @param channels C, 1 for grey or 3 for red, green, blue
   * @throws MaeException of kind DATA, with the name, if it is damaged or too large
   */
  public PixelImage decode(String name, byte[] bytes, int channels) {
    try {
      ImageFormat format =
          ImageFormat.of(bytes)
              .orElseThrow(
                  () ->
                      new DamagedImageException(
                          bytes.length == 0
                              ? "the file is empty"
                              : "not a JPEG, PNG, GIF, BMP, WebP or TIFF image"));
      return Channels.convert(decode(format, bytes), channels);
    } catch (MaeException e) {
      throw e;
    } catch (DamagedImageException | WebpException e) {
      throw new MaeException(ErrorKind.DATA, name + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      // Decoders meet damage with whatever exception comes first.
      throw new MaeException(ErrorKind.DATA, name + ": damaged image: " + e, e);
    }
  }

  private PixelImage decode(ImageFormat format, byte[] bytes) throws IOException {
    return switch (format) {
      case JPEG -> jpeg(bytes);
      case PNG -> png(bytes);
      case GIF -> {
        GifFile gif = GifFile.parse(bytes);
        checkSize(gif.width(), gif.height());
        yield gif.onScreen(PlatformDecoder.decode("gif", bytes, this::checkSize));
      }
      case BMP -> {
        BmpFile.check(bytes);
        yield PlatformDecoder.decode("bmp", bytes, this::checkSize);
      }
      case WEBP -> {
        WebpFile webp = WebpFile.parse(bytes);
        checkSize(webp.width(), webp.height());
        yield Orientation.of(webp.exif()).apply(webp.decode());
      }
      case TIFF -> Orientation.of(bytes).apply(tiff(TiffFile.parse(bytes)));
    };
  }

  private PixelImage tiff(TiffFile tiff) throws IOException {
    checkSize(tiff.width(), tiff.height());
    checkSize(tiff.tileWidth(), tiff.tileHeight());
    tiff.checkClaim();
    return switch (tiff.compression()) {
      case JPEG -> TiffJpeg.decode(tiff);
      case FAX_RUNS, FAX_3, FAX_4 -> TiffFax.decode(tiff);
      default -> PlatformDecoder.tiff(tiff, this::checkSize);
    };
  }

  private PixelImage jpeg(byte[] bytes) throws IOException {
    JpegFile jpeg = JpegFile.parse(bytes);
    checkSize(jpeg.width(), jpeg.height());
    return Orientation.of(jpeg.exif()).apply(JpegDecoder.decode(jpeg));
  }

  private PixelImage png(byte[] bytes) throws IOException {
    PngFile png = PngFile.parse(bytes);
    checkSize(png.width(), png.height());
    png.checkClaim();
    return Orientation.of(png.exif())
        .apply(PlatformDecoder.decode("png", png.pixelsOnly(), this::checkSize));
  }

  private void checkSize(long width, long height) throws DamagedImageException {
    if (width > MAX_SIDE || height > MAX_SIDE || width * height > maxPixels) {
      throw new DamagedImageException(
          "too large: "
              + width
              + " by "
              + height
              + " pixels; the limit is "
              + maxPixels
              + " in all and "
              + MAX_SIDE
              + " a side");
    }
  }
}
