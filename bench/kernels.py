#!/usr/bin/env python3
"""What one core reaches in the kernels of a training step, in GFLOP/s: products of the shapes that linear maps and their
gradients have, by PyTorch's matrix library and by oneDNN, and attention, fused and composed of products.

    bench/kernels.py                # needs torch; let nothing else run meanwhile
"""
import statistics
import time

import torch

LINEAR = [(1088, 192, 768), (1088, 768, 192), (1088, 192, 576), (4200, 96, 384), (4200, 384, 96), (400, 768, 3072),
          (400, 3072, 768), (400, 768, 2304), (1576, 512, 2048)]
ATTENTION = [(64, 3, 50, 64), (64, 3, 197, 32), (8, 12, 50, 64), (8, 16, 197, 32)]


def seconds(run, times=9):
    for _ in range(2):
        run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def linear(rows, inputs, outputs):
    x, dy, w = torch.randn(rows, inputs), torch.randn(rows, outputs), torch.randn(outputs, inputs)
    one_dnn = torch.ops.mkldnn._linear_pointwise
    runs = {
        "forward, oneDNN": lambda: one_dnn(x, w, None, "none", [], "none"),
        "of inputs": lambda: torch.mm(dy, w),
        "of inputs, oneDNN": lambda: one_dnn(dy, w.t(), None, "none", [], "none"),
        "of weights": lambda: torch.mm(dy.t(), x),
        "of weights, oneDNN": lambda: one_dnn(dy.t(), x.t(), None, "none", [], "none"),
    }
    return {name: 2e-9 * rows * inputs * outputs / seconds(run) for name, run in runs.items()}


def attention(images, heads, tokens, width):
    q, k, v = (part.view(images, tokens, heads, width).transpose(1, 2)
               for part in torch.randn(images, tokens, 3 * heads * width).split(heads * width, -1))
    dout = torch.randn(images, tokens, heads, width).transpose(1, 2)
    scale = width ** -0.5
    aten = torch.ops.aten
    out, log_sum = aten._scaled_dot_product_flash_attention_for_cpu(q, k, v, 0.0, False, scale=scale)

    def composed():
        scores = torch.matmul(q, k.transpose(-2, -1)) * scale
        return torch.matmul(torch.softmax(scores, -1), v), torch.logsumexp(scores, [-1])

    def composed_gradient():
        p = torch.exp(torch.matmul(q, k.transpose(-2, -1)) * scale - log_sum.unsqueeze(-1))
        inner = (dout * out).sum(-1, keepdim=True)
        ds = p * (torch.matmul(dout, v.transpose(-2, -1)) - inner) * scale
        return torch.matmul(ds, k), torch.matmul(ds.transpose(-2, -1), q), torch.matmul(p.transpose(-2, -1), dout)

    flop = 2e-9 * images * heads * tokens * tokens * width
    runs = {
        "fused": (2, lambda: aten._scaled_dot_product_flash_attention_for_cpu(q, k, v, 0.0, False, scale=scale)),
        "composed": (2, composed),
        "gradient, fused": (5, lambda: aten._scaled_dot_product_flash_attention_for_cpu_backward(
            dout, q, k, v, out, log_sum, 0.0, False, scale=scale)),
        "gradient, composed": (5, composed_gradient),
    }
    return {name: products * flop / seconds(run) for name, (products, run) in runs.items()}


def table(title, shapes, rates):
    rows = {shape: rates(*shape) for shape in shapes}
    names = list(next(iter(rows.values())))
    print(f"| {title} | " + " | ".join(names) + " |\n" + "|---" * (len(names) + 1) + "|")
    for shape, values in rows.items():
        print(f"| {'×'.join(map(str, shape))} | " + " | ".join(f"{values[name]:.0f}" for name in names) + " |")
    print()


if __name__ == "__main__":
    torch.set_num_threads(1)
    with torch.no_grad():
        table("rows × inputs × outputs", LINEAR, linear)
        table("images × heads × tokens × width", ATTENTION, attention)
