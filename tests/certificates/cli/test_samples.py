"""Samples in every language, judged by readers that are not ours; one changed byte is not valid."""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfua import validate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator.context import ValidationContext

from app.boot import create_app
from app.certificates.cli.samples import LANGUAGES
from app.certificates.signing import demo
from app.certificates.signing.keys import load
from app.certificates.signing.reading import read
from app.certificates.signing.seal import asn1
from app.certificates.signing.trust import Trust
from tests.conftest import settings_for
from tests.counts import examples

pytestmark = [pytest.mark.any_engine, pytest.mark.slow]


def _run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["certificates", *words])
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app without a database: its folder is there, the file is not."""
    folder = tmp_path_factory.mktemp("bare")
    return create_app(settings_for(f"sqlite:///{folder / 'none.db'}", folder))


@pytest.fixture(scope="module")
def rendered(bare: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, and in `keys` what signed them."""
    out = tmp_path_factory.mktemp("samples")
    code, said = _run(bare, "render-sample", "--out", str(out), "--keys", str(out / "keys"))
    assert code == 0, said
    assert not Path(bare.extensions["settings"].database_url.removeprefix("sqlite:///")).exists()
    return out


def _told(app: Flask, file: Path) -> tuple[int, dict[str, Any]]:
    code, said = _run(app, "verify", str(file), "--json")
    told: dict[str, Any] = json.loads(said)
    return code, told


@pytest.mark.sampled(number=3)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_judge_accepts_every_sample(bare: Flask, rendered: Path, language: str) -> None:
    file = rendered / f"certificate-{language}.pdf"
    code, told = _told(bare, file)
    assert (code, told["valid"], told["demo"], told["sealed"], told["intact"]) == (0, True, True, True, True)
    with pikepdf.open(file) as opened:
        assert opened.Root.AcroForm.SigFlags == 3
        assert "/Perms" in opened.Root
    [signature] = PdfFileReader(io.BytesIO(file.read_bytes())).embedded_signatures
    root = asn1(load(rendered / "keys", demo.NAME).chain[-1])
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root], moment=signature.self_reported_timestamp))
    assert status.bottom_line and str(status.coverage).endswith("ENTIRE_FILE")
    assert validate(str(file)).exit_code == 0
    for command in (["qpdf", "--check"], ["pdfinfo"], ["pdfsig"]):
        if shutil.which(command[0]):
            done = subprocess.run([*command, file], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            assert command != ["pdfsig"] or "Signature is Valid." in done.stdout


def test_a_locale_is_said_as_people_say_it(bare: Flask, tmp_path: Path) -> None:
    assert _run(bare, "render-sample", "--locale", "uz", "--locale", "EN", "--out", str(tmp_path / "o"))[0] == 0
    assert sorted(path.name for path in (tmp_path / "o").iterdir()) == ["certificate-en.pdf", "certificate-uz-Cyrl.pdf"]
    assert _run(bare, "render-sample", "--locale", "xx", "--out", str(tmp_path))[0] == 2


def test_what_is_no_pdf_cannot_be_read(bare: Flask, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no certificate")
    assert _told(bare, tmp_path / "text")[0] == 2
    code, told = _told(bare, tmp_path / "gone.pdf")
    assert (code, told["readable"]) == (2, False)
    assert _run(bare, "verify", str(tmp_path / "text"))[0] == 2


def test_a_file_without_a_seal_and_one_of_strangers_are_not_valid(bare: Flask, rendered: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.pdf"
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(plain)
    code, told = _told(bare, plain)
    assert (code, told["sealed"], told["reason"]) == (3, False, "The file has no seal.")
    sealed = (rendered / "certificate-en.pdf").read_bytes()
    added = tmp_path / "added.pdf"
    added.write_bytes(sealed + b"\n")
    assert _told(bare, added)[0] == 3


@pytest.fixture(scope="module")
def one(rendered: Path) -> bytes:
    return (rendered / "certificate-km.pdf").read_bytes()


@given(st.data())
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.filterwarnings("ignore")
def test_one_changed_byte_anywhere_is_not_valid(one: bytes, data: st.DataObject) -> None:
    start = one.index(b"/Contents <")
    places = st.one_of(st.integers(0, len(one) - 1), st.integers(start, one.index(b">", start)))
    place, bits = data.draw(places), data.draw(st.integers(1, 255))
    changed = bytes([*one[:place], one[place] ^ bits, *one[place + 1 :]])
    assert not read(changed, Trust()).intact


def test_a_changed_file_is_said_to_be_not_valid(bare: Flask, one: bytes, tmp_path: Path) -> None:
    for place in (10, len(one) // 2, len(one) - 20):
        changed = bytearray(one)
        changed[place] ^= 1
        (tmp_path / "changed.pdf").write_bytes(changed)
        code, told = _told(bare, tmp_path / "changed.pdf")
        assert (code, told["valid"], told["readable"]) == (3, False, True)
        assert "NOT VALID" in _run(bare, "verify", str(tmp_path / "changed.pdf"))[1]


def test_a_web_process_loads_neither_the_typesetter_nor_the_sealer_nor_statistics(tmp_path: Path) -> None:
    program = (
        "import sys, wsgi; wsgi.app.test_client().get('/verify'); "
        "heavy = {'typst', 'pyhanko', 'pyhanko_certvalidator', 'openbadgeslib', 'pyld', 'numpy', 'scipy', 'pandas', 'statsmodels'}; "
        "sys.exit(any(name.split('.')[0] in heavy for name in sys.modules))"
    )
    environ = {
        "SEAMWISE_ENV": "development", "SEAMWISE_DATABASE_URL": f"sqlite:///{tmp_path / 'x.db'}", "PATH": "/usr/bin:/bin",
        "SEAMWISE_CERTIFICATE_KEYS_DIR": str(tmp_path / "nowhere"),
    }
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
