"""On paper in every language, sealed where there are keys; strange names stay text."""

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdf
import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.certificates.of_factories import jobs, paper
from app.certificates.of_factories.models import FactoryCertificate
from app.certificates.of_factories.paper import FactoryFace, Line, wording
from app.certificates.signing import keys as sets
from app.certificates.signing import operations as keys
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.files import files
from app.platform.jobs import Later
from tests.make import factory_certificates as make

LANGUAGES = sorted(file.stem for file in paper.WORDING.glob("*.json"))


def face(locale: str, **values: object) -> FactoryFace:
    words = wording(locale)
    count = words["count"].format(covered="12", active="14")
    asked = words["asked"].format(share="80%", least="5")
    by_sex = f"{words['women']}: {count} · {words['men']}: {count}"
    lines = tuple(
        Line("Supervisory Skills", words[role], asked, count, "86%", 12 / 14, 0.8, words["each_sex"], by_sex)
        for role in ("supervisor", "indirect_supervisor", "manager", "operator")
    )
    said = {
        "locale": locale, "programme": "Selvedge Programme", "factory": "Lotus Ferry", "factory_latin": "Lotus Ferry",
        "title": "Trained", "title_english": "Trained", "lines": lines, "counted": words["counted"].format(day="26 November 2026"),
        "issued": "26 November 2026", "issued_on": date(2026, 11, 26), "valid_until": "25 November 2027",
        "number": "KH-F-2026-00012", "verify_url": "https://training.example/verify/AAAA-BBBB",
    }
    return FactoryFace(**{**said, **values})


def test_every_language_has_every_word() -> None:
    assert len(LANGUAGES) == 14
    kept = {name: json.loads((paper.WORDING / f"{name}.json").read_text("utf-8")) for name in LANGUAGES}
    for name, words in kept.items():
        assert words.keys() == kept["en"].keys(), name
        for key, word in words.items():
            assert word, (name, key)
            for part in ("{share}", "{least}", "{covered}", "{active}", "{day}"):
                assert (part in word) == (part in kept["en"][key]), (name, key)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_one_page_in_every_language(fonts: Path, locale: str) -> None:
    pdf = paper.draw(face(locale), fonts=fonts)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        assert opened.Root.MarkInfo.Marked
        with opened.open_metadata() as told:
            assert told["pdfaid:part"] in {"2", "3"}
            assert told["pdfuaid:part"] == "1"
    assert pdf == paper.draw(face(locale), fonts=fonts)


@pytest.mark.parametrize("locale", ["my", "ur", "km", "am"])
@pytest.mark.parametrize("number", [1, 2, 4])
def test_the_longest_of_everything_stays_on_one_page(fonts: Path, locale: str, number: int) -> None:
    words = " ".join([wording(locale)["title"]] * 12)[:200]
    long = face(locale, factory=words, factory_latin="Lotus Ferry Garment " * 10, title=words, title_english="Trained " * 25)
    pdf = paper.draw(replace(long, lines=long.lines[:number]), fonts=fonts)
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1


@pytest.mark.parametrize("name", ['#read("/etc/passwd")', "*_$<a>", "x" * 200, "{{config}}", "W" + "\u0301" * 100, "\u202eevil"])
def test_strange_names_are_text_on_one_page(fonts: Path, name: str) -> None:
    read = pypdf.PdfReader(io.BytesIO(paper.draw(face("en", factory=name, factory_latin=name, title=name), fonts=fonts)))
    assert len(read.pages) == 1
    assert "root:" not in read.pages[0].extract_text()


def test_a_local_name_without_a_font_is_left_out_and_said(app: Flask, fonts: Path) -> None:
    programme, version, _rule = make.world()
    make.staffed(version, 9, name="Thong Dee", local_name="ทองดี")
    make.check(programme)
    certificate = db.session.query(FactoryCertificate).one()
    jobs.draw(certificate.id).write()
    db.session.expire_all()
    assert "Thong Dee" in pypdf.PdfReader(io.BytesIO(files().get(certificate.file_key or ""))).pages[0].extract_text()
    [entry] = db.session.query(AuditEntry).filter_by(action="factory_certificates.draw")
    assert entry.details["local_name_left_out"] is True


def test_sealed_with_the_keys_of_the_site(app: Flask, fonts: Path, own_keys: Path) -> None:
    key = keys.create(SYSTEM)
    programme, version, _rule = make.world()
    make.staffed(version, 9)
    make.check(programme)
    certificate = db.session.query(FactoryCertificate).one()
    jobs.draw(certificate.id).write()
    db.session.expire_all()
    assert certificate.key_name == key.name
    assert b"/ETSI.CAdES.detached" in files().get(certificate.file_key or "")


def test_keys_of_before_are_taken_up(app: Flask, fonts: Path, own_keys: Path) -> None:
    sets.create(own_keys, "older", "Org", "http://localhost/crl", now())
    programme, version, _rule = make.world()
    make.staffed(version, 9)
    make.check(programme)
    certificate = db.session.query(FactoryCertificate).one()
    waits = jobs.draw(certificate.id)
    assert isinstance(waits, Later)
    waits.write()
    jobs.draw(certificate.id).write()
    db.session.expire_all()
    assert certificate.key_name == "older"


def test_no_file_goes_out_without_its_seal(app: Flask, fonts: Path, own_keys: Path) -> None:
    key = keys.create(SYSTEM)
    programme, version, _rule = make.world()
    make.staffed(version, 9)
    make.check(programme)
    certificate = db.session.query(FactoryCertificate).one()
    for path in (own_keys / key.name).glob("*"):
        path.write_bytes(b"not a key")
    assert isinstance(jobs.draw(certificate.id), Later)
    assert certificate.file_key is None
