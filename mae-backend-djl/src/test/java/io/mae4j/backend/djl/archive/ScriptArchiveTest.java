package io.mae4j.backend.djl.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ScriptArchiveTest {

  @Test
  void everyEntryIsStoredUncompressedUnderOneRoot() throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(ScriptArchive.of("class M(Module):\n")))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(entry.getMethod()).as(entry.getName()).isEqualTo(ZipEntry.STORED);
        entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(entries)
        .containsOnlyKeys("m/data.pkl", "m/code/__torch__.py", "m/constants.pkl", "m/version")
        .containsEntry("m/code/__torch__.py", "class M(Module):\n")
        .containsEntry("m/version", "10\n");
  }

  @Test
  void sameSourceGivesSameBytes() {
    assertThat(ScriptArchive.of("x"))
        .isEqualTo(ScriptArchive.of("x"))
        .isNotEqualTo(ScriptArchive.of("y"));
  }
}
