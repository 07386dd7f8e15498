package io.mae4j.core.checkpoint;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.DType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;

/**
 * Tells whether weights are the same to the last bit: SHA-256 over the names, shapes and bits of
 * some arrays.
 *
 * @param values how many numbers it covers
 * @param sha256 64 hexadecimal digits
 */
public record WeightsFingerprint(long values, String sha256) {

  /**
   * Takes the fingerprint of the arrays of these names, in their order.
   *
   * @throws MaeException of kind DATA if one is missing
   */
  public static WeightsFingerprint of(Map<String, Array> arrays, Collection<String> names) {
    MessageDigest digest = newDigest();
    long values = 0;
    for (String name : names) {
      Array array = arrays.get(name);
      if (array == null) {
        throw MaeException.data("the weights '" + name + "' are missing");
      }
      digest.update((name + array.dtype() + array.shape()).getBytes(StandardCharsets.UTF_8));
      digest.update(bits(array));
      values += array.shape().size();
    }
    return new WeightsFingerprint(values, HexFormat.of().formatHex(digest.digest()));
  }

  private static byte[] bits(Array array) {
    int size = Math.toIntExact(array.shape().size());
    if (array.dtype() == DType.FLOAT32) {
      ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(size, Float.BYTES));
      buffer.asFloatBuffer().put(array.floats());
      return buffer.array();
    }
    ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(size, Double.BYTES));
    buffer.asDoubleBuffer().put(array.toDoubles());
    return buffer.array();
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
