package io.mae4j.data.image;
import io.mae4j.api.error.MaeException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
class TruncationProbe {
  @Test
  void probe() {
    for (String[] row : Resources.table("expected.tsv")) {
      byte[] file = Resources.bytes(row[0]);
      StringBuilder accepted = new StringBuilder();
      int n = 0;
      for (int length = 0; length < file.length; length++) {
        try {
          new ImageDecoder().decode(row[0], Arrays.copyOf(file, length), 3);
          n++; accepted.append(" ").append(file.length - length);
        } catch (MaeException e) {
          if (!e.getMessage().startsWith(row[0] + ": ")) System.out.println("BAD " + e);
        } catch (Throwable e) { System.out.println("THROWN " + e); }
      }
      if (n > 0) System.out.println(row[0] + " of " + file.length + ": accepted " + n + " lengths, short by" + (accepted.length() > 200 ? accepted.substring(0, 200) : accepted));
    }
  }
}
