"""Draws the pictures of the image tests and writes down what Pillow makes of them.

Needed only when the pictures change; the build reads what was committed. Run it in mae-data:

    python3 -m venv target/pillow
    target/pillow/bin/pip install pillow==12.2.0 numpy
    target/pillow/bin/python src/test/python/make_pictures.py

It writes src/test/resources/io/mae4j/data/image/: the pictures, expected.tsv (what each decodes to), crops.tsv (crops
resized with Pillow's bicubic filter), evaluation.tsv (the evaluation transform of the published recipe) and
normalization.tsv. All pictures
are drawn here from formulas; Pillow is the only oracle. Its version matters: up to 12.2 a resize always does the rows
first, as it did when the recipe was published; 13.0 does the columns first where that is less work, which rounds
differently for very narrow crops.
"""

import hashlib
import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps

FOLDER = Path("src/test/resources/io/mae4j/data/image")
HEIGHT, WIDTH = 45, 61


def drawing(height, width):
    """A smooth background, a disc, a ring and a fine checkerboard, so that blur, shift and wrong colours all show."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    red = 40 + 190 * x / (width - 1)
    green = 230 - 180 * y / (height - 1)
    blue = 128 + 100 * np.sin(x / 5) * np.cos(y / 7)
    pixels = np.stack([red, green, blue], axis=-1)
    distance = np.hypot(x - width * 0.35, y - height * 0.4)
    pixels[distance < height * 0.22] = (220, 30, 60)
    pixels[np.abs(distance - height * 0.34) < 1.5] = (15, 20, 200)
    board = (y > height * 0.7) & (x > width * 0.6)
    pixels[board] = np.where(((x + y) % 2 == 0)[..., None], 250, 5)[board]
    return Image.fromarray(np.rint(pixels).astype(np.uint8), "RGB")


def digest(image):
    return hashlib.sha256(image.tobytes()).hexdigest()


def rgb(image):
    """What the decoder must give: stored colours without profile and alpha, upright, the high byte of 16 bits."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I;16"):
        upright = Image.fromarray((np.asarray(upright) >> 8).astype(np.uint8), "L")
    return upright.convert("RGB")


def red_and_blue_swapped_profile():
    """The sRGB profile with the tags of two primaries renamed: whoever applies it swaps red and blue."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile[:24] + bytes(12) + profile[36:]  # without the time of its making
    return profile.replace(b"rXYZ", b"tmp!", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"tmp!", b"bXYZ", 1)


def png16(pixels, colour_type):
    """Pillow cannot write 16-bit colour; the format is simple enough."""
    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)

    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def interlaced_png(image):
    """Pillow reads Adam7 but does not write it."""
    pixels = np.asarray(image)
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    rows = b""
    for top, left, down, across in passes:
        part = pixels[top::down, left::across]
        if part.size:
            rows += b"".join(b"\0" + row.tobytes() for row in part)

    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", image.width, image.height, 8, 2, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def bmp(width, height, bits, compression, data, palette=b"", masks=b""):
    """Pillow reads run lengths, 16 and 32 bits a pixel, but does not write them."""
    offset = 14 + 40 + len(masks) + len(palette)
    header = struct.pack("<2sIHHI", b"BM", offset + len(data), 0, 0, offset)
    info = struct.pack(
        "<IiiHHIIiiII", 40, width, height, 1, bits, compression, len(data), 0, 0, len(palette) // 4, 0)
    return header + info + masks + palette + data


def run_length_bmp(image):
    """RLE8 with runs, literal pieces, ends of lines and the end of the picture."""
    pixels = np.asarray(image)[::-1]
    palette = bytes(image.getpalette()[:3 * 256])
    colours = b"".join(palette[i + 2:i + 3] + palette[i + 1:i + 2] + palette[i:i + 1] + b"\0"
                       for i in range(0, len(palette), 3))
    data = b""
    for number, row in enumerate(pixels):
        literal = 5 if number % 2 else 0
        if literal:
            data += bytes([0, literal]) + row[:literal].tobytes() + b"\0"
        at = literal
        while at < len(row):
            run = 1
            while at + run < len(row) and row[at + run] == row[at] and run < 255:
                run += 1
            data += bytes([run, row[at]])
            at += run
        data += b"\0\0"
    return bmp(image.width, image.height, 8, 1, data[:-2] + b"\0\1", palette=colours)


def tiff(order, image, photometric, bits):
    """A TIFF with its directory first and its samples last, which Pillow writes only for some modes."""
    pixels = np.asarray(image)
    samples = 1 if pixels.ndim == 2 else pixels.shape[2]
    data = pixels.astype(order + ("u2" if bits == 16 else "u1")).tobytes()
    tags = [(256, 3, image.width), (257, 3, image.height), (258, 3, bits), (259, 3, 1), (262, 3, photometric),
            (273, 4, 0), (277, 3, samples), (278, 3, image.height), (279, 4, len(data))]
    extra = struct.pack(order + "HHH", bits, bits, bits) if samples == 3 else b""
    size = 8 + 2 + 12 * len(tags) + 4
    directory = struct.pack(order + "H", len(tags))
    for tag, kind, value in tags:
        count = 3 if tag == 258 and samples == 3 else 1
        if count == 3:
            directory += struct.pack(order + "HHII", tag, kind, count, size)
            continue
        value = size + len(extra) if tag == 273 else value
        directory += struct.pack(order + ("HHIHH" if kind == 3 else "HHII"), tag, kind, 1, *((value, 0) if kind == 3 else (value,)))
    start = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    return start + directory + b"\0\0\0\0" + extra + data


def on_canvas(gif, width, height, left, top):
    """A GIF whose picture covers but a part of the screen; Pillow writes only whole ones."""
    picture = gif.index(b"\x2c\0\0\0\0", 13 + 3 * (2 << (gif[10] & 7)))
    return (gif[:6] + struct.pack("<HH", width, height) + gif[10:picture + 1] + struct.pack("<HH", left, top)
            + gif[picture + 5:])


def pictures():
    """Name and bytes of each picture."""
    base = drawing(HEIGHT, WIDTH)
    grey = base.convert("L")
    alpha = base.copy()
    alpha.putalpha(Image.fromarray(np.tile(np.linspace(0, 255, WIDTH).astype(np.uint8), (HEIGHT, 1)), "L"))
    palette = base.quantize(61)
    small = drawing(16, 24)

    def saved(image, form, **options):
        out = BytesIO()
        image.save(out, form, **options)
        return out.getvalue()

    yield "baseline-444.jpg", saved(base, "JPEG", quality=90, subsampling="4:4:4")
    yield "baseline-422.jpg", saved(base, "JPEG", quality=85, subsampling="4:2:2")
    yield "baseline-420.jpg", saved(base, "JPEG", quality=75, subsampling="4:2:0")
    yield "restarts.jpg", saved(base, "JPEG", quality=75, restart_marker_rows=1)
    yield "progressive.jpg", saved(base, "JPEG", quality=80, progressive=True)
    yield "grey.jpg", saved(grey, "JPEG", quality=85)
    yield "grey-progressive.jpg", saved(grey, "JPEG", quality=85, progressive=True)
    yield "rgb-stored.jpg", saved(base, "JPEG", quality=90, keep_rgb=True)
    yield "cmyk.jpg", saved(base.convert("CMYK"), "JPEG", quality=90)
    yield "icc.jpg", saved(base, "JPEG", quality=80, icc_profile=red_and_blue_swapped_profile())
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        yield f"orientation-{orientation}.jpg", saved(small, "JPEG", quality=90, exif=exif)
    yield "grey-8.png", saved(grey, "PNG")
    yield "grey-1.png", saved(grey.convert("1"), "PNG")
    yield "grey-16.png", saved(
        Image.fromarray((np.asarray(grey).astype(np.uint16) << 8) + np.arange(WIDTH, dtype=np.uint16) * 4), "PNG")
    yield "grey-alpha.png", saved(alpha.convert("LA"), "PNG")
    yield "rgb.png", saved(base, "PNG")
    yield "rgba.png", saved(alpha, "PNG")
    yield "palette-8.png", saved(palette, "PNG")
    yield "palette-4.png", saved(base.quantize(13), "PNG", bits=4)
    yield "palette-transparent.png", saved(palette, "PNG", transparency=5)
    yield "rgb-16.png", png16((np.asarray(base).astype(np.uint32) * 256 + 77).clip(0, 65535), 2)
    yield "interlaced.png", interlaced_png(base)
    yield "icc.png", saved(base, "PNG", icc_profile=red_and_blue_swapped_profile())
    yield "palette.gif", saved(palette, "GIF")
    yield "grey.gif", saved(grey, "GIF")
    yield "interlaced.gif", saved(palette, "GIF", interlace=1)
    yield "animated.gif", saved(palette, "GIF", save_all=True, append_images=[palette.transpose(1)], duration=50)
    yield "rgb.bmp", saved(small, "BMP")
    yield "grey.bmp", saved(small.convert("L"), "BMP")
    yield "palette.bmp", saved(small.quantize(17), "BMP")
    odd = drawing(13, 21)
    yield "padded-rows.bmp", saved(odd, "BMP")
    yield "one-bit.bmp", saved(odd.convert("1"), "BMP")
    yield "run-lengths.bmp", run_length_bmp(odd.quantize(9, dither=Image.Dither.NONE))
    rgb555 = np.asarray(odd)[::-1].astype(np.uint16) >> 3
    packed = np.zeros((odd.height, odd.width + odd.width % 2), dtype="<u2")
    packed[:, :odd.width] = rgb555[..., 0] << 10 | rgb555[..., 1] << 5 | rgb555[..., 2]
    yield "rgb-555.bmp", bmp(odd.width, odd.height, 16, 0, packed.tobytes())
    bgrx = np.full((odd.height, odd.width, 4), 255, dtype=np.uint8)
    bgrx[..., :3] = np.asarray(odd)[::-1, :, ::-1]
    yield "rgbx-32.bmp", bmp(odd.width, odd.height, 32, 0, bgrx.tobytes())
    yield "plain.tiff", saved(small, "TIFF")
    yield "lzw.tiff", saved(base, "TIFF", compression="tiff_lzw")
    yield "deflate.tiff", saved(base, "TIFF", compression="tiff_adobe_deflate")
    yield "packbits.tiff", saved(small, "TIFF", compression="packbits")
    yield "grey.tiff", saved(grey, "TIFF", compression="tiff_lzw")
    yield "palette.tiff", saved(palette, "TIFF", compression="tiff_lzw")
    yield "rgba.tiff", saved(alpha, "TIFF", compression="tiff_lzw")
    yield "cmyk.tiff", saved(base.convert("CMYK"), "TIFF", compression="tiff_lzw")
    yield "icc.tiff", saved(small, "TIFF", compression="tiff_lzw", icc_profile=red_and_blue_swapped_profile())
    yield "one-bit.tiff", saved(grey.convert("1"), "TIFF", compression="group4")
    yield "jpeg.tiff", saved(base, "TIFF", compression="jpeg", quality=85)
    yield "big-endian.tiff", tiff(">", odd, 2, 8)
    yield "white-is-zero.tiff", tiff("<", odd.convert("L"), 0, 8)
    yield "grey-16.tiff", tiff(">", Image.fromarray(np.asarray(odd.convert("L")).astype(np.uint16) << 8 | 99), 1, 16)
    exif = Image.Exif()
    exif[0x0112] = 6
    yield "orientation-6.tiff", saved(small, "TIFF", compression="tiff_lzw", exif=exif)
    yield "lossless.webp", saved(base, "WEBP", lossless=True)
    yield "lossless-alpha.webp", saved(alpha, "WEBP", lossless=True, exact=True)
    yield "lossy.webp", saved(base, "WEBP", quality=80)
    yield "lossy-alpha.webp", saved(alpha, "WEBP", quality=80)
    yield "lossy-icc.webp", saved(base, "WEBP", quality=80, icc_profile=red_and_blue_swapped_profile())
    yield "lossless-icc.webp", saved(small, "WEBP", lossless=True, icc_profile=red_and_blue_swapped_profile())
    yield "animated.webp", saved(small, "WEBP", lossless=True, save_all=True, append_images=[odd.resize(small.size)])
    y, x = np.mgrid[0:64, 0:64]
    smooth = Image.fromarray(np.stack([4 * x, 4 * y, 2 * (x + y)], axis=-1).astype(np.uint8))
    yield "lossy-smooth.webp", saved(smooth, "WEBP", quality=75)
    for method, quality in ((0, 30), (4, 100), (6, 5)):
        yield f"lossy-method-{method}.webp", saved(drawing(31, 17), "WEBP", quality=quality, method=method)
    yield "lossy-1x1.webp", saved(base.crop((20, 18, 21, 19)), "WEBP", quality=50)
    yield "lossy-3x5.webp", saved(base.crop((20, 18, 23, 23)), "WEBP", quality=50)
    yield "lossless-palette.webp", saved(base.quantize(13).convert("RGB"), "WEBP", lossless=True, method=6)
    noise = np.random.default_rng(7).integers(0, 256, (17, 31, 3), dtype=np.uint8)
    yield "lossless-noise.webp", saved(Image.fromarray(noise), "WEBP", lossless=True)
    yield "fax-3.tiff", saved(grey.convert("1"), "TIFF", compression="group3")
    yield "fax-runs.tiff", saved(grey.convert("1"), "TIFF", compression="tiff_ccitt")
    yield "jpeg-coarse.tiff", saved(base, "TIFF", compression="jpeg", quality=10)
    yield "jpeg-ycbcr.tiff", saved(base.convert("YCbCr"), "TIFF", compression="jpeg", quality=75)
    yield "jpeg-inks.tiff", saved(small.convert("CMYK"), "TIFF", compression="jpeg", quality=75)
    yield "on-canvas.gif", on_canvas(saved(odd.quantize(17), "GIF"), 30, 25, 6, 7)
    exif = Image.Exif()
    exif[0x0112] = 8
    yield "orientation-8.webp", saved(small, "WEBP", lossless=True, exif=exif)


def write_pictures():
    lines = ["# file\tmode\theight\twidth\tSHA-256 of the samples as red, green, blue, row by row\tof them as grey"]
    for name, data in pictures():
        (FOLDER / name).write_bytes(data)
        with Image.open(BytesIO(data)) as image:
            image.load()
            decoded = rgb(image)
            lines.append(f"{name}\t{image.mode}\t{decoded.height}\t{decoded.width}\t{digest(decoded)}"
                         f"\t{digest(decoded.convert('L'))}")
    (FOLDER / "expected.tsv").write_text("\n".join(lines) + "\n")


# top, left, height, width of the crop, height and width after
CROPS = [
    (0, 0, 150, 157, 224, 224),
    (0, 0, 150, 157, 32, 32),
    (0, 150, 120, 7, 28, 28),
    (3, 5, 1, 1, 28, 28),
    (10, 20, 1, 120, 28, 28),
    (0, 0, 150, 1, 28, 28),
    (0, 156, 150, 1, 64, 5),
    (149, 0, 1, 157, 3, 157),
    (20, 30, 28, 28, 28, 28),
    (20, 30, 28, 60, 28, 28),
    (20, 30, 60, 28, 28, 28),
    (11, 13, 97, 101, 1, 1),
    (40, 41, 13, 11, 96, 96),
    (7, 9, 100, 64, 16, 112),
]


def write_crops():
    source = drawing(150, 157)
    source.save(FOLDER / "source.png", optimize=True)
    lines = ["# channels\ttop\tleft\theight\twidth\tnew height\tnew width\tSHA-256 of the samples"]
    for channels, image in ((3, source), (1, source.convert("L"))):
        for top, left, height, width, new_height, new_width in CROPS:
            crop = image.crop((left, top, left + width, top + height))
            resized = crop.resize((new_width, new_height), Image.BICUBIC)
            lines.append(
                f"{channels}\t{top}\t{left}\t{height}\t{width}\t{new_height}\t{new_width}\t{digest(resized)}")
    (FOLDER / "crops.tsv").write_text("\n".join(lines) + "\n")


# height and width of the model's images
SIDES = [28, 32, 96, 224, 448]


def evaluated(image, side):
    """The published evaluation: the shorter side to 256/224 of the model's, up to 224; then the middle."""
    shorter = int(side / (224 / 256)) if side <= 224 else side
    if image.width <= image.height:
        size = (shorter, int(shorter * image.height / image.width))
    else:
        size = (int(shorter * image.width / image.height), shorter)
    resized = image.resize(size, Image.BICUBIC)
    top = int(round((resized.height - side) / 2.0))
    left = int(round((resized.width - side) / 2.0))
    return resized.crop((left, top, left + side, top + side))


def write_evaluation():
    source = drawing(150, 157)
    lines = ["# channels\tcrop height\tcrop width\tside\tSHA-256 of the samples"]
    for channels, whole in ((3, source), (1, source.convert("L"))):
        for height, width in ((150, 157), (150, 37), (51, 157)):
            image = whole.crop((0, 0, width, height))
            for side in SIDES:
                lines.append(f"{channels}\t{height}\t{width}\t{side}\t{digest(evaluated(image, side))}")
    (FOLDER / "evaluation.tsv").write_text("\n".join(lines) + "\n")


def write_normalization():
    """What torchvision's ToTensor and Normalize make of each sample value, in single precision."""
    lines = ["# channel\tSHA-256 of the 256 numbers as big-endian floats\tof 0\tof 128\tof 255"]
    values = np.arange(256).astype(np.float32) / np.float32(255)
    for channel, (mean, std) in enumerate(zip((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))):
        numbers = (values - np.float32(mean)) / np.float32(std)
        digits = "\t".join(repr(float(numbers[i])) for i in (0, 128, 255))
        lines.append(f"{channel}\t{hashlib.sha256(numbers.astype('>f4').tobytes()).hexdigest()}\t{digits}")
    (FOLDER / "normalization.tsv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_pictures()
    write_crops()
    write_evaluation()
    write_normalization()
