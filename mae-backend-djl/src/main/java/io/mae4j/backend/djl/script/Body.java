package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements of one method under construction, and what each tensor of the graph is called in
 * them.
 */
final class Body {
  private final StringBuilder text = new StringBuilder();
  private final Map<Tensor, String> names = new HashMap<>();
  private final Map<Tensor, Layout> layouts = new HashMap<>();
  private String indent = "    ";
  private int temporaries;

  /** Adds a statement. */
  void line(String statement) {
    text.append(indent).append(statement).append('\n');
  }

  /** Adds a function without arguments, which sees what was computed before it. */
  void function(String name, Runnable statements) {
    line("def " + name + "():");
    String outer = indent;
    indent = outer + "  ";
    statements.run();
    indent = outer;
  }

  /** Says that an expression without side effects stands for a tensor. */
  void bind(Tensor tensor, String expression, Layout layout) {
    names.put(tensor, expression);
    layouts.put(tensor, layout);
  }

  /** Adds a statement that computes a tensor. */
  void define(Tensor tensor, String expression, Layout layout) {
    bind(tensor, "t" + tensor.id(), layout);
    line(use(tensor) + " = " + expression);
  }

  /** Adds a statement that computes an intermediate value, and returns its name. */
  String temporary(String expression) {
    String name = "x" + temporaries++;
    line(name + " = " + expression);
    return name;
  }

  /** Adds a statement that unpacks a tuple, and returns the names of its elements. */
  String[] unpack(int count, String expression) {
    String[] unpacked =
        IntStream.range(0, count).mapToObj(i -> "x" + (temporaries + i)).toArray(String[]::new);
    temporaries += count;
    line(
        IntStream.range(0, count).mapToObj(i -> unpacked[i] + ", ").collect(Collectors.joining())
            + "= "
            + expression);
    return unpacked;
  }

  /** The expression for a tensor. */
  String use(Tensor tensor) {
    String name = names.get(tensor);
    if (name == null) {
      throw new IllegalStateException("no statement computes " + tensor);
    }
    return name;
  }

  /** The expression for a tensor in row-major order without gaps. */
  String dense(Tensor tensor) {
    return layout(tensor) == Layout.DENSE ? use(tensor) : "torch.contiguous(" + use(tensor) + ")";
  }

  /** The expression for a tensor whose last axis is dense. */
  String rows(Tensor tensor) {
    return layout(tensor) == Layout.ANY ? dense(tensor) : use(tensor);
  }

  /** How a tensor lies in memory. */
  Layout layout(Tensor tensor) {
    return layouts.getOrDefault(tensor, Layout.ANY);
  }

  /** The statements so far. */
  String text() {
    return text.toString();
  }
}
