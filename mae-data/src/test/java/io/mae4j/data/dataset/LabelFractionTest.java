package io.mae4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.api.data.LeftOut;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.MaeException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelFractionTest {
  private final Dataset sample =
      new SampleProvider().open(new DatasetRequest("sample", Split.TRAIN));

  private static int[] perClass(Dataset data) {
    int[] count = new int[data.classes().size()];
    for (int i = 0; i < data.size(); i++) {
      count[data.label(i)]++;
    }
    return count;
  }

  private static Set<String> ids(Dataset data) {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < data.size(); i++) {
      ids.add(data.id(i));
    }
    return ids;
  }

  @Test
  void takesTheSameShareOfEveryClass() {
    int[] whole = perClass(sample);
    int[] tenth = perClass(LabelFraction.of(sample, 0.1, 1));
    for (int label = 0; label < whole.length; label++) {
      assertThat(tenth[label]).isEqualTo((int) Math.round(whole[label] * 0.1));
    }
    assertThat(LabelFraction.of(sample, 1, 1)).isSameAs(sample);
  }

  @Test
  void theSeedDecidesWhichAndASmallerShareIsPartOfALargerOne() {
    Set<String> few = ids(LabelFraction.of(sample, 0.01, 7));
    assertThat(ids(LabelFraction.of(sample, 0.01, 7))).isEqualTo(few);
    assertThat(ids(LabelFraction.of(sample, 0.01, 8))).isNotEqualTo(few);
    assertThat(ids(LabelFraction.of(sample, 0.1, 7))).containsAll(few);
  }

  @Test
  void imagesKeepTheirNamesLabelsAndPixels() {
    Dataset few = LabelFraction.of(sample, 0.01, 7);
    assertThat(few.name()).isEqualTo("sample (" + few.size() + " of 10000 labels)");
    for (int i = 0; i < few.size(); i++) {
      int place = Integer.parseInt(few.id(i));
      assertThat(few.label(i)).isEqualTo(sample.label(place));
      assertThat(few.read(i).samples()).isEqualTo(sample.read(place).samples());
    }
    assertThatThrownBy(() -> few.id(few.size())).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aClassOfWhichNothingIsLeftIsNamed() {
    assertThatThrownBy(() -> LabelFraction.of(new Zoo(), 0.1, 0))
        .isInstanceOf(MaeException.class)
        .hasMessage(
            "zoo: of the class 'okapi' with 3 images, none are left at label-fraction 0.1; take a larger one");
    assertThat(perClass(LabelFraction.of(new Zoo(), 0.5, 0))).containsExactly(20, 2);
    assertThatThrownBy(() -> LabelFraction.of(new Zoo(), 0, 0)).hasMessageContaining("above 0");
  }

  @Test
  void aClassWithoutImagesStaysWithoutImages() {
    byte[] letters = new byte[40];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) (1 + i % 2);
    }
    Dataset labelledFromOne =
        new IdxDataset(
            "letters",
            new IdxFile(new int[] {40, 1, 1}, IdxFiles.counting(40)),
            letters,
            List.of("0", "1", "2"),
            LeftOut.nothing());
    Dataset half = LabelFraction.of(labelledFromOne, 0.5, 0);
    assertThat(perClass(half)).containsExactly(0, 10, 10);
    assertThat(half.classes()).containsExactly("0", "1", "2");
  }

  @Test
  void itTellsWhichImagesItLeavesOut() {
    assertThat(LabelFraction.of(new Zoo(), 0.5, 0).leftOut())
        .hasToString("21 images beyond label-fraction 0.5, 1 images without a label");
    assertThat(LabelFraction.of(new Zoo(), 1, 0).leftOut().isNothing()).isTrue();
  }

  @Test
  void imagesWithoutAnyLabelAreRefused() {
    Dataset unlabelled =
        new IdxDataset(
            "plain",
            new IdxFile(new int[] {4, 1, 1}, new byte[4]),
            new byte[0],
            List.of(),
            LeftOut.nothing());
    assertThatThrownBy(() -> LabelFraction.of(unlabelled, 0.5, 0))
        .isInstanceOf(MaeException.class)
        .hasMessage("plain: no image has a label");
  }

  /** Forty cats, three okapis, one animal without a name. */
  private record Zoo() implements Dataset {
    @Override
    public String name() {
      return "zoo";
    }

    @Override
    public int size() {
      return 44;
    }

    @Override
    public String id(int index) {
      return "" + index;
    }

    @Override
    public int label(int index) {
      return index < 40 ? 0 : index < 43 ? 1 : UNLABELLED;
    }

    @Override
    public List<String> classes() {
      return List.of("cat", "okapi");
    }

    @Override
    public PixelImage read(int index) {
      return new PixelImage(1, 1, 1, new byte[1]);
    }
  }
}
