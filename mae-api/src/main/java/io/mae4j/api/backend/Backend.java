package io.mae4j.api.backend;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Program;
import java.util.OptionalLong;

/**
 * A started engine on one device. Closing it closes what it compiled; compiling after that throws a
 * {@link MaeException} of kind INTERNAL. Closing twice is harmless, here and for executables.
 *
 * <p>Any thread may call any method at any time, also while other threads run what was compiled
 * here or by another backend of the same engine; closing waits for the runs under way. Each
 * executable gives the bits that it gives alone, with the number of threads that its own backend
 * was opened with. Engines whose native library is shared by the whole process let their calls take
 * turns, see {@link NativeLibrary}: trainings on several threads then advance step by step in turn.
 */
public interface Backend extends AutoCloseable {

  /** The provider's name. */
  String name();

  /**
   * The versions that decide its numbers, for provenance, for example {@code PyTorch 2.7.1, DJL
   * 0.36.0}.
   */
  String version();

  /** Where it computes. */
  Device device();

  /**
   * How many parts of a graph, as {@link io.mae4j.api.graph.GraphBuilder#part} traces them, run at
   * the same time. Graphs of so many parts keep the device busiest where operators are small.
   */
  default int parallelParts() {
    return 1;
  }

  /**
   * Whether the device multiplies numbers of bfloat16 faster than of single precision. Where it
   * does not, programs of {@link Precision#BF16} give the same numbers but take longer.
   */
  default boolean acceleratesBfloat16() {
    return false;
  }

  /**
   * How much memory a program will take once compiled, where the engine plans it beforehand.
   *
   * @return bytes of states, inputs and intermediate values
   */
  default OptionalLong plannedBytes(Program program) {
    return OptionalLong.empty();
  }

  /**
   * Makes a program runnable, with all its states zero.
   *
   * @throws MaeException of kind RESOURCE if memory runs out, of kind USER if the precision is not
   *     supported
   */
  Executable compile(Program program, CompileOptions options);

  @Override
  void close();
}
