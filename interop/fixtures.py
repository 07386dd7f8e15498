"""Writes the small checkpoints that the tests of mae-core read: one model in every form that torch,
timm and transformers write. Run it again only to change them: python interop/fixtures.py"""
import argparse
import json
import pathlib

import torch
from safetensors.torch import save_file

OUT = pathlib.Path(__file__).parent.parent / "mae-core/src/test/resources/io/mae4j/core/checkpoint/format"
WIDTH, DECODER, PATCH, CHANNELS, ROWS, COLUMNS, HIDDEN = 8, 4, 2, 2, 2, 3, 16


def shapes():
    n, values = ROWS * COLUMNS, PATCH * PATCH * CHANNELS
    yield "cls_token", (1, 1, WIDTH)
    yield "pos_embed", (1, 1 + n, WIDTH)
    yield "mask_token", (1, 1, DECODER)
    yield "decoder_pos_embed", (1, 1 + n, DECODER)
    yield "patch_embed.proj.weight", (WIDTH, CHANNELS, PATCH, PATCH)
    yield "patch_embed.proj.bias", (WIDTH,)
    yield from block("blocks.0", WIDTH, HIDDEN)
    yield from layer("norm", (WIDTH,))
    yield from layer("decoder_embed", (DECODER, WIDTH))
    yield from block("decoder_blocks.0", DECODER, DECODER * HIDDEN // WIDTH)
    yield from layer("decoder_norm", (DECODER,))
    yield from layer("decoder_pred", (values, DECODER))


def layer(name, weight):
    yield name + ".weight", weight
    yield name + ".bias", weight[:1]


def block(name, width, hidden):
    yield from layer(name + ".norm1", (width,))
    yield from layer(name + ".attn.qkv", (3 * width, width))
    yield from layer(name + ".attn.proj", (width, width))
    yield from layer(name + ".norm2", (width,))
    yield from layer(name + ".mlp.fc1", (hidden, width))
    yield from layer(name + ".mlp.fc2", (width, hidden))


def hugging_face(model):
    tensors = {}
    blocks = {"norm1": "layernorm_before", "attn.proj": "attention.output.dense", "norm2": "layernorm_after",
              "mlp.fc1": "intermediate.dense", "mlp.fc2": "output.dense"}
    plain = {"cls_token": "embeddings.cls_token", "pos_embed": "embeddings.position_embeddings",
             "patch_embed.proj.weight": "embeddings.patch_embeddings.projection.weight",
             "patch_embed.proj.bias": "embeddings.patch_embeddings.projection.bias",
             "norm.weight": "layernorm.weight", "norm.bias": "layernorm.bias"}
    for name, value in model.items():
        if "blocks." in name:
            stack, number, rest = name.split(".", 2)
            part, kind = rest.rsplit(".", 1)
            prefix = f"{'vit.encoder.layer' if stack == 'blocks' else 'decoder.decoder_layers'}.{number}."
            if part == "attn.qkv":
                for which, third in zip(("query", "key", "value"), value.chunk(3)):
                    tensors[f"{prefix}attention.attention.{which}.{kind}"] = third.contiguous()
            else:
                tensors[f"{prefix}{blocks[part]}.{kind}"] = value
        elif name in plain:
            tensors["vit." + plain[name]] = value
        else:
            tensors["decoder." + name] = value
    return tensors


def main():
    torch.manual_seed(4)
    OUT.mkdir(parents=True, exist_ok=True)
    model = {name: torch.randn(shape) for name, shape in shapes()}
    trainable = [n for n in model if not n.endswith("pos_embed")]
    flat = [n for n in trainable if model[n].ndim == 1 or n.endswith(".bias")]
    groups = [flat, [n for n in trainable if n not in flat]]
    parameters = {n: torch.nn.Parameter(model[n].clone()) for n in trainable}
    adamw = torch.optim.AdamW([{"params": [parameters[n] for n in group]} for group in groups], lr=0.0)
    for parameter in parameters.values():
        parameter.grad = torch.randn_like(parameter)
    adamw.step()
    numbered = groups[0] + groups[1]
    state = adamw.state_dict()["state"]
    expected = dict(model)
    for i, name in enumerate(numbered):
        expected["optimizer.exp_avg." + name] = state[i]["exp_avg"]
        expected["optimizer.exp_avg_sq." + name] = state[i]["exp_avg_sq"]
    save_file(expected, OUT / "expected.safetensors")

    run = argparse.Namespace(model="mae_vit_test", input_size=4, norm_pix_loss=True, lr=None, output_dir=pathlib.PurePosixPath("x").as_posix())
    full = {"model": torch.nn.Module().state_dict() | model, "optimizer": adamw.state_dict(), "epoch": 1,
            "scaler": {"scale": 65536.0}, "args": run}
    torch.save(full, OUT / "full.pth")
    torch.save(full, OUT / "legacy.pth", _use_new_zipfile_serialization=False)
    encoder = {n: v for n, v in model.items() if not n.startswith("decoder_") and n != "mask_token"}
    torch.save({"model": encoder}, OUT / "encoder.pth")
    torch.save({"model": {n: v.half() for n, v in model.items()}}, OUT / "half.pth")
    torch.save({n: v.bfloat16() for n, v in model.items()}, OUT / "bfloat16.pth", pickle_protocol=4)

    folder = OUT / "huggingface"
    folder.mkdir(exist_ok=True)
    save_file(hugging_face(model), folder / "model.safetensors", metadata={"format": "pt"})
    config = {"model_type": "vit_mae", "hidden_size": WIDTH, "num_attention_heads": 2, "decoder_num_attention_heads": 1,
              "image_size": [ROWS * PATCH, COLUMNS * PATCH], "norm_pix_loss": True, "layer_norm_eps": 1e-12, "hidden_act": "gelu"}
    (folder / "config.json").write_text(json.dumps(config))

    folder = OUT / "timm"
    folder.mkdir(exist_ok=True)
    save_file(encoder | {"head.weight": torch.zeros(3, WIDTH), "head.bias": torch.zeros(3)}, folder / "model.safetensors",
              metadata={"format": "pt"})
    config = {"architecture": "vit_base_patch16_224", "model_args": {"num_heads": 2, "img_size": [ROWS * PATCH, COLUMNS * PATCH]}}
    (folder / "config.json").write_text(json.dumps(config))


def positions():
    """Tables of another grid, as the official helper makes them: bicubic, align_corners=False."""
    torch.manual_seed(5)
    tensors = {}
    for old, new in (((3, 5), (4, 2)), ((3, 5), (7, 11)), ((4, 4), (4, 4)), ((1, 2), (3, 3))):
        table = torch.randn(1, 1 + old[0] * old[1], 4, dtype=torch.float64)
        grid = table[:, 1:].reshape(1, *old, 4).permute(0, 3, 1, 2)
        grid = torch.nn.functional.interpolate(grid, size=new, mode="bicubic", align_corners=False)
        name = f"{old[0]}x{old[1]}_{new[0]}x{new[1]}"
        tensors[name + ".in"] = table
        tensors[name + ".out"] = torch.cat([table[:, :1], grid.permute(0, 2, 3, 1).flatten(1, 2)], 1).contiguous()
    out = OUT.parent.parent / "model"
    out.mkdir(exist_ok=True)
    save_file(tensors, out / "positions.safetensors")


if __name__ == "__main__":
    main()
    positions()
