package io.mae4j.core.checkpoint.format;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Infers the numbers of a model from the shapes of its tensors. */
final class ArchitectureReader {
  private static final Pattern BLOCK = Pattern.compile("((?:decoder_)?blocks)\\.(\\d{1,6})\\..*");

  private final Path path;
  private final Map<String, Array> tensors;
  private final ModelHints hints;
  private final List<String> notes = new ArrayList<>();

  /**
   * Of these tensors.
   *
   * @param path the file, for messages
   * @param tensors under the official names
   * @param hints what is known besides them
   */
  ArchitectureReader(Path path, Map<String, Array> tensors, ModelHints hints) {
    this.path = path;
    this.tensors = tensors;
    this.hints = hints;
  }

  /** What was assumed, a sentence each. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * The numbers.
   *
   * @throws MaeException of kind DATA if a tensor is missing or has an impossible shape, of kind
   *     USER if something has to be asked for
   */
  Architecture read() {
    Shape projection = shape("patch_embed.proj.weight", 4);
    int width = projection.dim(0);
    int patch = projection.dim(2);
    if (projection.dim(3) != patch) {
      throw MaeException.data(
          where("patch_embed.proj.weight") + " has patches that are not square: " + projection);
    }
    ImageSpec image = image(projection.dim(1), patch);
    VitConfig encoder =
        blocks("blocks", width, "encoder", "--num-heads", hints.heads(), PublishedHeads::ofEncoder);
    Optional<VitConfig> decoder = Optional.empty();
    if (hasDecoder()) {
      int decoderWidth = shape("decoder_embed.weight", 2).dim(0);
      decoder =
          Optional.of(
              blocks(
                  "decoder_blocks",
                  decoderWidth,
                  "decoder",
                  "--decoder-num-heads",
                  hints.decoderHeads(),
                  PublishedHeads::ofDecoder));
    }
    return new Architecture(image, encoder, decoder, hints.normPixLoss().orElse(false));
  }

  private boolean hasDecoder() {
    return tensors.keySet().stream()
        .anyMatch(name -> name.startsWith("decoder_") || name.equals("mask_token"));
  }

  private String where(String tensor) {
    return path + ": tensor '" + tensor + "'";
  }

  private Shape shape(String tensor, int rank) {
    Array array = tensors.get(tensor);
    if (array == null) {
      throw MaeException.data(where(tensor) + " is missing");
    }
    if (array.shape().rank() != rank) {
      throw MaeException.data(
          where(tensor) + " has the shape " + array.shape() + "; it should have " + rank + " axes");
    }
    return array.shape();
  }

  private ImageSpec image(int channels, int patch) {
    int patches = shape("pos_embed", 3).dim(1) - 1;
    int side = (int) Math.sqrt(patches);
    Optional<ModelHints.Extent> said =
        hints.images().stream()
            .filter(
                size ->
                    size.height() % patch == 0
                        && size.width() % patch == 0
                        && (long) (size.height() / patch) * (size.width() / patch) == patches)
            .findFirst();
    if (said.isPresent()) {
      return new ImageSpec(said.get().height(), said.get().width(), channels, patch);
    }
    if (patches < 1 || side * side != patches) {
      throw MaeException.user(
          path
              + " has positions for "
              + patches
              + " patches of "
              + patch
              + " pixels, which do not make a square; give the size of its images: --input-size HxW");
    }
    return new ImageSpec(side * patch, side * patch, channels, patch);
  }

  private interface KnownHeads {
    Optional<Integer> of(int width, int depth);
  }

  private VitConfig blocks(
      String prefix,
      int width,
      String part,
      String flag,
      Optional<Integer> heads,
      KnownHeads published) {
    int depth = depth(prefix);
    int hidden = shape(prefix + ".0.mlp.fc1.weight", 2).dim(0);
    Optional<Integer> known = published.of(width, depth);
    if (heads.isEmpty() && known.isEmpty()) {
      throw MaeException.user(
          path
              + " does not say how many attention heads its "
              + part
              + " of width "
              + width
              + " has, and no tensor's shape does; give "
              + flag);
    }
    if (heads.isEmpty()) {
      notes.add(
          path
              + ": "
              + known.get()
              + " attention heads in the "
              + part
              + ", as in the published model of width "
              + width
              + " and depth "
              + depth
              + "; "
              + flag
              + " says otherwise.");
    }
    try {
      return new VitConfig(
          width,
          depth,
          heads.or(() -> known).orElseThrow(),
          ratio(hidden, width),
          hints.normEps().orElse(VitConfig.PUBLISHED_NORM_EPS));
    } catch (MaeException e) {
      throw new MaeException(e.kind(), path + ": its " + part + " cannot be: " + e.getMessage(), e);
    }
  }

  /** A ratio that gives the hidden width back. */
  private static double ratio(int hidden, int width) {
    double ratio = (double) hidden / width;
    return (int) (width * ratio) == hidden ? ratio : Math.nextUp(ratio);
  }

  /** The blocks that are there; what is missing between them is found when tensors are checked. */
  private int depth(String prefix) {
    long depth =
        tensors.keySet().stream()
            .map(BLOCK::matcher)
            .filter(Matcher::matches)
            .filter(matcher -> matcher.group(1).equals(prefix))
            .map(matcher -> Integer.valueOf(matcher.group(2)))
            .distinct()
            .count();
    if (depth == 0) {
      throw MaeException.data(path + " has no tensors '" + prefix + ".0.…'");
    }
    return (int) depth;
  }
}
