package io.mae4j.data.dataset;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.LeftOut;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.random.Draws;
import io.mae4j.api.random.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The same share of every class of a labelled data set, chosen at random: what is left when only a
 * few images were ever labelled. With one seed a smaller share is a part of a larger one.
 */
public final class LabelFraction implements Dataset {
  private final Dataset whole;
  private final int[] places;
  private final LeftOut leftOut;

  private LabelFraction(Dataset whole, int[] places, LeftOut leftOut) {
    this.whole = whole;
    this.places = places;
    this.leftOut = leftOut;
  }

  /**
   * Chooses images; of a class of n images it takes ⌊fraction·n + ½⌋. A class without any, such as
   * number 0 of labels that begin at 1, stays without any.
   *
   * @param whole a labelled data set
   * @param fraction above 0 and at most 1
   * @param seed decides which
   * @throws MaeException of kind DATA that names the class if it has images and none of them are
   *     left, or if no image has a label
   */
  public static Dataset of(Dataset whole, double fraction, long seed) {
    if (!(fraction > 0 && fraction <= 1)) {
      throw MaeException.user("label-fraction must be above 0 and at most 1, got " + fraction);
    }
    if (fraction == 1) {
      return whole;
    }
    List<List<Integer>> byClass = new ArrayList<>();
    whole.classes().forEach(name -> byClass.add(new ArrayList<>()));
    for (int i = 0; i < whole.size(); i++) {
      if (whole.label(i) != UNLABELLED) {
        byClass.get(whole.label(i)).add(i);
      }
    }
    List<Integer> chosen = new ArrayList<>();
    for (int label = 0; label < byClass.size(); label++) {
      List<Integer> images = byClass.get(label);
      if (images.isEmpty()) {
        continue;
      }
      int count = (int) Math.round(fraction * images.size());
      if (count == 0) {
        throw MaeException.data(
            String.format(
                Locale.ROOT,
                "%s: of the class '%s' with %d images, none are left at label-fraction %s; take a larger one",
                whole.name(),
                whole.classes().get(label),
                images.size(),
                fraction));
      }
      chosen.addAll(first(images, count, new Randomness(seed).draws("labels", 0, label)));
    }
    if (chosen.isEmpty()) {
      throw MaeException.data(whole.name() + ": no image has a label");
    }
    int labelled = byClass.stream().mapToInt(List::size).sum();
    LeftOut leftOut =
        whole
            .leftOut()
            .and(labelled - chosen.size(), "images beyond label-fraction " + fraction)
            .and(whole.size() - labelled, "images without a label");
    return new LabelFraction(
        whole, chosen.stream().mapToInt(Integer::intValue).sorted().toArray(), leftOut);
  }

  /** The first images of a shuffled list. */
  private static List<Integer> first(List<Integer> images, int count, Draws random) {
    List<Integer> shuffled = new ArrayList<>(images);
    for (int i = 0; i < count; i++) {
      int other = i + random.below(shuffled.size() - i);
      shuffled.set(i, shuffled.set(other, shuffled.get(i)));
    }
    return shuffled.subList(0, count);
  }

  @Override
  public String name() {
    return whole.name() + " (" + places.length + " of " + whole.size() + " labels)";
  }

  @Override
  public int size() {
    return places.length;
  }

  @Override
  public String id(int index) {
    return whole.id(place(index));
  }

  @Override
  public int label(int index) {
    return whole.label(place(index));
  }

  @Override
  public List<String> classes() {
    return whole.classes();
  }

  @Override
  public LeftOut leftOut() {
    return leftOut;
  }

  @Override
  public PixelImage read(int index) {
    return whole.read(place(index));
  }

  private int place(int index) {
    if (index < 0 || index >= places.length) {
      throw new IndexOutOfBoundsException(
          "image " + index + " of " + places.length + " in " + name());
    }
    return places[index];
  }
}
