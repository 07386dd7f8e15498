"""Compares mae4j's decoding of pictures with Pillow's, over formats, modes, qualities, methods and odd sizes.

All pictures are made here from formulas. Run it after a build (`./mae --help` is one), with Pillow and numpy installed:

    python3 interop/decoders.py

It prints a table of the largest and the mean difference of each kind of file, in steps of 8-bit samples, and ends with
an error where a file is refused or differs by more than --limit. The tables of docs/fidelity.md come from it.
"""

import argparse
import itertools
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageFile, ImageOps

ImageFile.MAXBLOCK = 1 << 22  # Pillow writes noise with restart markers only where it fits
ROOT = Path(__file__).resolve().parent.parent
SIZES = [(1, 1), (2, 2), (3, 5), (16, 16), (17, 31), (33, 48), (64, 64), (127, 65), (150, 200)]


def gradient(height, width):
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    down, across = y / max(1, height - 1), x / max(1, width - 1)
    return np.stack([255 * across, 255 * down, 128 + 127 * across * down], axis=-1)


def noise(height, width):
    return np.random.default_rng(height * 1000 + width).integers(0, 256, (height, width, 3)).astype(np.float64)


def drawing(height, width):
    """Flat areas with sharp edges on a smooth ground: what prediction, palettes and smoothing meet."""
    pixels = gradient(height, width)
    y, x = np.mgrid[0:height, 0:width]
    pixels[np.hypot(x - width * 0.4, y - height * 0.4) < height * 0.3] = (220, 30, 60)
    board = (y > height * 0.7) & (x > width * 0.6)
    pixels[board] = np.where(((x + y) % 2 == 0)[..., None], 250, 5)[board]
    return pixels


def flat(height, width):
    """Five colours."""
    y, x = np.mgrid[0:height, 0:width]
    colours = np.array([(10, 20, 30), (200, 30, 30), (30, 200, 30), (30, 30, 200), (250, 250, 240)])
    return colours[(x // 3 + y // 5) % 5].astype(np.float64)


def pictures():
    for (height, width), draw in itertools.product(SIZES, (gradient, noise, drawing, flat)):
        pixels = np.rint(draw(height, width)).astype(np.uint8)
        yield f"{draw.__name__}-{height}x{width}", Image.fromarray(pixels)


def with_alpha(image):
    alpha = np.asarray(image.convert("L")).copy()
    alpha[::2] //= 3
    changed = image.convert("RGBA")
    changed.putalpha(Image.fromarray(alpha))
    return changed


def sixteen_bits(image):
    grey = np.asarray(image.convert("L")).astype(np.uint16)
    return Image.fromarray(grey * 257 - np.minimum(grey, 100))


MODES = {
    "RGB": lambda image: image,
    "RGBA": with_alpha,
    "L": lambda image: image.convert("L"),
    "LA": lambda image: with_alpha(image).convert("LA"),
    "P": lambda image: image.quantize(200),
    "P16": lambda image: image.quantize(16),
    "P2": lambda image: image.quantize(2),
    "1": lambda image: image.convert("1"),
    "YCbCr": lambda image: image.convert("YCbCr"),
    "CMYK": lambda image: image.convert("CMYK"),
    "I;16": sixteen_bits,
}


def kinds():
    """Name, format, modes and what is told to Pillow's writer."""
    for method in range(7):
        for quality in (0, 10, 50, 75, 90, 100):
            yield f"WebP lossy, method {method}", "webp", ["RGB", "RGBA"], dict(method=method, quality=quality)
    for method in range(7):
        for quality in (0, 50, 100):
            options = dict(lossless=True, exact=True, method=method, quality=quality)
            yield "WebP lossless", "webp", ["RGB", "RGBA", "L", "P", "P16", "P2", "1"], options
    for quality, subsampling in itertools.product((1, 10, 50, 75, 95, 100), (0, 1, 2)):
        for progressive in (False, True):
            name = "JPEG progressive" if progressive else "JPEG baseline"
            options = dict(quality=quality, subsampling=subsampling, progressive=progressive)
            yield name, "jpeg", ["RGB", "L", "CMYK"], options
    for rows in (1, 2):
        yield "JPEG with restarts", "jpeg", ["RGB", "L"], dict(restart_marker_rows=rows)
    for level in (0, 1, 9):
        yield "PNG", "png", ["RGB", "RGBA", "L", "LA", "P", "P16", "P2", "1", "I;16"], dict(compress_level=level)
    for interlace in (0, 1):
        yield "GIF", "gif", ["L", "P", "P16", "P2", "1"], dict(interlace=interlace)
    yield "BMP", "bmp", ["RGB", "RGBA", "L", "P", "P16", "P2", "1"], {}
    colours = ["RGB", "RGBA", "L", "LA", "P", "CMYK", "I;16", "1"]
    for name, compression in (("uncompressed", None), ("LZW", "tiff_lzw"), ("Deflate", "tiff_adobe_deflate"),
                              ("PackBits", "packbits")):
        yield f"TIFF, {name}", "tiff", colours, dict(compression=compression)
    for name, compression in (("LZW", "tiff_lzw"), ("Deflate", "tiff_adobe_deflate")):
        options = dict(compression=compression, tiffinfo={317: 2})
        yield f"TIFF, {name} of differences", "tiff", ["RGB", "RGBA", "L", "P", "I;16"], options
    for name, compression in (("fax runs", "tiff_ccitt"), ("fax 3", "group3"), ("fax 4", "group4")):
        yield f"TIFF, {name}", "tiff", ["1"], dict(compression=compression)
    for quality in (10, 75, 100):
        yield "TIFF, JPEG", "tiff", ["RGB", "L", "YCbCr", "CMYK"], dict(compression="jpeg", quality=quality)


def expected(data):
    """What the decoder must give: stored colours without profile and alpha, upright, the high byte of 16 bits."""
    image = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    return np.asarray(image.convert("RGB"))


def files():
    """The kind of each file, and its bytes."""
    for number, (kind, form, modes, options) in enumerate(kinds()):
        for mode, (picture, image) in itertools.product(modes, pictures()):
            output = BytesIO()
            MODES[mode](image).save(output, form, **options)
            yield kind, f"{number:03d}-{picture}-{mode.replace(';', '')}.{form}", output.getvalue()


def decoded(folder, class_path):
    command = ["java", "-cp", class_path, str(ROOT / "interop" / "Decode.java"), str(folder)]
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        name, _, height, width, refusal = line.split("\t")
        yield name, (int(height), int(width)), refusal


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--class-path", default=str(ROOT / "mae-cli/target/mae4j/lib/modules/*"))
    arguments.add_argument("--limit", type=int, default=1, help="the largest difference that is no error")
    options = arguments.parse_args()
    differences, wrong = {}, []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "files"
        folder.mkdir()
        kind_of = {}
        for kind, name, data in files():
            kind_of[name] = kind
            (folder / name).write_bytes(data)
        for name, (height, width), refusal in decoded(folder, options.class_path):
            row = differences.setdefault(kind_of[name], [])
            if refusal:
                wrong.append(refusal)
                continue
            right = expected((folder / name).read_bytes()).astype(int)
            ours = np.fromfile(folder / f"{name}.rgb", np.uint8).reshape(height, width, 3)
            if ours.shape != right.shape:
                wrong.append(f"{name}: {ours.shape} instead of {right.shape}")
                continue
            difference = np.abs(ours - right)
            row.append((difference.max(), difference.mean()))
            if difference.max() > options.limit:
                wrong.append(f"{name}: differs by up to {difference.max()}, {difference.mean():.3f} in the mean")
    print("| file | pictures | largest difference | mean difference |\n|---|---|---|---|")
    for kind in dict.fromkeys(kind for kind, *_ in kinds()):
        row = differences.get(kind, [])
        largest = max((most for most, _ in row), default=0)
        mean = float(np.mean([mean for _, mean in row])) if row else 0.0
        print(f"| {kind} | {len(row):,} | {largest} | {mean:.4f} |" if largest else f"| {kind} | {len(row):,} | equal | |")
    for message in wrong[:20]:
        print(message, file=sys.stderr)
    if wrong:
        sys.exit(f"{len(wrong)} files are wrong")


if __name__ == "__main__":
    main()
