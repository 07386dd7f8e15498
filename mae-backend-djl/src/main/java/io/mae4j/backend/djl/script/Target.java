package io.mae4j.backend.djl.script;

/**
 * What the libtorch that will run the text can do.
 *
 * @param device PyTorch's name of the device, {@code cpu} or {@code cuda:N}
 * @param oneDnnLinear whether {@code ops.mkldnn._linear_pointwise} is there, the fastest
 *     single-precision linear map on x86
 * @param flashAttention whether {@code torch._scaled_dot_product_flash_attention_for_cpu} is there;
 *     otherwise attention is composed of matrix products
 * @param bfloat16Products whether matrix products of bfloat16 are fast; otherwise operands and
 *     results are rounded to that type and multiplied in single precision, which gives the same
 *     numbers but for the order of additions
 */
public record Target(
    String device, boolean oneDnnLinear, boolean flashAttention, boolean bfloat16Products) {
  /** PyTorch's number of its 32-bit floating-point type. */
  static final int FLOAT32 = 6;

  /** PyTorch's number of bfloat16. */
  static final int BFLOAT16 = 15;

  /** PyTorch's number of its 64-bit integer type. */
  static final int INT64 = 4;

  /** A target that only has what every libtorch has. */
  public static Target plain(String device) {
    return new Target(device, false, false, true);
  }

  /** The arguments that end a call which makes a tensor of real numbers. */
  String newReals() {
    return newTensor(FLOAT32);
  }

  /** The arguments that end a call which makes a tensor of integers. */
  String newIntegers() {
    return newTensor(INT64);
  }

  private String newTensor(int type) {
    return ", dtype="
        + type
        + ", layout=0, device=torch.device(\""
        + device
        + "\"), pin_memory=False";
  }
}
