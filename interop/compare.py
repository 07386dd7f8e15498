"""Compares mae4j with the real libraries in both directions and prints the differences.

  python interop/compare.py [--mae ./mae] [--backend djl] [--size tiny|base]

A model is made at random by transformers and one by torch; each goes through mae4j and its files into
transformers, timm and torch, with the same images and noise. Ends with 1 if a difference is above 1e-4.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import timm
import torch
import transformers
from safetensors.torch import load_file, save_file

LIMIT = 1e-4
SIZES = {
    "tiny": dict(image_size=32, patch_size=4, hidden_size=48, num_hidden_layers=2, num_attention_heads=3, intermediate_size=192,
                 decoder_hidden_size=32, decoder_num_hidden_layers=2, decoder_num_attention_heads=4, decoder_intermediate_size=128),
    "base": dict(),
}


class Comparison:
    def __init__(self, mae, backend, folder):
        self.mae, self.backend, self.folder = mae, backend, folder
        self.worst = 0.0

    def run(self, *args):
        done = subprocess.run([self.mae, *map(str, args)], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"mae {' '.join(map(str, args))} failed: {done.stderr}")
        return done.stdout

    def forward(self, checkpoint, images, noise, *more):
        save_file({"images": images, "noise": noise}, self.folder / "in.safetensors")
        out = self.folder / "out.safetensors"
        self.run("forward", "--checkpoint", checkpoint, "--input", self.folder / "in.safetensors", "--output", out,
                 "--backend", self.backend, *more)
        return load_file(out)

    def show(self, what, ours, theirs):
        difference = (ours.double() - theirs.double()).abs().max().item()
        self.worst = max(self.worst, difference)
        print(f"  {what:<58} {difference:9.2e}   largest value {theirs.abs().max().item():.3g}")

    def same(self, what, ours, theirs):
        equal = ours.keys() == theirs.keys() and all(
            ours[k].dtype == theirs[k].dtype and ours[k].shape == theirs[k].shape and torch.equal(ours[k], theirs[k]) for k in ours)
        self.worst = max(self.worst, 0.0 if equal else 1.0)
        print(f"  {what:<58} {'equal, bit by bit' if equal else 'DIFFERENT'}")


def hugging_face(folder):
    model, info = transformers.ViTMAEForPreTraining.from_pretrained(folder, output_loading_info=True)
    assert not info["missing_keys"] and not info["unexpected_keys"] and not info["mismatched_keys"], info
    return model.eval()


@torch.no_grad()
def compare(c, size, normalise):
    torch.manual_seed(0)
    config = transformers.ViTMAEConfig(norm_pix_loss=normalise, **SIZES[size])
    theirs = transformers.ViTMAEForPreTraining(config).eval()
    for name, parameter in theirs.named_parameters():
        if parameter.requires_grad:
            parameter.add_(torch.randn_like(parameter) * 0.02)
    made = c.folder / "made-by-transformers"
    theirs.save_pretrained(made)
    side, patches = config.image_size, (config.image_size // config.patch_size) ** 2
    images, noise = torch.randn(2, 3, side, side), torch.rand(2, patches)
    flags = ["--norm-pix-loss"] if normalise else []

    print(f"a model made and saved by transformers {transformers.__version__} (layer_norm_eps {config.layer_norm_eps}), read by mae4j")
    expected = theirs(images, noise=noise)
    found = c.forward(made, images, noise, *flags)
    c.show("logits", found["pred"], expected.logits)
    c.show("loss", found["loss"], expected.loss)
    c.show("mask", found["mask"], expected.mask)
    c.show("ids_restore", found["ids_restore"], expected.ids_restore)
    c.show("latent", found["latent"], theirs.vit(images, noise=noise).last_hidden_state)
    config.mask_ratio = theirs.config.mask_ratio = 0.0
    theirs.vit.embeddings.config.mask_ratio = 0.0
    c.show("latent, mask ratio 0", c.forward(made, images, noise, "--mask-ratio", 0)["latent"],
           theirs.vit(images, noise=noise).last_hidden_state)

    # timm has the published eps, so the rest is done with a model that has it too
    path = made / "config.json"
    changed = json.loads(path.read_text())
    changed["layer_norm_eps"] = 1e-6
    changed["mask_ratio"] = 0.75
    path.write_text(json.dumps(changed))

    official = c.folder / "official.pth"
    c.run("convert", made, official, "--to", "official")
    ours = c.forward(official, images, noise, *flags)

    print("our export for transformers, made of our official export")
    exported = c.folder / "exported"
    c.run("convert", official, exported, "--to", "huggingface")
    read = hugging_face(exported)
    expected = read(images, noise=noise)
    c.show("logits", ours["pred"], expected.logits)
    c.show("loss", ours["loss"], expected.loss)

    print(f"our official export, read by torch {torch.__version__} with weights_only=True")
    loaded = torch.load(official, weights_only=True)
    c.run("convert", exported, c.folder / "back.pth", "--to", "official")
    back = torch.load(c.folder / "back.pth", weights_only=True)
    c.same("official -> huggingface -> official", back["model"], loaded["model"])
    c.run("convert", official, c.folder / "own.safetensors", "--to", "mae")
    c.same("official -> mae", load_file(c.folder / "own.safetensors"), loaded["model"])
    torch.save(loaded, c.folder / "legacy.pth", _use_new_zipfile_serialization=False)
    c.run("convert", c.folder / "legacy.pth", c.folder / "from-legacy.safetensors", "--to", "mae")
    c.same("official -> legacy form of torch -> mae", load_file(c.folder / "from-legacy.safetensors"), loaded["model"])

    print(f"our export for timm {timm.__version__}")
    c.run("convert", official, c.folder / "timm", "--to", "timm")
    encoder = timm.create_model(f"local-dir:{c.folder / 'timm'}", pretrained=True).eval()
    plain = torch.arange(patches, dtype=torch.float32).repeat(2, 1)
    features = c.forward(official, images, plain, "--mask-ratio", 0)["latent"]
    c.show("forward_features of the whole image", features, encoder.forward_features(images))
    c.show("class token", features[:, 0], encoder(images))
    timm.models.save_for_hf(encoder, c.folder / "saved-by-timm", model_args=json.loads((c.folder / "timm/config.json").read_text())["model_args"])
    c.run("convert", c.folder / "saved-by-timm", c.folder / "from-timm.pth", "--to", "official")
    encoder_tensors = {k: v for k, v in loaded["model"].items() if not k.startswith("decoder_") and k != "mask_token"}
    c.same("encoder saved by timm, read by mae4j", torch.load(c.folder / "from-timm.pth", weights_only=True)["model"], encoder_tensors)


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser()
    parser.add_argument("--mae", default=root / "mae")
    parser.add_argument("--backend", default="djl")
    parser.add_argument("--size", choices=SIZES, default="tiny")
    args = parser.parse_args()
    for normalise in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            print(f"--- {args.size}, engine {args.backend}, loss of {'normalised patches' if normalise else 'pixels'}")
            c = Comparison(args.mae, args.backend, pathlib.Path(folder))
            compare(c, args.size, normalise)
            print(f"largest difference {c.worst:.2e}, limit {LIMIT:.0e}\n")
            if c.worst > LIMIT:
                sys.exit(1)


if __name__ == "__main__":
    main()
