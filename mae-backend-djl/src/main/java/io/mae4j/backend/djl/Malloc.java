package io.mae4j.backend.djl;

import com.sun.jna.NativeLibrary;

/** The C library's allocator, from which libtorch takes its arrays on a CPU. */
final class Malloc {
  private static final String VARIABLE = "MALLOC_MMAP_THRESHOLD_";

  /** {@code M_MMAP_THRESHOLD} of glibc's {@code malloc.h}. */
  private static final int MMAP_THRESHOLD = -3;

  /** Arrays of more bytes than this are mappings of their own. */
  private static final int BYTES = 4 << 20;

  private Malloc() {}

  /**
   * Has glibc give large arrays back to the system as soon as they are free, from now on and for
   * the whole process; it would otherwise keep them in pieces that others do not fit into. What the
   * user says by {@value #VARIABLE} stays, and so does any other C library.
   */
  static void giveBackAtOnce() {
    if (System.getenv(VARIABLE) != null) {
      return;
    }
    try {
      NativeLibrary.getProcess()
          .getFunction("mallopt")
          .invokeInt(new Object[] {MMAP_THRESHOLD, BYTES});
    } catch (LinkageError e) {
      return; // another C library, which has a way of its own
    }
  }
}
