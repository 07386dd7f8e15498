package io.mae4j.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigKeysTest {

  @Test
  void everyKeyIsListedOnce() {
    List<Object> declared =
        Stream.of(ConfigKeys.class, ClassifierKeys.class)
            .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
            .filter(field -> field.getType() == ConfigKey.class)
            .map(ConfigKeysTest::value)
            .toList();
    assertThat(ConfigKeys.ALL)
        .containsExactlyInAnyOrderElementsOf(
            declared.stream().<ConfigKey<?>>map(key -> (ConfigKey<?>) key).toList());
    assertThat(ConfigKeys.ALL).extracting(ConfigKey::name).doesNotHaveDuplicates();
  }

  private static Object value(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyDefaultReadsBackAsItself() {
    RunConfig defaults = new ConfigLoader().load();
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      assertThat(key.print(defaults)).as(key.name()).isEqualTo(key.printInitial());
      if (!key.printInitial().isEmpty()) {
        assertThat(key.type().parser().apply(key.printInitial()))
            .as(key.name())
            .isEqualTo(key.initial());
      }
    }
  }

  @Test
  void everyDescriptionIsASentence() {
    assertThat(ConfigKeys.ALL)
        .allSatisfy(key -> assertThat(key.description()).matches("[A-Z].*\\."));
  }
}
