"""Every form in every language before those who did not make it: pikepdf, pdfua, qpdf, poppler."""

import dataclasses
import io
import shutil
import subprocess
from pathlib import Path

import pdfua
import pikepdf
import pytest

from app.certificates.paper.drawing import MOST_AT_ONCE, CertificateFace, draw, draw_all
from app.certificates.paper.look import Look
from app.certificates.rules import Form
from app.platform.documents.errors import DocumentFailed
from tests.certificates.faces import FACES

pytestmark = pytest.mark.slow

CREDENTIAL = b'{"jwt": "eyJhbGciOiJFZERTQSJ9.e30.c2ln", "embedded": {"name": "\xe1\x9e\x9f\xe1\x9e\xbb"}}'
SHEETS = {Form.LANDSCAPE: (842, 595), Form.PORTRAIT: (595, 842), Form.CARD: (243, 153), Form.RECORD_PAGE: (420, 595)}
"""Width and height in points."""


def face(locale: str, form: Form) -> CertificateFace:
    return dataclasses.replace(FACES[locale], look=Look(form=form))


def said(*command: str | Path) -> str:
    if not shutil.which(str(command[0])):
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, check=True, capture_output=True)
    return done.stdout.decode("utf-8", "replace")


@pytest.mark.sampled(each="locale")
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("locale", FACES)
def test_every_judge_accepts_the_file(locale: str, form: Form, fonts: Path, tmp_path: Path) -> None:
    file = tmp_path / "certificate.pdf"
    file.write_bytes(draw(face(locale, form), fonts=fonts, credential=CREDENTIAL))
    with pikepdf.open(file) as document:
        assert document.check_pdf_syntax() == []
        assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in document.pages} == {SHEETS[form]}
        assert len(document.pages) == (2 if form is Form.CARD else 1)
        assert document.Root.Lang == locale.partition("-")[0]
        metadata = document.Root.Metadata.read_bytes().decode()
    for said_so in ("pdfaid:part>3<", "pdfaid:conformance>A<", "pdfuaid:part>1<"):
        assert said_so in metadata
    assert pdfua.validate(str(file)).findings == ()
    said("qpdf", "--check", file)
    listing = said("pdffonts", file).splitlines()[2:]
    assert listing
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in listing), "embedded, subset, with Unicode"
    assert "Tagged:          yes" in said("pdfinfo", file)
    structure = said("pdfinfo", "-struct", file)
    assert "H1" in structure
    assert "Figure" in structure


@pytest.mark.parametrize("form", Form)
def test_the_credential_travels_in_the_file(form: Form, fonts: Path) -> None:
    with pikepdf.open(io.BytesIO(draw(face("km", form), fonts=fonts, credential=CREDENTIAL))) as document:
        attached = document.attachments["credential.jwt.json"]
        assert attached.get_file().read_bytes() == CREDENTIAL
        assert attached.get_file().mime_type == "application/json"
        assert attached.description
        assert str(attached.obj.AFRelationship) == "/Data"
        assert [one.objgen for one in document.Root.AF] == [attached.obj.objgen], "named as part of the document"
    with pikepdf.open(io.BytesIO(draw(face("km", form), fonts=fonts))) as document:
        assert dict(document.attachments) == {}


def test_the_same_face_gives_the_same_bytes(fonts: Path) -> None:
    for form in Form:
        first = draw(face("ur", form), fonts=fonts, credential=CREDENTIAL)
        assert draw(face("ur", form), fonts=fonts, credential=CREDENTIAL) == first


def test_many_sheets_in_one_file_each_with_its_bookmark(fonts: Path, tmp_path: Path) -> None:
    faces = [face(locale, form) for form in Form for locale in FACES]
    pdf = draw_all(faces, fonts=fonts)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        with document.open_outline() as outline:
            assert [entry.title for entry in outline.root] == [one.local_name or one.latin_name for one in faces]
        assert len(document.pages) == len(faces) + len(FACES), "a card has two sides"
        assert document.Root.MarkInfo.Marked
        assert "/PageLabels" in document.Root
    (tmp_path / "all.pdf").write_bytes(pdf)
    assert pdfua.validate(str(tmp_path / "all.pdf")).findings == ()


def test_as_many_as_one_file_may_hold(fonts: Path) -> None:
    most = [dataclasses.replace(FACES["en"], number=f"SW-{place}") for place in range(MOST_AT_ONCE)]
    with pikepdf.open(io.BytesIO(draw_all(most, fonts=fonts))) as document:
        assert len(document.pages) == MOST_AT_ONCE
    for wrong in ([], [*most, FACES["en"]]):
        with pytest.raises(DocumentFailed):
            draw_all(wrong, fonts=fonts)
