package io.mae4j.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.model.VitConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSizeTest {

  @Test
  void hasThePublishedSizes() {
    assertThat(ModelSize.BASE.encoder()).isEqualTo(new VitConfig(768, 12, 12, 4));
    assertThat(ModelSize.LARGE.encoder()).isEqualTo(new VitConfig(1024, 24, 16, 4));
    assertThat(ModelSize.HUGE.encoder()).isEqualTo(new VitConfig(1280, 32, 16, 4));
    assertThat(ModelSize.BASE.decoder()).isEqualTo(new VitConfig(512, 8, 16, 4));
    assertThat(ModelSize.TINY.encoder()).isEqualTo(new VitConfig(192, 12, 3, 4));
    assertThat(ModelSize.TINY.decoder()).isEqualTo(new VitConfig(96, 4, 3, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "BASE,224,224,16",
    "HUGE,224,224,14",
    "TINY,32,32,4",
    "TINY,28,28,4",
    "TINY,64,64,8",
    "TINY,96,128,8",
    "TINY,31,31,1"
  })
  void choosesPatchesThatFitTheImages(ModelSize size, int height, int width, int patch) {
    assertThat(size.patch(new ImageSize(height, width))).isEqualTo(patch);
  }
}
