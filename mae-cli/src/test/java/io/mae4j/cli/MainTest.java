package io.mae4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {

  @Test
  void livesInItsOwnModuleWhenTested() {
    assertThat(Main.class.getModule().getName()).isEqualTo("io.mae4j.cli");
  }
}
