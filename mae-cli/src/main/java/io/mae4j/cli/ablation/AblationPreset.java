package io.mae4j.cli.ablation;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.model.VitConfig;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.core.registry.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The ablations of He et al. 2021, with the values of their tables. */
public enum AblationPreset {
  /** Decoder depth. */
  TABLE_1A("table-1a", "decoder-depth=1,2,4,8,12"),
  /** Decoder width, whose values follow the model's own. */
  TABLE_1B("table-1b", "decoder-width="),
  /** Mask tokens in the encoder. */
  TABLE_1C("table-1c", "encoder-mask-tokens=true,false"),
  /** Reconstruction target. */
  TABLE_1D("table-1d", "norm-pix-loss=false,true"),
  /** Data augmentation. */
  TABLE_1E("table-1e", "crop:flip=none:false,fixed:true,random:true"),
  /** Mask sampling. */
  TABLE_1F("table-1f", "masking=random:0.75,block:0.5,block:0.75,grid:0.75"),
  /** Mask ratio. */
  FIGURE_5("figure-5", "mask-ratio=0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.75,0.8,0.9");

  private static final double[] PUBLISHED_WIDTHS = {128, 256, 512, 768, 1024};
  private static final double PUBLISHED_WIDTH = 512;
  private static final int POSITION_PARTS = 4;

  private final String label;
  private final String axis;

  AblationPreset(String label, String axis) {
    this.label = label;
    this.axis = axis;
  }

  /**
   * The preset of a name.
   *
   * @throws MaeException of kind USER that names the nearest one
   */
  public static AblationPreset named(String name) {
    List<String> names = Arrays.stream(values()).map(preset -> preset.label).toList();
    return Arrays.stream(values())
        .filter(preset -> preset.label.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                MaeException.user(
                    "no preset '"
                        + name
                        + "'. Available: "
                        + String.join(", ", names)
                        + "."
                        + Nearest.to(name, names)
                            .map(near -> " Did you mean '" + near + "'?")
                            .orElse("")));
  }

  /** Its name on the command line. */
  public String label() {
    return label;
  }

  /** What is varied for a model. */
  public AblationAxis axis(RunConfig base) {
    return AblationAxis.parse(this == TABLE_1B ? axis + widths(base) : axis);
  }

  /**
   * The published widths for the published 512, scaled to the model's own width and rounded to what
   * its heads and its position embedding divide.
   */
  private static String widths(RunConfig base) {
    VitConfig decoder = base.model().decoderBlocks();
    int step = decoder.heads();
    while (step % POSITION_PARTS != 0) {
      step += decoder.heads();
    }
    int unit = step;
    return DoubleStream.of(PUBLISHED_WIDTHS)
        .mapToLong(
            width ->
                Math.max(unit, Math.round(width / PUBLISHED_WIDTH * decoder.width() / unit) * unit))
        .distinct()
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(","));
  }
}
