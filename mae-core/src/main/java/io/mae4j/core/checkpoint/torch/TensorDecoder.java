package io.mae4j.core.checkpoint.torch;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.core.checkpoint.HalfPrecision;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/** Turns a storage's bytes into the array of a tensor. Half precision becomes single precision. */
record TensorDecoder(TorchTensor tensor, InputStream in) {
  private static final int CHUNK = 1 << 16;

  Array decode() throws IOException {
    TorchType type = tensor.storage().type();
    in.skipNBytes(tensor.offset() * type.bytes());
    Shape shape = Shape.of(tensor.shape());
    int span = tensor.span();
    return switch (type) {
      case FLOAT, HALF, BFLOAT16 -> {
        float[] values = new float[span];
        each(buffer -> index -> values[index] = real(type, buffer));
        yield Array.of(shape, pick(values));
      }
      case DOUBLE -> {
        double[] values = new double[span];
        each(buffer -> index -> values[index] = buffer.getDouble());
        yield Array.of(shape, pick(values));
      }
      case LONG, INT, SHORT, CHAR, BYTE, BOOL -> {
        int[] values = new int[span];
        each(buffer -> index -> values[index] = whole(type, buffer));
        yield Array.of(shape, pick(values));
      }
    };
  }

  private static float real(TorchType type, ByteBuffer buffer) {
    return switch (type) {
      case HALF -> HalfPrecision.fromFloat16(buffer.getShort());
      case BFLOAT16 -> HalfPrecision.fromBfloat16(buffer.getShort());
      default -> buffer.getFloat();
    };
  }

  private static int whole(TorchType type, ByteBuffer buffer) {
    return switch (type) {
      case LONG -> Math.toIntExact(buffer.getLong());
      case INT -> buffer.getInt();
      case SHORT -> buffer.getShort();
      case BYTE -> buffer.get() & 0xff;
      default -> buffer.get();
    };
  }

  private interface ElementReader {
    IntConsumer over(ByteBuffer buffer);
  }

  private void each(ElementReader reader) throws IOException {
    int bytes = tensor.storage().type().bytes();
    byte[] chunk = new byte[CHUNK];
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    IntConsumer element = reader.over(buffer);
    int span = tensor.span();
    for (int index = 0; index < span; ) {
      int wanted = (int) Math.min(chunk.length, (long) (span - index) * bytes);
      if (in.readNBytes(chunk, 0, wanted) < wanted) {
        throw new EOFException("it ends early; is it truncated?");
      }
      buffer.clear().limit(wanted);
      while (buffer.hasRemaining()) {
        element.accept(index++);
      }
    }
  }

  private float[] pick(float[] values) {
    if (tensor.isContiguous()) {
      return values;
    }
    int[] places = tensor.places();
    float[] picked = new float[places.length];
    for (int i = 0; i < places.length; i++) {
      picked[i] = values[places[i]];
    }
    return picked;
  }

  private double[] pick(double[] values) {
    if (tensor.isContiguous()) {
      return values;
    }
    int[] places = tensor.places();
    double[] picked = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      picked[i] = values[places[i]];
    }
    return picked;
  }

  private int[] pick(int[] values) {
    if (tensor.isContiguous()) {
      return values;
    }
    int[] places = tensor.places();
    int[] picked = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      picked[i] = values[places[i]];
    }
    return picked;
  }
}
