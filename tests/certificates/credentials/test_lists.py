"""Places in the lists, and lists that follow what happens."""

import json
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from openvc.status.bitstring import decode_bitstring, get_status_bit

from app.access.actor import SYSTEM
from app.certificates import operations as certificates_verbs
from app.certificates.credentials import jobs, operations, queries, rules
from app.certificates.credentials.models import CredentialStatus, StatusList
from app.certificates.credentials.rules import Purpose
from app.certificates.models import Certificate
from app.certificates.rules import Reason
from app.certificates.signing import keys as sets
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.jobs import Done, Later
from app.platform.jobs.cli import worker_of
from app.platform.jobs.models import Job
from tests.make import certificates
from tests.make.keys import Site
from tests.make.statements import counted


def _list() -> StatusList:
    row = queries.status_list(1)
    assert row is not None
    db.session.refresh(row)
    return row


def _bits(certificate: Certificate) -> tuple[bool, bool]:
    """Whether the signed lists call it revoked, and suspended."""
    row, position = _list(), queries.place_of(certificate.id).position
    stored = [json.loads(text or "")["embedded"] for text in (row.revocation, row.suspension)]
    lists = [decode_bitstring(one["credentialSubject"]["encodedList"]) for one in stored]
    return bool(get_status_bit(lists[0], position)), bool(get_status_bit(lists[1], position))


def _sign() -> None:
    """The jobs that are enqueued, as the worker does them."""
    waiting = sa.select(Job).where(Job.kind == "credentials.sign_list", Job.done_at.is_(None)).order_by(Job.id)
    while job := db.session.scalar(waiting.limit(1)):
        jobs.sign_list(**job.payload).write()
        job.done_at = now()
        db.session.flush()


def test_each_certificate_has_a_place_from_the_start(app: Flask) -> None:
    places = [queries.place_of(certificates.certificate().id) for _ in range(3)]
    assert len({place.position for place in places}) == 3
    assert {place.number for place in places} == {1}
    assert max(place.position for place in places) < rules.ENTRIES


def test_a_place_is_drawn_once(app: Flask) -> None:
    certificate = certificates.certificate()
    before = queries.place_of(certificate.id)
    operations.place(certificate.id)
    assert queries.place_of(certificate.id) == before


def test_a_taken_place_is_not_given_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([5, 5, 5, 6])
    monkeypatch.setattr(operations.secrets, "randbelow", lambda most: next(drawn))
    first, second = certificates.certificate(), certificates.certificate()
    assert [queries.place_of(row.id).position for row in (first, second)] == [5, 6]


def test_a_full_list_is_followed_by_the_next(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = cycle([0, 1])
    monkeypatch.setattr(operations.secrets, "randbelow", lambda most: next(drawn))
    places = [queries.place_of(certificates.certificate().id).number for _ in range(5)]
    assert places == [1, 1, 2, 2, 3]
    assert db.session.query(StatusList).count() == 3


def test_no_place_is_counted_to_find_one(app: Flask) -> None:
    certificates.certificate()
    place = sa.delete(CredentialStatus).returning(CredentialStatus.certificate_id)
    certificate_id = db.session.scalars(place).one()
    with counted() as statements:
        operations.place(certificate_id)
    assert [each for each in statements if "count(" in each.lower()] == []
    assert len(statements) <= 5


def test_lists_follow_what_happens(app: Flask, site: Site) -> None:
    one, other = certificates.certificate(), certificates.certificate()
    _sign()
    assert (_bits(one), _bits(other)) == ((False, False), (False, False))
    certificates_verbs.revoke(one.completion_id, Reason.CORRECTED)
    assert _list().signed_changes < _list().changes
    _sign()
    assert (_bits(one), _bits(other)) == ((True, False), (False, False))


def test_lists_follow_reviews_and_what_is_issued_anew(app: Flask, site: Site) -> None:
    one, other = certificates.certificate(), certificates.certificate()
    certificates_verbs.suspend(SYSTEM, one.id, Reason.CHECKED)
    _sign()
    assert (_bits(one), _bits(other)) == ((False, True), (False, False))
    certificates_verbs.reinstate(SYSTEM, one.id)
    _sign()
    assert _bits(one) == (False, False)
    newer = certificates_verbs.reissue(SYSTEM, one.id, Reason.NAME)
    _sign()
    assert (_bits(one), _bits(newer), _bits(other)) == ((True, False), (False, False), (False, False))


def test_many_changes_are_signed_once(app: Flask, site: Site) -> None:
    rows = [certificates.certificate() for _ in range(4)]
    _sign()
    for row in rows:
        certificates_verbs.revoke(row.completion_id, Reason.CORRECTED)
    waiting = db.session.query(Job).filter(Job.kind == "credentials.sign_list", Job.done_at.is_(None)).count()
    assert waiting == 1
    _sign()
    assert all(_bits(row) == (True, False) for row in rows)


def test_a_change_while_the_list_is_being_signed_is_not_lost(app: Flask, site: Site) -> None:
    one, other = certificates.certificate(), certificates.certificate()
    _sign()
    certificates_verbs.revoke(one.completion_id, Reason.CORRECTED)
    outcome = jobs.sign_list(1)
    certificates_verbs.revoke(other.completion_id, Reason.CORRECTED)
    outcome.write()
    _sign()
    assert _bits(other) == (True, False)
    assert _list().signed_changes == _list().changes


def test_an_older_list_never_takes_the_place_of_a_newer(app: Flask, site: Site) -> None:
    certificate = certificates.certificate()
    slow = jobs.sign_list(1)
    certificates_verbs.revoke(certificate.completion_id, Reason.CORRECTED)
    jobs.sign_list(1).write()
    slow.write()
    assert _bits(certificate) == (True, False)


def test_a_bit_stays_after_names_and_files_are_gone(app: Flask, site: Site) -> None:
    certificate = certificates.certificate()
    certificates_verbs.revoke(certificate.completion_id, Reason.CORRECTED)
    certificate.face, certificate.file_key, certificate.credential_key = {**certificate.face, "latin_name": "-"}, "", ""
    _sign()
    assert _bits(certificate) == (True, False)


def test_lists_are_renewed_before_they_are_too_old(app: Flask, site: Site) -> None:
    certificates.certificate()
    _sign()
    signed = _list().signed_at
    jobs.sign_list(1).write()
    assert _list().signed_at == signed
    assert signed is not None
    with telling(signed + rules.LISTS_ARE_RENEWED + timedelta(seconds=1)):
        jobs.find_due().write()
        _sign()
    assert _list().signed_at != signed


def test_without_keys_nothing_is_signed_and_nothing_fails(app: Flask) -> None:
    certificates.certificate()
    assert jobs.sign_list(1) == Done()
    assert _list().revocation is None


def test_keys_that_cannot_be_read_are_waited_for(app: Flask, site: Site) -> None:
    certificates.certificate()
    (site.folder / "first" / "credential.key").write_text("not a key")
    outcome = jobs.sign_list(1)
    assert isinstance(outcome, Later)
    assert "credential.key" in outcome.reason


def test_keys_of_before_are_taken_up(app: Flask, own_keys: Path) -> None:
    sets.create(own_keys, "older", "Org", "http://localhost/crl", now())
    certificate = certificates.certificate()
    waits = jobs.sign_list(1)
    assert isinstance(waits, Later)
    waits.write()
    _sign()
    assert _list().key_name == "older"
    assert _bits(certificate) == (False, False)


def test_the_worker_does_it_by_itself(app: Flask, site: Site) -> None:
    certificate = certificates.certificate()
    db.session.query(Job).filter_by(kind="certificates.draw").delete()
    certificates_verbs.revoke(certificate.completion_id, Reason.CORRECTED)
    db.session.commit()
    worker_of(app).run_until_idle()
    assert _bits(certificate) == (True, False)


def test_places_are_in_nobody_s_order(app: Flask) -> None:
    """Neither of two lists of places is sorted: they are drawn, not counted."""
    for _ in range(8):
        certificates.certificate()
    places: Any = db.session.scalars(sa.select(CredentialStatus.position).order_by(CredentialStatus.id)).all()
    assert list(places) != sorted(places)
    assert Purpose.REVOCATION in Purpose


