"""Photos keep their picture and which side is up, and tell nothing else. Made and read by an imaging library of others."""

import io
import random
import struct
import zlib

import pytest
from PIL import ExifTags, Image, ImageChops, PngImagePlugin

from app.platform.files.photos import LARGEST_FILE, PhotoFault, PhotoKind, PhotoRefused, clean
from tests.counts import IS_LONG
from tests.growth import assert_linear

MARK = b"zqsecret"
FORMATS = ["JPEG", "PNG", "WEBP"]


def picture(width: int = 64, height: int = 40, mode: str = "RGB") -> Image.Image:
    noise = random.Random(7).randbytes(width * height * len(mode))
    return Image.frombytes(mode, (width, height), noise)


def exif(orientation: int = 6) -> Image.Exif:
    told = Image.Exif()
    told[ExifTags.Base.Orientation] = orientation
    told[ExifTags.Base.Make] = MARK.decode()
    told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (11.0, 33.0, 12.0)
    told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSProcessingMethod] = MARK
    return told


def sent(form: str, image: Image.Image | None = None, **options: object) -> bytes:
    """A file full of what a telephone tells."""
    out, told = io.BytesIO(), {"exif": exif(), "icc_profile": MARK * 20, "xmp": b"<x>" + MARK + b"</x>", "comment": MARK}
    if form == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", MARK.decode())
        told = {"exif": exif(), "pnginfo": texts}
    (image or picture()).save(out, form, **{**told, **options})
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.mode == other.mode and ImageChops.difference(one, other).getbbox(alpha_only=False) is None


@pytest.mark.parametrize("form", FORMATS)
def test_the_picture_stays_and_what_it_tells_goes(form: str) -> None:
    data = sent(form)
    assert MARK in data
    photo = clean(data + b"\0\0" * 4 + MARK)
    assert photo.kind == PhotoKind(form.lower())
    assert MARK not in photo.data
    assert same(opened(photo.data), opened(data))
    told = opened(photo.data).getexif()
    assert set(told) <= {ExifTags.Base.Orientation}
    assert not told.get_ifd(ExifTags.IFD.GPSInfo)
    assert clean(photo.data) == photo, "what is clean stays as it is"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_taken_upright_stays_upright(orientation: int) -> None:
    cleaned = opened(clean(sent("JPEG", exif=exif(orientation))).data)
    assert cleaned.getexif().get(ExifTags.Base.Orientation, 1) == orientation


def test_a_little_endian_orientation_is_understood() -> None:
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, 8, 0)
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4)
    assert opened(clean(sent("JPEG", exif=b"Exif\0\0" + tiff)).data).getexif()[ExifTags.Base.Orientation] == 8


@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
def test_several_ways_to_write_it(form: str) -> None:
    ways: list[tuple[Image.Image, dict[str, object]]] = [
        (picture(mode="RGB"), {"progressive": True, "optimize": True, "quality": 30, "restart_marker_blocks": 2}),
        (picture().convert("L"), {}),
        (picture().convert("CMYK"), {}) if form == "JPEG" else (picture(mode="RGBA"), {"lossless": True}),
        (picture(mode="RGBA"), {"quality": 50}) if form == "WEBP" else (picture(), {"subsampling": 2}),
        (picture(), {"lossless": True}) if form == "WEBP" else (picture(1, 1), {}),
    ]
    for image, options in ways:
        data = sent(form, image, **options)
        assert same(opened(clean(data).data), opened(data)), options


def test_a_png_with_a_palette_and_one_that_moves() -> None:
    data = sent("PNG", picture().convert("P"), transparency=3)
    assert same(opened(clean(data).data), opened(data))
    out = io.BytesIO()
    picture().save(out, "PNG", save_all=True, append_images=[picture().transpose(Image.Transpose.ROTATE_180)])
    still = opened(clean(out.getvalue()).data)
    assert getattr(still, "n_frames", 1) == 1
    assert same(still, picture())


def test_a_webp_that_moves_is_refused() -> None:
    out = io.BytesIO()
    picture().save(out, "WEBP", save_all=True, append_images=[picture().transpose(Image.Transpose.ROTATE_180)])
    assert fault(out.getvalue()) is PhotoFault.BROKEN


def fault(data: bytes) -> PhotoFault | None:
    try:
        clean(data)
    except PhotoRefused as refusal:
        return refusal.fault
    return None


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_was_cut_is_refused_wherever(form: str) -> None:
    data = clean(sent(form, picture(24, 16))).data
    assert [cut for cut in range(len(data)) if fault(data[:cut]) is None] == []


@pytest.mark.parametrize("form", FORMATS)
def test_bytes_that_were_changed_break_nothing(form: str) -> None:
    data, dice = sent(form, picture(24, 16)), random.Random(11)
    for _ in range(1500 if IS_LONG else 200):
        altered = bytearray(data)
        for _ in range(dice.randint(1, 4)):
            altered[dice.randrange(len(data))] = dice.randrange(256)
        fault(bytes(altered))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xd8\xff", b"GIF89a" + bytes(40), b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<!doctype html><script>",
        b"%PDF-1.7", b"PK\x03\x04" + bytes(40), b"BM" + bytes(60), b"\0\0\0 ftypheic" + bytes(60),
        b"\xff\xd8\xff\xd9", b"\x89PNG\r\n\x1a\n", b"RIFF\x04\0\0\0WEBP", b"\xff\xd8" + b"\xff" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    assert fault(data) in {PhotoFault.UNKNOWN, PhotoFault.BROKEN}


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, *more: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")


def test_a_bomb_is_refused_by_its_size() -> None:
    assert fault(png(2**31 - 1, 2**31 - 1)) is PhotoFault.TOO_MANY_PIXELS
    assert fault(png(16_000, 16_000)) is PhotoFault.TOO_MANY_PIXELS
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 65_535, 65_535, 1) + b"\x01\x11\0"
    assert fault(b"\xff\xd8" + frame + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" + b"\0\xff\xd9") is PhotoFault.TOO_MANY_PIXELS
    lossless = b"VP8L" + struct.pack("<I", 6) + b"\x2f\xff\xff\xff\x0f\0"
    assert fault(b"RIFF" + struct.pack("<I", 18) + b"WEBP" + lossless) is PhotoFault.TOO_MANY_PIXELS
    assert fault(b"\xff\xd8\xff" + bytes(LARGEST_FILE)) is PhotoFault.TOO_LARGE


def test_an_unknown_part_that_must_be_understood_is_refused() -> None:
    assert fault(png(4, 4)) is None
    assert fault(png(4, 4, chunk(b"ZZZZ", b""))) is PhotoFault.BROKEN
    assert fault(png(4, 4, chunk(b"IHDR", bytes(13)))) is PhotoFault.BROKEN
    assert MARK not in clean(png(4, 4, chunk(b"zzZz", MARK))).data
    good = sent("JPEG")
    assert fault(good[:2] + b"\xff\xcc\0\x04\0\0" + good[2:]) is PhotoFault.BROKEN


def test_a_page_hidden_in_a_photo_goes() -> None:
    page = b"<script>alert(1)</script>"
    data = sent("JPEG", comment=page)
    assert page in data
    assert page not in clean(data + page).data


@pytest.mark.parametrize("filling", [b"\xff", b"\xff\x00", b"\xff\xd0"])
def test_no_photo_keeps_the_machine_busy(filling: bytes) -> None:
    data = sent("JPEG")
    assert_linear(lambda size: data[:-2] + filling * size + data[-2:], clean, 250_000)


def test_a_picture_drawn_in_thousands_of_passes_is_refused() -> None:
    """Each pass goes over every pixel: a small file that keeps the telephone of whoever looks at it busy for minutes."""
    out = io.BytesIO()
    picture().save(out, "JPEG", progressive=True)
    data = out.getvalue()
    at = data.rindex(b"\xff\xda")
    last_pass = data[at:-2]
    assert clean(data).kind is PhotoKind.JPEG
    with pytest.raises(PhotoRefused) as refused:
        clean(data[:at] + last_pass * 2000 + data[-2:])
    assert refused.value.fault is PhotoFault.BROKEN


@pytest.mark.slow
@pytest.mark.parametrize("part", [b"\xff\xfe\x00\x02", b"\x00\x00\x00\x00tEXt" + zlib.crc32(b"tEXt").to_bytes(4), b"EXIF" + bytes(4)])
def test_millions_of_empty_parts_are_refused_at_once(part: bytes) -> None:
    head = {b"\xff\xfe": b"\xff\xd8", b"\x00\x00": b"\x89PNG\r\n\x1a\n" + sent("PNG")[8:33], b"EX": b"RIFF\xf0\xff\x8f\x00WEBP"}[part[:2]]

    def refused(data: bytes) -> None:
        with pytest.raises(PhotoRefused):
            clean(data)

    refused(head + part * (9_500_000 // len(part)))
    def of(size: int) -> bytes:
        fitting = b"RIFF" + (4 + len(part) * size).to_bytes(4, "little") + b"WEBP" if part[:2] == b"EX" else head
        return fitting + part * size

    assert_linear(of, refused, 16_000)
