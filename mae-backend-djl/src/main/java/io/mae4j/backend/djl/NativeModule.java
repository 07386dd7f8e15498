package io.mae4j.backend.djl;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.mae4j.backend.djl.archive.ScriptArchive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A TorchScript class that libtorch has loaded from source text. */
final class NativeModule implements AutoCloseable {
  private final NativeContext context;
  private final Model model;

  private NativeModule(NativeContext context, Model model) {
    this.context = context;
    this.model = model;
  }

  /** Loads the class that a text declares. */
  static NativeModule load(NativeContext context, String source) {
    Model model = Model.newInstance("mae4j", context.device(), context.engine().getEngineName());
    try {
      model.load(new ByteArrayInputStream(ScriptArchive.of(source)));
      return new NativeModule(context, model);
    } catch (IOException e) {
      model.close();
      throw new UncheckedIOException(e);
    } catch (MalformedModelException e) {
      model.close();
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Calls a method.
   *
   * @param results owns the results
   * @param method the method's name
   * @param arguments a name ending in {@code []} makes an array an element of the list of that name
   * @param parallel how many parts of the method run at the same time
   */
  NDList call(NDManager results, String method, NDList arguments, int parallel) {
    context.applyThreads(parallel);
    NDArray selector = results.zeros(new Shape(1));
    selector.setName("module_method:" + method);
    NDList list = new NDList(arguments.size() + 1);
    list.add(selector); // first, since results belong to the first array's manager
    list.addAll(arguments);
    boolean training =
        true; // otherwise libtorch would run in inference mode, whose tensors cannot be written to
    // later
    return model.getBlock().forward(new ParameterStore(results, false), list, training);
  }

  @Override
  public void close() {
    model.close();
  }
}
