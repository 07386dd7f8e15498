import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.MaeException;
import io.mae4j.data.image.ImageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decodes every file of a folder with mae4j, for decoders.py: the samples go to FILE.rgb, what
 * became of each file to standard output.
 */
final class Decode {

  public static void main(String[] arguments) throws IOException {
    ImageDecoder decoder = new ImageDecoder();
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
      files = all.sorted().collect(Collectors.toList());
    }
    for (Path file : files) {
      long start = System.nanoTime();
      String outcome;
      try {
        PixelImage image = decoder.decode(file, 3);
        Files.write(Path.of(file + ".rgb"), image.samples());
        outcome = image.height() + "\t" + image.width() + "\t";
      } catch (MaeException refused) {
        outcome = "0\t0\t" + refused.getMessage();
      }
      System.out.printf(
          Locale.ROOT, "%s\t%.4f\t%s%n", file.getFileName(), (System.nanoTime() - start) / 1e9, outcome);
    }
  }
}
