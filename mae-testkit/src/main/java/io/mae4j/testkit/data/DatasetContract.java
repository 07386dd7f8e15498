package io.mae4j.testkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.PixelImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/**
 * What every data set must do. The author of one extends it:
 *
 * <pre>{@code
 * class MyDatasetContractTest extends DatasetContract {
 *   @Override
 *   protected Dataset dataset() {
 *     return new MyProvider().open(new DatasetRequest("…", Split.TRAIN));
 *   }
 * }
 * }</pre>
 *
 * <p>Up to 64 images at even distances are read; none of them may be damaged.
 */
public abstract class DatasetContract {
  private static final int IMAGES = 64;
  private static final int THREADS = 4;

  /** For subclasses. */
  protected DatasetContract() {}

  /** The data set under test, opened anew for each call. */
  protected abstract Dataset dataset();

  private static int[] places(Dataset dataset) {
    int count = Math.min(IMAGES, dataset.size());
    int[] places = new int[count];
    Arrays.setAll(places, i -> (int) ((long) i * dataset.size() / count));
    return places;
  }

  private static void assertSame(PixelImage actual, PixelImage expected, String what) {
    assertThat(actual.height()).as("height of %s", what).isEqualTo(expected.height());
    assertThat(actual.width()).as("width of %s", what).isEqualTo(expected.width());
    assertThat(actual.channels()).as("channels of %s", what).isEqualTo(expected.channels());
    assertThat(actual.samples()).as("samples of %s", what).isEqualTo(expected.samples());
  }

  @Test
  void itHasANameAndImages() {
    Dataset dataset = dataset();
    assertThat(dataset.name()).isNotBlank();
    assertThat(dataset.size()).isPositive();
  }

  @Test
  void everyImageHasANameOfItsOwn() {
    Dataset dataset = dataset();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < dataset.size(); i++) {
      assertThat(dataset.id(i)).as("name of image %d", i).isNotBlank();
      assertThat(ids.add(dataset.id(i))).as("name %s is taken twice", dataset.id(i)).isTrue();
    }
  }

  @Test
  void labelsAreClasses() {
    Dataset dataset = dataset();
    List<String> classes = dataset.classes();
    assertThat(classes).doesNotHaveDuplicates();
    assertThat(classes).allSatisfy(name -> assertThat(name).isNotBlank());
    for (int i = 0; i < dataset.size(); i++) {
      if (classes.isEmpty()) {
        assertThat(dataset.label(i)).as("label of image %d", i).isEqualTo(Dataset.UNLABELLED);
      } else {
        assertThat(dataset.label(i)).as("label of image %d", i).isBetween(0, classes.size() - 1);
      }
    }
  }

  @Test
  void theClassesCannotBeChanged() {
    List<String> classes = dataset().classes();
    assertThatThrownBy(() -> classes.add("another"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anImageReadAgainIsTheSame() {
    Dataset dataset = dataset();
    for (int place : places(dataset)) {
      PixelImage first = dataset.read(place);
      byte[] samples = first.samples().clone();
      // Images are handed over: what a caller does to one must not reach the next.
      Arrays.fill(first.samples(), (byte) 0x5a);
      assertSame(
          dataset.read(place),
          new PixelImage(first.height(), first.width(), first.channels(), samples),
          dataset.id(place));
    }
  }

  @Test
  void openedAgainItIsTheSame() {
    Dataset first = dataset();
    Dataset second = dataset();
    assertThat(second.size()).isEqualTo(first.size());
    assertThat(second.classes()).isEqualTo(first.classes());
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.id(i)).as("name of image %d", i).isEqualTo(first.id(i));
      assertThat(second.label(i)).as("label of image %d", i).isEqualTo(first.label(i));
    }
    for (int place : places(first)) {
      assertSame(second.read(place), first.read(place), first.id(place));
    }
  }

  @Test
  void severalThreadsReadTheSame() throws InterruptedException, ExecutionException {
    Dataset dataset = dataset();
    int[] places = places(dataset);
    List<PixelImage> expected = read(dataset, places);
    List<FutureTask<List<PixelImage>>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      FutureTask<List<PixelImage>> task = new FutureTask<>(() -> read(dataset, places));
      tasks.add(task);
      Thread thread = new Thread(task, "dataset-contract-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    for (FutureTask<List<PixelImage>> task : tasks) {
      List<PixelImage> images = task.get();
      for (int i = 0; i < places.length; i++) {
        assertSame(images.get(i), expected.get(i), dataset.id(places[i]));
      }
    }
  }

  private static List<PixelImage> read(Dataset dataset, int[] places) {
    List<PixelImage> images = new ArrayList<>();
    for (int place : places) {
      images.add(dataset.read(place));
    }
    return images;
  }

  @Test
  void anImageThatIsNotThereIsRefused() {
    Dataset dataset = dataset();
    for (int index : new int[] {-1, dataset.size(), Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> dataset.id(index))
          .as("name of image %d", index)
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> dataset.label(index))
          .as("label of image %d", index)
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> dataset.read(index))
          .as("image %d", index)
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
