"""Writes down what Pillow makes of the test picture when it is distorted as timm's RandAugment distorts it.

Needed only when the table changes; the build reads what was committed. Run it in mae-data, with Pillow installed:

    python3 src/test/python/make_distortions.py

It writes src/test/resources/io/mae4j/data/augment/distortions.tsv. Pillow is the only oracle.
"""

import hashlib
from pathlib import Path

from PIL import Image, ImageEnhance, ImageOps

RESOURCES = Path("src/test/resources/io/mae4j/data")
FILL = (124, 116, 104)


def warped(image, matrix):
    fill = FILL if image.mode == "RGB" else FILL[0]
    return image.transform(image.size, Image.AFFINE, matrix, resample=Image.BICUBIC, fillcolor=fill)


def rotated(image, degrees):
    fill = FILL if image.mode == "RGB" else FILL[0]
    return image.rotate(degrees, resample=Image.BICUBIC, fillcolor=fill)


def lightened(image, added):
    table = [min(255, i + added) if i < 128 else i for i in range(256)]
    return image.point(table * len(image.getbands()))


OPERATIONS = {
    "autocontrast": (lambda image, _: ImageOps.autocontrast(image), [0]),
    "equalize": (lambda image, _: ImageOps.equalize(image), [0]),
    "invert": (lambda image, _: ImageOps.invert(image), [0]),
    "posterize": (lambda image, bits: ImageOps.posterize(image, int(bits)), [1, 2, 4]),
    "solarize": (lambda image, threshold: ImageOps.solarize(image, int(threshold)), [0, 26, 128, 256]),
    "solarize-add": (lambda image, added: lightened(image, int(added)), [0, 99, 110]),
    "color": (lambda image, factor: ImageEnhance.Color(image).enhance(factor), [0.1, 0.19, 1, 1.81]),
    "contrast": (lambda image, factor: ImageEnhance.Contrast(image).enhance(factor), [0.1, 0.19, 1, 1.81]),
    "brightness": (lambda image, factor: ImageEnhance.Brightness(image).enhance(factor), [0.1, 0.19, 1, 1.81]),
    "sharpness": (lambda image, factor: ImageEnhance.Sharpness(image).enhance(factor), [0.1, 0.19, 1, 1.81]),
    "shear-x": (lambda image, factor: warped(image, (1, factor, 0, 0, 1, 0)), [-0.27, 0.013, 0.3]),
    "shear-y": (lambda image, factor: warped(image, (1, 0, 0, factor, 1, 0)), [-0.27, 0.013, 0.3]),
    "translate-x": (lambda image, pixels: warped(image, (1, 0, pixels, 0, 1, 0)), [-63.585, 0.25, 40]),
    "translate-y": (lambda image, pixels: warped(image, (1, 0, 0, 0, 1, pixels)), [-63.585, 0.25, 40]),
    "rotate": (rotated, [-27, -0.5, 13.7, 30]),
}


if __name__ == "__main__":
    source = Image.open(RESOURCES / "image" / "source.png").convert("RGB")
    # A picture without the darkest and the lightest values, so that stretching it shows.
    pale = source.point([60 + i // 2 for i in range(256)] * 3)
    rows = ["# operation\targument\tpicture\tchannels\tSHA-256 of the samples"]
    for name, (operation, arguments) in OPERATIONS.items():
        for argument in arguments:
            for picture, colours in (("source", source), ("pale", pale)):
                for channels, image in ((3, colours), (1, colours.convert("L"))):
                    digest = hashlib.sha256(operation(image, argument).tobytes()).hexdigest()
                    rows.append(f"{name}\t{argument}\t{picture}\t{channels}\t{digest}")
    folder = RESOURCES / "augment"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "distortions.tsv").write_text("\n".join(rows) + "\n")
