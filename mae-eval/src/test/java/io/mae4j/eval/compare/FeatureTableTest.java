package io.mae4j.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.eval.Features;
import io.mae4j.api.model.ImageSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureTableTest {
  @Test
  void keepsOrderLabelsAndTheIncompleteLastBatch() {
    float[] images = new float[5 * 4];
    for (int i = 0; i < images.length; i++) {
      images[i] = i;
    }
    int[] labels = {3, 1, 4, 1, 5};
    List<Integer> progress = new ArrayList<>();
    Representation pixels = new RawPixels(new ImageSpec(2, 2, 1, 2));
    List<Features> features =
        FeatureTable.encode(
            new ListedImages(2, 2, 1, images, labels, 2),
            List.of(pixels, new Sums()),
            progress::add);
    assertThat(features).hasSize(2);
    assertThat(features.get(0).width()).isEqualTo(4);
    assertThat(features.get(0).values()).isEqualTo(images);
    assertThat(features.get(0).labels()).isEqualTo(labels);
    assertThat(features.get(1).values()).containsExactly(6, 22, 38, 54, 70);
    assertThat(features.get(1).labels()).isEqualTo(labels);
    assertThat(progress).containsExactly(2, 4, 5);
  }
}
