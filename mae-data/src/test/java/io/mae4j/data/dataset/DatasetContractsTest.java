package io.mae4j.data.dataset;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.testkit.data.DatasetContract;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every data set of this module does what all of them must. */
class DatasetContractsTest {

  @Nested
  class Sample extends DatasetContract {
    @Override
    protected Dataset dataset() {
      return new SampleProvider().open(new DatasetRequest("sample", Split.TEST));
    }
  }

  @Nested
  class LimitedSample extends DatasetContract {
    @Override
    protected Dataset dataset() {
      return LimitedDataset.of(
          new SampleProvider().open(new DatasetRequest("sample", Split.TEST)), 77);
    }
  }

  @Nested
  class Idx extends DatasetContract {
    @TempDir private Path folder;

    @BeforeEach
    void write() throws IOException {
      IdxFiles.write(folder, "train", 9, 3, 4, ".gz");
    }

    @Override
    protected Dataset dataset() {
      return new IdxDatasetProvider().open(new DatasetRequest(folder.toString(), Split.TRAIN));
    }
  }

  @Nested
  class UnlabelledIdx extends DatasetContract {
    @TempDir private Path folder;

    @BeforeEach
    void write() throws IOException {
      byte[] file = IdxFiles.file(0x803, IdxFiles.counting(36), 3, 3, 4);
      Files.write(folder.resolve("train-images-idx3-ubyte"), file);
    }

    @Override
    protected Dataset dataset() {
      return new IdxDatasetProvider().open(new DatasetRequest(folder.toString(), Split.TRAIN));
    }
  }

  @Nested
  class Folder extends DatasetContract {
    @TempDir private Path folder;

    @BeforeEach
    void write() throws IOException {
      for (String name : new String[] {"cat", "dog"}) {
        Files.createDirectory(folder.resolve(name));
        draw(folder.resolve(name));
      }
    }

    @Override
    protected Dataset dataset() {
      return new ImageFolderProvider().open(new DatasetRequest(folder.toString(), Split.TRAIN));
    }
  }

  @Nested
  class FlatFolder extends DatasetContract {
    @TempDir private Path folder;

    @BeforeEach
    void write() throws IOException {
      draw(folder);
    }

    @Override
    protected Dataset dataset() {
      return new ImageFolderProvider().open(new DatasetRequest(folder.toString(), Split.TRAIN));
    }
  }

  private static void draw(Path folder) throws IOException {
    for (int i = 0; i < 4; i++) {
      BufferedImage image = new BufferedImage(5 + i, 4, BufferedImage.TYPE_INT_RGB);
      image.setRGB(i, 1, 0x123456 + i);
      ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
    }
  }
}
