package io.mae4j.cli.house;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a class file refers to, read from its constant pool (Java Virtual Machine Specification,
 * section 4.4).
 *
 * @param texts all texts: names of classes as {@code java/util/List}, descriptors, literals
 * @param members methods and fields of others, as {@code java/lang/Math.sin(D)D}
 */
record ClassConstants(Set<String> texts, Set<String> members) {
  private static final int MAGIC = 0xcafebabe;

  static ClassConstants read(byte[] file) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
    if (in.readInt() != MAGIC) {
      throw new IOException("no class file");
    }
    in.readInt();
    Pool pool = new Pool(in.readUnsignedShort());
    for (int i = 1; i < pool.tags.length; i++) {
      i += pool.read(in, i);
    }
    return pool.constants();
  }

  /** The entries by number: a text, or up to two numbers of other entries. */
  private static final class Pool {
    private final int[] tags;
    private final String[] texts;
    private final int[] first;
    private final int[] second;

    Pool(int size) {
      tags = new int[size];
      texts = new String[size];
      first = new int[size];
      second = new int[size];
    }

    /** Reads an entry; tells how many of the numbers after it stay unused. */
    int read(DataInputStream in, int i) throws IOException {
      tags[i] = in.readUnsignedByte();
      switch (tags[i]) {
        case 1 -> texts[i] = in.readUTF();
        case 3, 4 -> in.readInt();
        case 5, 6 -> in.readLong();
        case 7, 8, 16, 19, 20 -> first[i] = in.readUnsignedShort();
        case 9, 10, 11, 12, 17, 18 -> {
          first[i] = in.readUnsignedShort();
          second[i] = in.readUnsignedShort();
        }
        case 15 -> {
          in.readUnsignedByte();
          first[i] = in.readUnsignedShort();
        }
        default -> throw new IOException("constant of unknown kind " + tags[i]);
      }
      return tags[i] == 5 || tags[i] == 6 ? 1 : 0;
    }

    ClassConstants constants() {
      Set<String> known = new TreeSet<>();
      Set<String> members = new TreeSet<>();
      for (int i = 1; i < tags.length; i++) {
        if (tags[i] == 1) {
          known.add(texts[i]);
        } else if (tags[i] >= 9 && tags[i] <= 11) {
          int name = second[i];
          members.add(texts[first[first[i]]] + "." + texts[first[name]] + texts[second[name]]);
        }
      }
      return new ClassConstants(known, members);
    }
  }
}
