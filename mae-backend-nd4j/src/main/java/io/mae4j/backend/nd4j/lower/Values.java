package io.mae4j.backend.nd4j.lower;

import io.mae4j.api.graph.Tensor;
import io.mae4j.backend.nd4j.plan.View;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Where the tensors of a graph lie while it is lowered. */
final class Values {
  private final Emitter emitter;
  private final Map<Tensor, View> homes;
  private final Map<Tensor, View> views = new HashMap<>();
  private final Map<Tensor, View> copies = new HashMap<>();

  /**
   * No values yet.
   *
   * @param homes where some tensors are wanted; others get places of their own
   */
  Values(Emitter emitter, Map<Tensor, View> homes) {
    this.emitter = emitter;
    this.homes = homes;
  }

  void put(Tensor tensor, View view) {
    views.put(tensor, view);
  }

  /** Where a tensor lies, perhaps with gaps. */
  View view(Tensor tensor) {
    return Objects.requireNonNull(views.get(tensor), () -> "no value of " + tensor);
  }

  /** Where a tensor lies without gaps; copies it there the first time if need be. */
  View dense(Tensor tensor) {
    View view = view(tensor);
    if (view.isDense()) {
      return view;
    }
    return copies.computeIfAbsent(tensor, key -> copy(view));
  }

  /** Lets copies be made anew where they are needed: what made them may run at the same time. */
  void forgetCopies() {
    copies.clear();
  }

  private View copy(View view) {
    View copy = emitter.temporary(view.shape());
    emitter.copy(view, copy);
    return copy;
  }

  /** The place of a tensor that is about to be computed, dense unless it was wanted elsewhere. */
  View place(Tensor tensor) {
    View home = homes.get(tensor);
    View place = home == null ? emitter.temporary(tensor.shape()) : home;
    put(tensor, place);
    return place;
  }
}
