package io.mae4j.backend.nd4j.run;

import io.mae4j.api.graph.op.AdamW;
import io.mae4j.backend.nd4j.plan.AdamWFactors;
import io.mae4j.backend.nd4j.plan.Instruction;
import io.mae4j.backend.nd4j.plan.Kernel;
import io.mae4j.backend.nd4j.plan.Transform;
import io.mae4j.backend.nd4j.plan.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Turns instructions into calls whose operands are made once and used in every run. The calls of
 * one binder share objects of ND4J, so that they run one after the other.
 */
final class Binder {
  private final OpExecutioner executioner = Nd4j.getExecutioner();
  private final Memory memory;
  private final Map<String, DynamicCustomOp> ops = new HashMap<>();
  private final Map<View, INDArray> arrays = new HashMap<>();

  Binder(Memory memory) {
    this.memory = memory;
  }

  List<Step> bind(List<Instruction> instructions) {
    return instructions.stream().map(this::bind).toList();
  }

  private Step bind(Instruction instruction) {
    if (instruction instanceof Kernel kernel) {
      return bind(kernel);
    }
    if (instruction instanceof Transform transform) {
      return bind(transform);
    }
    return bind((AdamWFactors) instruction);
  }

  private INDArray array(View view) {
    return arrays.computeIfAbsent(view, memory::array);
  }

  private INDArray[] arrays(List<View> views) {
    return views.stream().map(this::array).toArray(INDArray[]::new);
  }

  private Step bind(Kernel kernel) {
    DynamicCustomOp op =
        ops.computeIfAbsent(kernel.op(), name -> DynamicCustomOp.builder(name).build());
    OpContext context = executioner.buildContext();
    context.setInputArrays(arrays(kernel.reads()));
    context.setOutputArrays(arrays(kernel.writes()));
    context.setIArguments(kernel.integers().stream().mapToLong(Long::longValue).toArray());
    context.setTArguments(kernel.reals().stream().mapToDouble(Double::doubleValue).toArray());
    return () -> executioner.exec(op, context);
  }

  private Step bind(Transform transform) {
    INDArray from = array(transform.from());
    INDArray to = array(transform.to());
    Op op =
        switch (transform.function()) {
          case EXP -> new Exp(from, to);
          case LOG -> new Log(from, to);
          case SQRT -> new Sqrt(from, to);
          case RSQRT -> new RSqrt(from, to);
        };
    return () -> executioner.exec(op);
  }

  private Step bind(AdamWFactors factors) {
    AdamW op = factors.op();
    return () -> {
      double rate = memory.get(factors.learningRate())[0];
      double step = memory.get(factors.step())[0];
      set(factors.decay(), 1 - rate * op.weightDecay());
      set(factors.rate(), rate / (1 - Math.pow(op.beta1(), step)));
      set(factors.inverseRoot(), 1 / Math.sqrt(1 - Math.pow(op.beta2(), step)));
    };
  }

  private void set(View view, double value) {
    memory.put(view, new float[] {(float) value});
  }
}
