package io.mae4j.cli.config;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a value is written and read.
 *
 * @param label what stands for it in help, for example {@code N}
 * @param parser reads it; throws {@link IllegalArgumentException} with a message for people
 * @param printer writes it so that the parser reads it back
 * @param words the only values there are, or empty where there is no such list
 * @param <T> the Java type
 */
public record ValueType<T>(
    String label, Function<String, T> parser, Function<T, String> printer, List<String> words) {

  /** Whole numbers. */
  public static final ValueType<Integer> INTEGER =
      new ValueType<>(
          "N",
          text -> number(text, Integer::valueOf, "a whole number"),
          String::valueOf,
          List.of());

  /** Whole numbers of 64 bits. */
  public static final ValueType<Long> LONG =
      new ValueType<>(
          "N", text -> number(text, Long::valueOf, "a whole number"), String::valueOf, List.of());

  /** Finite decimal numbers. */
  public static final ValueType<Double> REAL =
      new ValueType<>(
          "X",
          text -> number(text, ValueType::finite, "a number"),
          value -> BigDecimal.valueOf(value).stripTrailingZeros().toPlainString(),
          List.of());

  /** Finite decimal numbers with commas between them. */
  public static final ValueType<List<Double>> REALS =
      new ValueType<>(
          "X,...",
          text -> Arrays.stream(text.split(",", -1)).map(REAL.parser).toList(),
          values -> values.stream().map(REAL.printer).collect(Collectors.joining(",")),
          List.of());

  /** Switches. */
  public static final ValueType<Boolean> FLAG =
      new ValueType<>("true|false", ValueType::flag, String::valueOf, List.of("true", "false"));

  /** Names and paths. */
  public static final ValueType<String> TEXT =
      new ValueType<>("NAME", ValueType::text, text -> text, List.of());

  /** Copies the words. */
  public ValueType {
    words = List.copyOf(words);
  }

  /** The constants of an enum in lower case. */
  public static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    List<String> words = constants.stream().map(ValueType::word).toList();
    return new ValueType<>(
        String.join("|", words),
        text ->
            constants.stream()
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "'" + text + "' is none of " + String.join(", ", words))),
        ValueType::word,
        words);
  }

  /** Values that may be left out; the empty text stands for none. */
  public static <T> ValueType<Optional<T>> optional(ValueType<T> type) {
    return new ValueType<>(
        type.label,
        text -> text.isEmpty() ? Optional.empty() : Optional.of(type.parser.apply(text)),
        value -> value.map(type.printer).orElse(""),
        type.words);
  }

  /** This type under another label. */
  public ValueType<T> labelled(String newLabel) {
    return new ValueType<>(newLabel, parser, printer, words);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Double finite(String text) {
    Double value = Double.valueOf(text);
    if (value.isNaN() || value.isInfinite()) {
      throw new NumberFormatException(text);
    }
    return value;
  }

  private static Boolean flag(String text) {
    if (!Arrays.asList("true", "false").contains(text)) {
      throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    }
    return Boolean.valueOf(text);
  }

  private static String text(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("nothing given where a name or path is needed");
    }
    return text;
  }

  private static <T> T number(String text, Function<String, T> reader, String what) {
    try {
      return reader.apply(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not " + what, e);
    }
  }
}
