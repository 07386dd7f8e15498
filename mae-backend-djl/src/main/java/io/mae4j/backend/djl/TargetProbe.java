package io.mae4j.backend.djl;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.mae4j.api.error.MaeException;
import io.mae4j.backend.djl.archive.ScriptArchive;
import io.mae4j.backend.djl.script.Target;

/** Finds out which of the faster kernels this build of libtorch has, by trying them. */
final class TargetProbe {
  private static final String ONE_DNN_LINEAR =
      "ops.mkldnn._linear_pointwise(torch.select(x, 0, 0), torch.select(x, 0, 0), None, \"none\", [], \"none\")";
  private static final String FLASH_ATTENTION =
      "(torch._scaled_dot_product_flash_attention_for_cpu(x, x, x, 0., False))[0]";

  /** Reads beside the tensor, which is an error, where products of bfloat16 are not accelerated. */
  private static final String BFLOAT16_PRODUCTS =
      "torch.select(x, 0, 0 if ops.mkldnn._is_mkldnn_bf16_supported() else 1)";

  private TargetProbe() {}

  /**
   * Tries the kernels.
   *
   * @throws MaeException of kind RESOURCE if memory runs out on the way
   */
  static Target probe(NativeContext context) {
    if (context.device().isGpu()) {
      return Target.plain("cuda:" + context.device().getDeviceId());
    }
    return PyTorch.LIBRARY.call(
        "starting the engine",
        () ->
            new Target(
                "cpu",
                runs(context, ONE_DNN_LINEAR, new Shape(1, 2, 2)),
                runs(context, FLASH_ATTENTION, new Shape(1, 1, 2, 2)),
                runs(context, BFLOAT16_PRODUCTS, new Shape(1))));
  }

  private static boolean runs(NativeContext context, String expression, Shape shape) {
    String source =
        "class "
            + ScriptArchive.CLASS_NAME
            + "(Module):\n  training : bool\n  def probe(self, x: Tensor) -> Tensor:\n    return "
            + expression
            + "\n";
    try (NDManager manager = context.newManager();
        NativeModule module = NativeModule.load(context, source)) {
      NDArray x = manager.zeros(shape);
      module.call(manager, "probe", new NDList(x), 1);
      return true;
    } catch (EngineException e) {
      if (PyTorch.LIBRARY.ranOutOfMemory(e)) {
        throw e;
      }
      return false;
    }
  }
}
