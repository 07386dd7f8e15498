package io.mae4j.core.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFormatTest {
  @TempDir Path folder;

  private StoredModel export(ExportFormat format, StoredModel model, String name) {
    Path out = folder.resolve(name);
    format.write(Path.of("in"), out, model.architecture(), model.values());
    return ModelFiles.read(out, ModelHints.none(), false);
  }

  @Test
  void officialToHuggingFaceToOfficialKeepsEveryBitAndEveryNumber() {
    StoredModel official = Fixtures.read("full.pth");

    StoredModel huggingFace = export(ExportFormat.HUGGINGFACE, official, "huggingface");
    StoredModel back = export(ExportFormat.OFFICIAL, huggingFace, "back.pth");

    assertThat(Fixtures.bits(huggingFace.values())).isEqualTo(Fixtures.bits(official.values()));
    assertThat(Fixtures.bits(back.values())).isEqualTo(Fixtures.bits(official.values()));
    assertThat(back.values().keySet()).containsExactlyElementsOf(official.values().keySet());
    assertThat(back.architecture()).isEqualTo(official.architecture());
  }

  @Test
  void timmGetsTheEncoderAlone() {
    StoredModel official = Fixtures.read("full.pth");

    StoredModel timm = export(ExportFormat.TIMM, official, "timm");

    assertThat(Fixtures.bits(timm.values()))
        .isEqualTo(Fixtures.bits(Fixtures.read("encoder.pth").values()));
    assertThat(timm.architecture().encoder()).isEqualTo(official.architecture().encoder());
    assertThat(timm.architecture().image()).isEqualTo(official.architecture().image());
  }

  @Test
  void anEncoderAloneIsNoModelOfHuggingFace() {
    StoredModel encoder = Fixtures.read("encoder.pth");

    assertThatThrownBy(() -> export(ExportFormat.HUGGINGFACE, encoder, "refused"))
        .hasMessageContaining("holds an encoder only");
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  @Test
  void equalModelsAreEqualBytes() throws IOException {
    StoredModel model = Fixtures.read("full.pth");
    export(ExportFormat.OFFICIAL, model, "a.pth");
    export(ExportFormat.OFFICIAL, model, "b.pth");

    assertThat(Files.mismatch(folder.resolve("a.pth"), folder.resolve("b.pth"))).isEqualTo(-1);
  }
}
