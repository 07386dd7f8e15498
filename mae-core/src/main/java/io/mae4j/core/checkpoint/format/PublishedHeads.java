package io.mae4j.core.checkpoint.format;

import io.mae4j.api.model.VitConfig;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many attention heads the published sizes have; no tensor's shape says it. */
final class PublishedHeads {
  private static final Pattern SIZE =
      Pattern.compile("(?:mae_)?vit_(tiny|small|base|large|huge)_patch\\d+.*");
  private static final List<VitConfig> ENCODERS =
      List.of(
          new VitConfig(768, 12, 12, 4),
          new VitConfig(1024, 24, 16, 4),
          new VitConfig(1280, 32, 16, 4));
  private static final List<VitConfig> DECODERS = List.of(new VitConfig(512, 8, 16, 4));

  private PublishedHeads() {}

  /** By the name of a model, as the official code and timm give it. */
  static Optional<Integer> ofName(String model) {
    Matcher matcher = SIZE.matcher(model);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return switch (matcher.group(1)) {
      case "tiny" -> Optional.of(3);
      case "small" -> Optional.of(6);
      case "base" -> Optional.of(12);
      default -> Optional.of(16);
    };
  }

  /** By the width and depth of an encoder. */
  static Optional<Integer> ofEncoder(int width, int depth) {
    return find(ENCODERS, width, depth);
  }

  /** By the width and depth of a decoder. */
  static Optional<Integer> ofDecoder(int width, int depth) {
    return find(DECODERS, width, depth);
  }

  private static Optional<Integer> find(List<VitConfig> published, int width, int depth) {
    return published.stream()
        .filter(config -> config.width() == width && config.depth() == depth)
        .map(VitConfig::heads)
        .findFirst();
  }
}
