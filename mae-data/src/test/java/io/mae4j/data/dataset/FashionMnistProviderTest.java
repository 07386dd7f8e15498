package io.mae4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistProviderTest {
  private static final DatasetRequest TRAIN = new DatasetRequest("fashion-mnist", Split.TRAIN);

  @TempDir private Path folder;
  private Path first;
  private Path second;
  private FashionMnistProvider provider;

  @BeforeEach
  void places() throws IOException {
    first = folder.resolve("first");
    second = Files.createDirectory(folder.resolve("second"));
    provider = new FashionMnistProvider(List.of(first, second));
  }

  @Test
  void theFirstPlaceThatHasItIsTaken() throws IOException {
    IdxFiles.write(second, "train", 4, 2, 2, ".gz");
    assertThat(provider.open(TRAIN).size()).isEqualTo(4);
    Files.createDirectory(first);
    IdxFiles.write(first, "train", 5, 2, 2, ".gz");
    assertThat(provider.open(TRAIN).size()).isEqualTo(5);
  }

  @Test
  void classesHaveTheirNamesNotNumbers() throws IOException {
    IdxFiles.write(second, "train", 4, 2, 2, "");
    Dataset dataset = provider.open(TRAIN);
    assertThat(dataset.classes()).hasSize(10).startsWith("T-shirt/top", "Trouser");
    assertThat(dataset.name()).isEqualTo("fashion-mnist");
  }

  @Test
  void whereItIsMissingTheMessageSaysWhatToDo() {
    assertThatThrownBy(() -> provider.open(TRAIN))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
        .hasMessageContainingAll(
            "Fashion-MNIST is not installed",
            first.toString(),
            second.toString(),
            "github.com/zalandoresearch/fashion-mnist",
            "'sample'");
  }

  @Test
  void onlyItsNameIsAccepted() {
    assertThat(provider.accepts("fashion-mnist")).isTrue();
    assertThat(provider.accepts(folder.toString())).isFalse();
  }
}
