package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.AdamW;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The end of a method: values are set aside where they are views of a state that changes, then
 * states change, then outputs are returned.
 *
 * <p>Two traps of libtorch 2.7.1 shape the text, both silent. The fused AdamW kernel walks raw
 * memory, so a gradient must be dense; and its lists of overwritten tensors must be arguments of
 * the method.
 */
final class UpdateCode {
  private final Body body;
  private final GraphFacts facts;
  private final UpdatePlan plan;
  private final Arguments arguments;

  UpdateCode(Body body, GraphFacts facts, UpdatePlan plan, Arguments arguments) {
    this.body = body;
    this.facts = facts;
    this.plan = plan;
    this.arguments = arguments;
  }

  void write(Graph graph) {
    List<String> outputs = new ArrayList<>();
    graph
        .outputs()
        .values()
        .forEach(
            value -> outputs.add("torch.contiguous(" + before(value, plan::isOverwritten) + ")"));
    Map<String, String> copies = new LinkedHashMap<>();
    plan.copies().forEach((state, value) -> copies.put(state, before(value, plan::isOverwritten)));
    List<String> steps = new ArrayList<>();
    plan.groups().forEach((key, nodes) -> steps.add(fusedStep(steps.size(), key, nodes)));
    steps.forEach(body::line);
    copies.forEach(
        (state, value) ->
            body.temporary("torch.copy_(" + arguments.state(state) + ", " + value + ")"));
    body.line("return " + (outputs.isEmpty() ? "[torch.zeros([])]" : Text.tensors(outputs)));
  }

  private String fusedStep(int group, UpdatePlan.GroupKey key, List<Node> nodes) {
    AdamW op = key.op();
    List<String> gradients = new ArrayList<>();
    for (Node node : nodes) {
      gradients.add(
          body.temporary(
              "torch.contiguous(" + before(node.input(1), plan::isOverwrittenInPlace) + ")"));
    }
    String step = before(key.step(), plan::isOverwrittenInPlace);
    return "torch._fused_adamw_("
        + String.join(
            ", ",
            Arguments.parameters(group),
            Text.tensors(gradients),
            Arguments.firstMoments(group),
            Arguments.secondMoments(group),
            Text.tensors(List.of()),
            Text.tensors(Collections.nCopies(nodes.size(), step)),
            "lr=" + before(key.learningRate(), plan::isOverwrittenInPlace),
            "beta1=" + Text.number(op.beta1()),
            "beta2=" + Text.number(op.beta2()),
            "weight_decay=" + Text.number(op.weightDecay()),
            "eps=" + Text.number(op.eps()),
            "amsgrad=False",
            "maximize=False")
        + ")";
  }

  /**
   * The value that a tensor has before states change: a copy of it, should it be a view of one that
   * does.
   */
  private String before(Tensor tensor, Predicate<String> changes) {
    boolean endangered = facts.viewedState(tensor).filter(changes).isPresent();
    return endangered ? body.temporary("torch.clone(" + body.use(tensor) + ")") : body.use(tensor);
  }
}
