package io.mae4j.eval.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.eval.EvaluatorProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Provides;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServicesTest {
  private static final String SERVICE = EvaluatorProvider.class.getName();

  @Test
  void areDeclaredAlikeForModulePathAndClassPath() throws IOException {
    List<String> onModulePath =
        KnnEvaluator.class.getModule().getDescriptor().provides().stream()
            .filter(provides -> provides.service().equals(SERVICE))
            .map(Provides::providers)
            .findFirst()
            .orElseThrow();
    try (InputStream file =
        KnnEvaluator.class.getResourceAsStream("/META-INF/services/" + SERVICE)) {
      List<String> onClassPath =
          new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(onClassPath)
          .containsExactlyInAnyOrderElementsOf(onModulePath)
          .containsExactlyInAnyOrder(
              KnnEvaluatorProvider.class.getName(), LinearProbeProvider.class.getName());
    }
  }

  @Test
  void bearTheNamesOfTheCommandLine() {
    assertThat(new KnnEvaluatorProvider().name()).isEqualTo("knn");
    assertThat(new LinearProbeProvider().name()).isEqualTo("linear");
  }
}
