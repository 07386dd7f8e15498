package io.mae4j.api.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class NativeLibraryTest {
  private final NativeLibrary library =
      new NativeLibrary("Library", Set.of("SomeAllocator", "NativeLibraryTest.allocate"));

  private static FutureTask<Integer> started(FutureTask<Integer> task) {
    Thread thread = new Thread(task, "calls-a-library");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  @Test
  void aCallWaitsForThatOfAnotherThread() throws Exception {
    AtomicInteger order = new AtomicInteger();
    CountDownLatch calling = new CountDownLatch(1);
    CountDownLatch mayReturn = new CountDownLatch(1);
    FutureTask<Integer> first =
        started(
            new FutureTask<>(
                () ->
                    library.call(
                        "the first",
                        () -> {
                          calling.countDown();
                          awaited(mayReturn);
                          return order.incrementAndGet();
                        })));
    calling.await();
    FutureTask<Integer> second = new FutureTask<>(() -> library.call("", order::incrementAndGet));
    Thread waiting = new Thread(second, "waits-for-a-library");
    waiting.start();
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(order).hasValue(0);
    mayReturn.countDown();
    assertThat(first.get()).isEqualTo(1);
    assertThat(second.get()).isEqualTo(2);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCallInsideACallGoesAheadAndTheOuterOneKeepsItsTurn() throws Exception {
    AtomicInteger others = new AtomicInteger();
    int found =
        library.call(
            "outer",
            () -> {
              library.run("inner", () -> {});
              Thread other =
                  new Thread(() -> library.run("other", others::incrementAndGet), "other");
              other.start();
              while (other.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              return others.get();
            });
    assertThat(found).isZero();
    while (others.get() == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aFailedCallEndsItsTurn() throws Exception {
    assertFailsWith(ErrorKind.INTERNAL, new IllegalStateException("broken"));
    assertThat(started(new FutureTask<>(() -> library.call("next", () -> 7))).get()).isEqualTo(7);
  }

  private void assertFailsWith(ErrorKind kind, Throwable failure) {
    assertThatThrownBy(
            () ->
                library.run(
                    "graph 'step'",
                    () -> {
                      throw NativeLibraryTest.<RuntimeException>unchecked(failure);
                    }))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).as(e.toString()).isEqualTo(kind))
        .hasCause(failure)
        .hasMessageStartingWith("graph 'step' ");
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException unchecked(Throwable failure) throws T {
    throw (T) failure;
  }

  @Test
  void aFailureOfMae4jStaysAsItIs() {
    MaeException failure = MaeException.user("input 'x' is missing");
    assertThatThrownBy(
            () ->
                library.run(
                    "",
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @Test
  void memoryRanOutWhereAnAllocatorSaysSoWhateverTheLanguage() {
    assertFailsWith(ErrorKind.RESOURCE, new OutOfMemoryError("Java heap space"));
    assertFailsWith(
        ErrorKind.RESOURCE,
        new IllegalStateException("SomeAllocator: 12 (Nicht genügend Hauptspeicher verfügbar)"));
    assertFailsWith(ErrorKind.RESOURCE, new IllegalStateException("Op failed: std::bad_alloc"));
    assertFailsWith(
        ErrorKind.RESOURCE,
        new IllegalStateException("outer", new IllegalArgumentException("std::bad_alloc")));
    assertFailsWith(ErrorKind.RESOURCE, allocate());
    assertFailsWith(ErrorKind.RESOURCE, new IllegalStateException(new OutOfMemoryError("")));
  }

  /** What fails here failed to allocate. */
  private static RuntimeException allocate() {
    return new IllegalStateException("Zuteilung gescheitert");
  }

  @Test
  void wordsThatOnlySpeakOfMemoryAreNoEvidence() {
    assertFailsWith(ErrorKind.INTERNAL, new IllegalStateException("the out of memory graph"));
    assertFailsWith(ErrorKind.INTERNAL, new IllegalArgumentException("axis 3 is not there"));
  }

  @Test
  void whatRanOutIsSaidInOneLine() {
    IllegalStateException failure =
        new IllegalStateException("Traceback:\n  line 1\nError: SomeAllocator: 1048576 bytes\n");
    assertThatThrownBy(
            () ->
                library.run(
                    "graph 'step'",
                    () -> {
                      throw failure;
                    }))
        .hasMessage(
            "graph 'step' ran out of memory: Error: SomeAllocator: 1048576 bytes. Make the batch"
                + " smaller, or the model, or give the process more memory.");
  }
}
