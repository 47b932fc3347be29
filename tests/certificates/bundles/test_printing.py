"""All certificates on one paper, a hundred sheets a file."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask

from app.access.roles import Role
from app.certificates import operations as certificates_verbs
from app.certificates.bundles import jobs
from app.certificates.bundles.models import CertificateBundle
from app.certificates.bundles.rules import STEP, BundleKind, Failure
from app.certificates.paper.drawing import MOST_AT_ONCE
from app.platform.db import db
from app.platform.jobs.models import Job
from tests.browse import Browse
from tests.make import accounts, bundles, certificates, factories


def test_a_file_holds_what_the_typesetter_takes() -> None:
    assert STEP <= MOST_AT_ONCE


def test_every_certificate_is_a_sheet(app: Flask, browse: Browse, fonts: Path) -> None:
    factory = factories.factory()
    bundles.certified(factory, "Sok Dara", "Chan Thida")
    revoked = bundles.certified(factory, "Revoked One")[0]
    certificates.certificate(factory=factory)
    account = accounts.account(Role.FOCAL_POINT, factory=factory)
    bundle = bundles.ordered(account, kind=BundleKind.PRINT)
    assert len(bundle.certificates) == 3
    certificates_verbs.revoke(revoked.completion_id, "test")
    bundles.packed(bundle)
    assert (bundle.done, bundle.left_out, bundle.failed) == (3, 1, None)
    own = browse.as_account(account)
    page = own.get(f"/certificates/bundles/{bundle.id}")
    assert "1 certificate was revoked since and is not on the paper." in page.text
    sent = own.post(f"/certificates/bundles/{bundle.id}/file")
    assert sent.response.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(sent.response.data)) as pdf:
        assert len(pdf.pages) == 2


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many sheets were drawn at once, each time, two at most."""
    sheets: list[int] = []

    def draw_all(faces: Sequence[Any], **_options: object) -> bytes:
        sheets.append(len(faces))
        return b"%PDF " + " ".join(face.number for face in faces).encode()

    monkeypatch.setattr(jobs, "draw_all", draw_all)
    monkeypatch.setattr(jobs, "STEP", 2)
    return sheets


def test_many_sheets_are_several_files_each_drawn_once(app: Flask, browse: Browse, drawn: list[int]) -> None:
    factory = factories.factory()
    rows = bundles.certified(factory, *[f"Person {number}" for number in range(5)])
    account = accounts.account(Role.FOCAL_POINT, factory=factory)
    bundle = bundles.ordered(account, kind=BundleKind.PRINT)
    for expected in (2, 4, 5, 5):
        assert bundles.packed(bundle).done == expected
    assert drawn == [2, 2, 1]
    assert [job.payload for job in db.session.query(Job).filter_by(kind="certificates.bundle")] == [{"bundle_id": bundle.id}] * 3
    own = browse.as_account(account)
    assert "Download part 3 of 3" in own.get(f"/certificates/bundles/{bundle.id}").text
    sent = [own.post(f"/certificates/bundles/{bundle.id}/file", {"part": part}).response.data for part in (1, 2, 3)]
    numbers = [number.decode() for pdf in sent for number in pdf.split()[1:]]
    assert numbers == [row.number for row in rows]


def test_two_workers_on_one_part_keep_it_once(app: Flask, drawn: list[int]) -> None:
    factory = factories.factory()
    bundles.certified(factory, "Sok Dara", "Chan Thida", "Third One")
    bundle = bundles.ordered(accounts.account(Role.FOCAL_POINT, factory=factory), kind=BundleKind.PRINT)
    first, second = jobs.pack(bundle.id), jobs.pack(bundle.id)
    first.write()
    second.write()
    db.session.refresh(bundle)
    assert (bundle.done, len(bundle.parts)) == (2, 1)


def test_nothing_left_is_said(app: Flask, browse: Browse, drawn: list[int]) -> None:
    factory = factories.factory()
    [certificate] = bundles.certified(factory, "Sok Dara")
    account = accounts.account(Role.FOCAL_POINT, factory=factory)
    bundle = bundles.ordered(account, kind=BundleKind.PRINT)
    certificates_verbs.revoke(certificate.completion_id, "test")
    jobs.pack(bundle.id).write()
    db.session.commit()
    assert db.session.get_one(CertificateBundle, bundle.id).failed is Failure.NOTHING
    assert "Nothing is left to print" in browse.as_account(account).get(f"/certificates/bundles/{bundle.id}").text
