#!/usr/bin/env python3
"""Decodes, crops and resizes images with Pillow: pillow_chain.py FOLDER CROPS [PASSES]

CROPS is what 'mae bench data --crops' writes. The rates are those of the median pass, after one that is not measured.
"""
import json
import os
import statistics
import sys
import time

import PIL
from PIL import Image

SIZE = 224


def one_pass(folder, crops):
    decode = resize = 0
    for name, box in crops:
        start = time.perf_counter()
        image = Image.open(os.path.join(folder, name)).convert("RGB")
        decoded = time.perf_counter()
        image.crop(box).resize((SIZE, SIZE), Image.BICUBIC)
        resize += time.perf_counter() - decoded
        decode += decoded - start
    return decode, resize


def main():
    folder, table = sys.argv[1:3]
    crops = []
    for line in open(table, encoding="utf-8"):
        name, *numbers = line.rstrip("\n").split("\t")
        top, left, height, width = map(int, numbers)
        crops.append((name, (left, top, left + width, top + height)))
    passes = [one_pass(folder, crops) for _ in range(1 + int(sys.argv[3] if len(sys.argv) > 3 else 1))][1:]
    rate = lambda seconds: round(len(crops) / statistics.median(seconds), 1)
    print(json.dumps({
        "pillow": PIL.__version__,
        "images": len(crops),
        "decode_images_per_s": rate([decode for decode, _ in passes]),
        "crop_resize_images_per_s": rate([resize for _, resize in passes]),
        "decode_crop_resize_images_per_s": rate([decode + resize for decode, resize in passes])}))


if __name__ == "__main__":
    main()
