package io.mae4j.data.dataset;

import java.util.List;

/** What is known of Fashion-MNIST (Xiao, Rasul and Vollgraf 2017). */
final class FashionMnist {
  static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private FashionMnist() {}
}
