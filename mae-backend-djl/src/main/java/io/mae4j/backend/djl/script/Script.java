package io.mae4j.backend.djl.script;

import io.mae4j.api.backend.Precision;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Program;
import io.mae4j.backend.djl.archive.ScriptArchive;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A program as the source text of one TorchScript class. Besides a method for each graph it has
 * {@value #COPY}, which copies its second argument into its first.
 *
 * @param source the text
 * @param methods the methods by the name of their graph
 */
public record Script(String source, Map<String, Method> methods) {
  /** The method that copies one tensor into another. */
  public static final String COPY = "copy";

  private static final String HEADER =
      "class "
          + ScriptArchive.CLASS_NAME
          + "(Module):\n"
          + "  __parameters__ = []\n"
          + "  __buffers__ = []\n"
          + "  training : bool\n"
          + "  def "
          + COPY
          + "(self, to: Tensor, value: Tensor) -> Tensor:\n"
          + "    return torch.copy_(to, value)\n";

  /** Copies the map. */
  public Script {
    methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
  }

  /** Compiles a program for a libtorch. */
  public static Script of(Program program, Target target, Precision precision) {
    StringBuilder source = new StringBuilder(HEADER);
    Map<String, Method> methods = new LinkedHashMap<>();
    for (Graph graph : program.graphs().values()) {
      Method method =
          new GraphCompiler(graph, target, precision == Precision.BF16)
              .compile("graph" + methods.size());
      source.append(method.text());
      methods.put(graph.name(), method);
    }
    return new Script(source.toString(), methods);
  }
}
