"""The code on paper leads where it should: read from pictures of the page by zxing, which had no part in making it."""

import dataclasses
import io
import random
import shutil
import string
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from app.certificates.paper.drawing import CertificateFace, draw, draw_picture
from app.certificates.paper.look import Look
from app.certificates.rules import Form
from tests.certificates.faces import FACES

pytestmark = pytest.mark.slow

SIGNED = FACES["en"].verify_url + "#" + "".join(
    random.Random(8).choices(string.ascii_letters + string.digits + "-_", k=300 - len(FACES["en"].verify_url) - 1)
)  # fmt: skip
"""As long as an address with a signed statement may be."""

Change = Callable[[Image.Image], Image.Image]
CHANGES: dict[str, Change] = {
    "as it is": lambda page: page,
    "turned a little": lambda page: page.rotate(3, resample=Image.Resampling.BICUBIC, fillcolor=255),
    "upside down": lambda page: page.rotate(178, resample=Image.Resampling.BICUBIC, fillcolor=255),
    "out of focus": lambda page: page.filter(ImageFilter.GaussianBlur(0.8)),
    "in black and white": lambda page: page.point(lambda shade: 255 * (shade > 127)),
}


def face(form: Form, locale: str = "en") -> CertificateFace:
    return dataclasses.replace(FACES[locale], look=Look(form=form))


def read(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.sampled(each="form", number=2)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("address", ["", SIGNED], ids=["short", "signed"])
@pytest.mark.parametrize("form", Form)
def test_the_code_is_read_at_150_dots_an_inch(form: Form, address: str, change: str, fonts: Path) -> None:
    picture = Image.open(io.BytesIO(draw_picture(face(form), fonts=fonts, ppi=150, address=address))).convert("L")
    short = form is Form.CARD or not address
    assert read(CHANGES[change](picture)) == [face(form).verify_url if short else address]


@pytest.mark.sampled(each="form")
@pytest.mark.parametrize("locale", ["km", "ur"])
@pytest.mark.parametrize("form", Form)
def test_the_code_of_the_file_itself_is_read(form: Form, locale: str, fonts: Path, tmp_path: Path) -> None:
    if not shutil.which("pdftoppm"):
        pytest.skip("poppler-utils is not installed")
    (tmp_path / "page.pdf").write_bytes(draw(face(form, locale), fonts=fonts, address=SIGNED))
    command = ["pdftoppm", "-r", "150", "-gray", "-singlefile", "page.pdf", "page"]
    subprocess.run(command, cwd=tmp_path, check=True)
    wanted = face(form, locale).verify_url if form is Form.CARD else SIGNED
    assert read(Image.open(tmp_path / "page.pgm")) == [wanted]


def test_another_address_is_another_code(fonts: Path) -> None:
    other = dataclasses.replace(face(Form.LANDSCAPE), verify_url="https://seamwise.example/verify/other")
    picture = Image.open(io.BytesIO(draw_picture(other, fonts=fonts, ppi=150))).convert("L")
    assert read(picture) == ["https://seamwise.example/verify/other"]
