package io.mae4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.data.Batch;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PrefetchingStreamTest {

  private static <T> PrefetchingStream<T> start(int end, int threads, IntFunction<T> make) {
    return PrefetchingStream.start(
        0, end, threads, stopped -> number -> Optional.of(make.apply(number)));
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
    throw (E) failure;
  }

  @AfterEach
  void noWorkerIsLeft() throws InterruptedException {
    assertThat(Batches.eventually(() -> Batches.workers() == 0)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 20})
  void resultsComeInOrderHoweverLongTheyTake(int threads) {
    try (PrefetchingStream<Integer> stream =
        start(
            12,
            threads,
            number -> {
              sleep(number % 3 == 0 ? 6 : 0);
              return number;
            })) {
      List<Integer> results = new ArrayList<>();
      stream.forEachRemaining(results::add);
      assertThat(results).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
      assertThatThrownBy(stream::next)
          .isInstanceOf(NoSuchElementException.class)
          .hasMessage("the epoch is over");
    }
  }

  @Test
  void anEmptyEpochIsOverAtOnce() {
    try (PrefetchingStream<Integer> stream =
        PrefetchingStream.start(5, 5, 2, stopped -> n -> Optional.of(n))) {
      assertThat(stream.hasNext()).isFalse();
    }
  }

  @Test
  void noMoreThanOneMoreThanThreadsIsMadeAhead() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    try (PrefetchingStream<Integer> stream =
        start(100, 3, number -> made.updateAndGet(n -> n + 1))) {
      assertThat(Batches.eventually(() -> made.get() == 4)).isTrue();
      sleep(30);
      assertThat(made.get()).isEqualTo(4);
      stream.next();
      assertThat(Batches.eventually(() -> made.get() == 5)).isTrue();
      sleep(30);
      assertThat(made.get()).isEqualTo(5);
    }
  }

  @Test
  void aFailureComesAtItsPlaceAfterAllBeforeIt() {
    try (PrefetchingStream<Integer> stream =
        start(
            10,
            4,
            number -> {
              sleep(number < 3 ? 15 : 0);
              if (number == 3) {
                throw new IllegalStateException("third");
              }
              return number;
            })) {
      assertThat(List.of(stream.next(), stream.next(), stream.next())).containsExactly(0, 1, 2);
      assertThatThrownBy(stream::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("third");
      assertThat(stream.hasNext()).isFalse();
      assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void theFirstOfSeveralFailuresComes() {
    try (PrefetchingStream<Integer> stream =
        start(
            10,
            4,
            number -> {
              sleep(number == 0 ? 25 : 0);
              throw new IllegalStateException("number " + number);
            })) {
      assertThatThrownBy(stream::next).hasMessage("number 0");
    }
  }

  @Test
  void errorsAndCheckedExceptionsReachTheReader() {
    try (PrefetchingStream<Integer> stream =
        start(
            3,
            2,
            number -> {
              throw new OutOfMemoryError("pretended");
            })) {
      assertThatThrownBy(stream::next).isInstanceOf(OutOfMemoryError.class).hasMessage("pretended");
    }
    try (PrefetchingStream<Integer> stream =
        start(
            3,
            2,
            number -> {
              throw PrefetchingStreamTest.<RuntimeException>sneaky(new IOException("disk"));
            })) {
      assertThatThrownBy(stream::next)
          .isInstanceOfSatisfying(
              MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL))
          .hasMessageContaining("disk")
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void aWorkerThatCannotEvenBeginIsHeardOf() throws InterruptedException {
    try (PrefetchingStream<Integer> stream =
        PrefetchingStream.start(
            0,
            3,
            2,
            stopped -> {
              throw new IllegalStateException("no buffers");
            })) {
      assertThat(Batches.thrownWithinTenSeconds(stream::next)).hasMessage("no buffers");
    }
  }

  @Test
  void closingEndsTheWorkersAtTheirNextQuestion() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(2);
    PrefetchingStream<Integer> stream =
        PrefetchingStream.start(
            0,
            50,
            2,
            stopped ->
                number -> {
                  begun.countDown();
                  while (!stopped.getAsBoolean()) {
                    sleep(1);
                  }
                  return Optional.of(number);
                });
    begun.await();
    assertThat(Batches.workers()).isEqualTo(2);
    stream.close();
    assertThat(Batches.workers()).isZero();
    assertThat(stream.hasNext()).isFalse();
    assertThatThrownBy(stream::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("the stream is closed");
    stream.close();
  }

  @Test
  void closingEndsWorkersThatWaitForTheReader() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    PrefetchingStream<Integer> stream = start(50, 3, number -> made.incrementAndGet());
    assertThat(Batches.eventually(() -> made.get() == 4)).isTrue();
    stream.close();
    assertThat(Batches.workers()).isZero();
  }

  @Test
  void closingWakesAReaderThatWaits() throws InterruptedException {
    PrefetchingStream<Integer> stream =
        PrefetchingStream.start(
            0,
            5,
            1,
            stopped ->
                number -> {
                  while (!stopped.getAsBoolean()) {
                    sleep(1);
                  }
                  return Optional.of(number);
                });
    Thread closer =
        new Thread(
            () -> {
              sleep(30);
              stream.close();
            });
    closer.start();
    assertThat(Batches.thrownWithinTenSeconds(stream::next))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("the stream is closed");
    closer.join();
  }

  @Test
  void closingASourceInTheMiddleOfAnEpochEndsItsThreads() throws InterruptedException {
    PrefetchingBatchSource source =
        PrefetchingBatchSource.training(
            new Numbered(400), Batches.config(4, 4, 1), (image, reason) -> {});
    for (int i = 0; i < 20; i++) {
      try (var stream = source.epoch(i, 0, Batch::copy)) {
        stream.next();
      }
      assertThat(Batches.workers()).isZero();
    }
  }

  @Test
  void anExceptionOfWhatIsMadeOfABatchReachesTheReader() {
    PrefetchingBatchSource source =
        PrefetchingBatchSource.training(
            new Numbered(40), Batches.config(4, 2, 1), (image, reason) -> {});
    try (var stream =
        source.<Integer>epoch(
            0,
            0,
            batch -> {
              throw MaeException.plugin("masking 'x' kept 3 patches instead of 4");
            })) {
      assertThatThrownBy(stream::next).hasMessage("masking 'x' kept 3 patches instead of 4");
    }
  }

  /** A data set whose first read never ends by itself. */
  private static final class Stuck implements Dataset {
    private final Dataset rest = new Numbered(8);
    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final boolean heedsInterrupts;

    Stuck(boolean heedsInterrupts) {
      this.heedsInterrupts = heedsInterrupts;
    }

    @Override
    public String name() {
      return "stuck";
    }

    @Override
    public int size() {
      return rest.size();
    }

    @Override
    public String id(int index) {
      return rest.id(index);
    }

    @Override
    public int label(int index) {
      return rest.label(index);
    }

    @Override
    public List<String> classes() {
      return rest.classes();
    }

    @Override
    public PixelImage read(int index) {
      reading.countDown();
      while (reached.getCount() > 0) {
        try {
          reached.await();
        } catch (InterruptedException e) {
          if (heedsInterrupts) {
            throw MaeException.data(id(index) + ": interrupted");
          }
        }
      }
      return rest.read(index);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closingEndsThoughAReadDoesNotAndTheLateWorkerTouchesNothingMore(boolean heedsInterrupts)
      throws InterruptedException {
    Stuck dataset = new Stuck(heedsInterrupts);
    List<String> touched = new CopyOnWriteArrayList<>();
    PrefetchingBatchSource source =
        PrefetchingBatchSource.evaluation(
            dataset, Batches.config(1, 2, 1), (image, reason) -> touched.add(image));
    var stream = source.epoch(0, 0, batch -> touched.add("prepared"));
    dataset.reading.await();

    stream.close();
    stream.close();

    assertThat(stream.hasNext()).isFalse();
    dataset.reached.countDown();
    assertThat(Batches.eventually(() -> Batches.workers() == 0)).isTrue();
    assertThat(touched).isEmpty();
    assertThat(source.damagedCount()).isZero();
    assertThat(Batches.all(source, 1, 0)).hasSize(8);
  }
}
