package io.mae4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.MaeException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizationTest {

  @Test
  void everySampleValueBecomesTheNumberTorchvisionGives() {
    for (String[] row : Resources.table("normalization.tsv")) {
      float[] table = Normalization.IMAGENET.table(Integer.parseInt(row[0]));
      ByteBuffer bytes = ByteBuffer.allocate(table.length * Float.BYTES);
      bytes.asFloatBuffer().put(table);

      assertThat(table[0]).isEqualTo(Float.parseFloat(row[2]));
      assertThat(table[128]).isEqualTo(Float.parseFloat(row[3]));
      assertThat(table[255]).isEqualTo(Float.parseFloat(row[4]));
      assertThat(Resources.sha256(bytes.array())).isEqualTo(row[1]);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aStandardDeviationThatCannotBeDividedByIsRefused(double std) {
    assertThatThrownBy(() -> new Normalization(List.of(0.5), List.of(std)))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining("finite means and stds above 0");
  }

  @Test
  void aMeanThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> new Normalization(List.of(Double.NaN), List.of(1.0)))
        .isInstanceOf(MaeException.class);
  }

  @Test
  void asManyMeansAsDeviationsAreNeeded() {
    assertThatThrownBy(() -> new Normalization(List.of(0.5, 0.5), List.of(1.0)))
        .hasMessageContaining("one mean and one std a channel");
    assertThatThrownBy(() -> new Normalization(List.of(), List.of()))
        .hasMessageContaining("one mean and one std a channel");
  }

  @Test
  void laterChangesOfTheListsHaveNoInfluence() {
    Double[] mean = {0.5};
    Normalization normalization = new Normalization(Arrays.asList(mean), List.of(1.0));
    mean[0] = 9.0;
    assertThat(normalization.mean()).containsExactly(0.5);
  }
}
