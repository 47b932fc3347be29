"""The commands do what the pages do, and say what a file is worth."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.certificates import rules
from app.certificates.models import Certificate
from app.certificates.signing import operations as keys
from app.completions.models import Completion
from app.courses.models import Course
from app.factories.models import Person
from app.platform.db import db
from app.platform.files import files
from app.platform.jobs.cli import worker_of
from app.sessions.models import TrainingSession
from tests.make import certificates, completions, courses, factories

pytestmark = pytest.mark.slow


def _run(app: Flask, *words: str) -> tuple[int, str]:
    db.session.commit()
    done = app.test_cli_runner().invoke(args=["certificates", *words])
    return done.exit_code, done.output


def _verified(app: Flask, pdf: bytes, place: Path) -> tuple[int, dict[str, Any]]:
    place.write_bytes(pdf)
    code, said = _run(app, "verify", str(place), "--json")
    told: dict[str, Any] = json.loads(said)
    return code, told


def _drawn(app: Flask) -> Certificate:
    made = certificates.certificate().id
    db.session.commit()
    worker_of(app).run_until_idle()
    return db.session.get_one(Certificate, made, populate_existing=True)


def test_issue_makes_what_is_missing_and_no_more(app: Flask) -> None:
    factory = factories.factory()
    completion = completions.completion(factories.person(factory), courses.version(), factory)
    number = completion.id
    training = db.session.get_one(TrainingSession, completion.training_id).code
    first = _run(app, "issue", str(number))
    assert first[0] == 0
    assert _run(app, "issue", training) == first == _run(app, "issue", str(number))
    assert db.session.query(Certificate).filter_by(completion_id=number).count() == 1


def test_issue_says_what_it_does_not_find(app: Flask) -> None:
    assert _run(app, "issue", "999999")[0] == 1
    assert _run(app, "issue", "no-such-training")[0] == 1


@pytest.mark.parametrize("by", ["code", "printed", "number"])
def test_revoke_by_whatever_is_printed(app: Flask, by: str) -> None:
    certificate = certificates.certificate()
    key, code, number = certificate.id, certificate.code, certificate.number
    which = {"code": code, "printed": rules.printed(code).lower(), "number": number}[by]
    assert _run(app, "revoke", which, "--reason", "Issued to another person.") == (0, f"{number} is revoked.\n")
    row = db.session.get_one(Certificate, key, populate_existing=True)
    assert row.revoked_at is not None
    assert _run(app, "revoke", which, "--reason", "Again.")[0] == 0
    assert db.session.get_one(Certificate, key, populate_existing=True).revoked_reason == "Issued to another person."
    assert _run(app, "revoke", "AB-2026-1", "--reason", "x")[0] == 1


def test_verify_says_what_a_file_is_worth(app: Flask, fonts: Path, own_keys: Path, tmp_path: Path) -> None:
    keys.create(SYSTEM)
    certificate = _drawn(app)
    key, number, pdf = certificate.id, certificate.number, files().get(certificate.file_key or "")
    code, told = _verified(app, pdf, tmp_path / "a.pdf")
    assert code == 0
    assert (told["state"], told["number"], told["sealed"], told["intact"]) == ("valid", number, True, True)
    assert "Seamwise seal" in told["signed_by"]
    code, told = _verified(app, pdf[:-30] + b"\n" + pdf[-29:], tmp_path / "a.pdf")
    assert (code, told["state"], told["intact"]) == (3, "unknown", False)
    assert _run(app, "revoke", number, "--reason", "No longer true.")[0] == 0
    code, told = _verified(app, pdf, tmp_path / "a.pdf")
    assert (code, told["state"], told["reason"]) == (3, "revoked", "No longer true.")
    assert db.session.get_one(Certificate, key).key_name is not None


def test_an_unsealed_file_of_ours_is_known_by_its_bytes(app: Flask, fonts: Path, own_keys: Path, tmp_path: Path) -> None:
    certificate = _drawn(app)
    assert certificate.key_name is None
    code, told = _verified(app, files().get(certificate.file_key or ""), tmp_path / "a.pdf")
    assert (code, told["state"], told["sealed"], told["intact"]) == (0, "valid", False, True)


def test_whatever_changes_later_the_file_is_the_same_and_holds(
    app: Flask, fonts: Path, own_keys: Path, tmp_path: Path
) -> None:
    keys.create(SYSTEM)
    certificate = _drawn(app)
    key, file_key = certificate.id, certificate.file_key or ""
    before = files().get(file_key)
    completion = db.session.get_one(Completion, certificate.completion_id)
    db.session.get_one(Person, completion.person_id).name = "Somebody Else"
    db.session.get_one(Course, certificate.course_id).code += "-old"
    keys.rotate(SYSTEM)
    db.session.commit()
    worker_of(app).run_until_idle()
    after = db.session.get_one(Certificate, key, populate_existing=True)
    assert (after.file_key, files().get(file_key)) == (file_key, before)
    code, told = _verified(app, before, tmp_path / "a.pdf")
    assert (code, told["state"]) == (0, "valid")
