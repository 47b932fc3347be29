"""Libraries of others accept what we sign, and refuse what was changed, revoked or suspended."""

import copy
import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.certificates import operations
from app.certificates.credentials import document, jobs, making, queries, reading
from app.certificates.credentials.reading import Signed
from app.certificates.credentials.rules import Purpose, list_address
from app.certificates.models import Certificate
from app.certificates.rules import Reason
from app.certificates.signing import rows
from app.platform.clock import now, telling
from app.platform.db import db
from tests.make import certificates
from tests.make.keys import ADDRESS, Site
from tests.peers import credentials as judges

pytestmark = pytest.mark.slow
Json = dict[str, Any]


def _lists() -> dict[str, Signed]:
    """Both lists of the first number, signed now as the worker does."""
    jobs.sign_list(1).write()
    row = queries.status_list(1)
    assert row is not None
    return {
        list_address(ADDRESS, 1, Purpose.REVOCATION): reading.read(row.revocation or ""),
        list_address(ADDRESS, 1, Purpose.SUSPENSION): reading.read(row.suspension or ""),
    }


def _embedded(lists: dict[str, Signed]) -> dict[str, Json]:
    return {address: signed.embedded for address, signed in lists.items()}


def _tokens(lists: dict[str, Signed]) -> dict[str, str]:
    return {address: signed.token for address, signed in lists.items()}


def _signed(certificate: Certificate, site: Site, keys: str = "first") -> Signed:
    return reading.read(making.credential(certificate, site.keys(keys)))


def _tampered(signed: Signed) -> Signed:
    """Another name, and a token whose body says so."""
    changed = copy.deepcopy(signed.embedded)
    changed["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"
    head, body, tail = signed.token.split(".")
    return Signed(f"{head}.{body[:-6]}{'A' if body[-6] != 'A' else 'B'}{body[-5:]}.{tail}", changed)


def test_two_judges_accept_what_holds_and_refuse_the_rest(app: Flask, site: Site) -> None:
    at = now() - timedelta(days=2)
    with telling(at):
        good, revoked, suspended, khmer = (certificates.certificate(at=at) for _ in range(4))
    khmer.face = {**khmer.face, "local_name": "សុខ ស្រីនាង", "themes": ["ការទំនាក់ទំនង"]}
    db.session.flush()
    operations.revoke(revoked.completion_id, Reason.CORRECTED)
    suspended.suspended_at = now()
    old = {name: _signed(row, site) for name, row in [("good", good), ("revoked", revoked), ("suspended", suspended), ("khmer", khmer)]}
    site.rotate("second")
    newer = _signed(certificates.certificate(at=at), site, "second")
    lists = _lists()
    by, keys = making.organisation(), reading.public_keys(rows.all_keys())
    controller, key_set = document.controller(by, keys), document.key_set(by, keys)
    forged = document.controller(by, [keys[0]])  # without the older key
    forged["verificationMethod"][0]["id"] = old["good"].embedded["proof"]["verificationMethod"]

    moment = now().isoformat()
    expected: list[tuple[str, Signed, bool]] = [
        ("good", old["good"], True), ("khmer", old["khmer"], True), ("after rotation", newer, True),
        ("tampered", _tampered(old["good"]), False), ("revoked", old["revoked"], False),
        ("suspended", old["suspended"], False),
    ]  # fmt: skip
    embedded = [{"document": signed.embedded, "lists": _embedded(lists), "now": moment} for _, signed, _ in expected]
    others = [
        {**embedded[0], "controllers": {by.address: forged}},
        {**embedded[0], "controllers": {}},
        {**embedded[0], "lists": {}},
        {**embedded[0], "now": (now() + timedelta(days=8)).isoformat()},
        {**embedded[0], "now": (now() + timedelta(days=4000)).isoformat()},
        *({"document": one, "now": moment} for one in _embedded(lists).values()),
        {"document": _other_list(_embedded(lists)), "now": moment},
    ]
    tokens = [{"document": signed.token, "now": moment} for _, signed, _ in expected]
    verdicts = judges.in_node([*embedded, *others, *tokens], {by.address: controller}, key_set["jwks"], by.address)

    answers = [verdict["verified"] for verdict in verdicts]
    assert answers[:6] == [good_one for *_, good_one in expected], verdicts[:6]
    # A key that is not ours under an old name, no key at all, no list, a list that is too old, an expired credential;
    # then the two lists themselves, and one with a bit taken out.
    assert answers[6:14] == [False, False, False, False, False, True, True, False], verdicts[6:14]
    assert "set: revocation" in verdicts[4]["why"], verdicts[4]
    assert "set: suspension" in verdicts[5]["why"], verdicts[5]
    # A token alone knows nothing of lists.
    assert answers[14:] == [True, True, True, False, True, True], verdicts[14:]

    for name, signed, holds in expected:
        against = judges.embedded_in_python(signed.embedded, key_set, _embedded(lists))
        assert (against == "") is holds, (name, against)
        against = judges.token_in_python(signed.token, key_set, _tokens(lists))
        assert (against == "") is holds, (name, against)
    assert judges.embedded_in_python(old["good"].embedded, document.key_set(by, keys[:1]), _embedded(lists)) != ""


def _other_list(lists: dict[str, Json]) -> Json:
    """The list of what is revoked, made to say that nothing is."""
    address = list_address(ADDRESS, 1, Purpose.REVOCATION)
    revocation = copy.deepcopy(lists[address])
    empty = document.status_list(making.organisation(), 1, Purpose.REVOCATION, [], now())
    revocation["credentialSubject"]["encodedList"] = empty["credentialSubject"]["encodedList"]
    assert revocation != lists[address]
    return revocation


def test_the_proof_covers_every_word(app: Flask, site: Site) -> None:
    certificate = certificates.certificate()
    signed = _signed(certificate, site)
    assert json.loads(making.credential(certificate, site.keys()))["jwt"] == signed.token
    assert making.credential(certificate, site.keys()) == making.credential(certificate, site.keys())
    assert signed.embedded["proof"]["verificationMethod"].startswith(f"{ADDRESS}/issuer#z6Mk")
