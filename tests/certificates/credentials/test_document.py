"""What a credential says, and what it never says."""

import dataclasses
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.certificates.credentials import document, proofs
from app.certificates.credentials.document import Issued, Organisation
from app.certificates.credentials.rules import Place
from app.certificates.face import Facts
from app.platform.documents.scripts import clean
from tests.certificates.faces import FACES
from tests.make.keys import ADDRESS, Site

FACTS = Facts(
    attended=4, planned=4, score=0.8, hours=16, half_days=(date(2026, 11, 3), date(2026, 11, 11)), version="2.1",
    last_day=date(2028, 11, 11), zone="Asia/Phnom_Penh",
)  # fmt: skip
ISSUED = Issued(
    code="7K3MQ9TX4HFD82WAPN6RC5YEJ0", course="sst", since=datetime(2026, 11, 12, 3, tzinfo=UTC),
    until=datetime(2028, 11, 11, 17, tzinfo=UTC), place=Place(1, 94_567),
)  # fmt: skip
BY = Organisation(ADDRESS, "Meridian")
STRANGE = ["Ab" * 100, "e" + "\u0301" * 300, "\u202egnirts", "👩🏽‍🏭 Name", "\u0378", "Iвáн 明", '"}, {"id": "x', "<b>&amp;</b>"]


def _made(**changes: Any) -> dict[str, Any]:
    return document.credential(dataclasses.replace(FACES["km"], **changes), FACTS, ISSUED, BY)


def test_what_it_says() -> None:
    made = _made(role="ប្រធានក្រុម", themes=("ទំនាក់ទំនង", "ទំនាក់ទំនង"))
    subject = made["credentialSubject"]
    assert [one["identityHash"] for one in subject["identifier"]] == ["Sok Sreyneang", "សុខ ស្រីនាង"]
    assert {one["identityType"] for one in subject["identifier"]} == {"name"}
    assert (subject["licenseNumber"], subject["role"]) == (FACES["km"].number, "ប្រធានក្រុម")
    assert (subject["activityStartDate"], subject["activityEndDate"]) == ("2026-11-03", "2026-11-11")
    assert subject["achievement"]["tag"] == ["ទំនាក់ទំនង"]
    assert (made["validFrom"], made["validUntil"]) == ("2026-11-12T03:00:00Z", "2028-11-11T17:00:00Z")
    [evidence] = made["evidence"]
    for words in ("Attended 4 of 4 half-days", "80%", "16 hours", "version 2.1", "រោងចក្រ ផ្កាឈូក"):
        assert words in evidence["narrative"]
    assert [one["statusPurpose"] for one in made["credentialStatus"]] == ["revocation", "suspension"]
    assert {one["statusListIndex"] for one in made["credentialStatus"]} == {"94567"}
    assert "id" not in subject


def test_no_end_is_no_end() -> None:
    made = document.credential(FACES["en"], FACTS, dataclasses.replace(ISSUED, until=None), BY)
    assert "validUntil" not in made
    assert "exp" not in document.claims(made)


def test_every_name_in_it_is_printed() -> None:
    """The two names of the face are the only texts about the person that can get in: there is no other argument."""
    assert "identifier" not in json.dumps({**_made(), "credentialSubject": {}})
    for locale, face in FACES.items():
        made = document.credential(face, FACTS, ISSUED, BY)
        names = [one["identityHash"] for one in made["credentialSubject"]["identifier"]]
        assert set(names) <= {face.latin_name, face.local_name}, locale


@given(st.text(min_size=1), st.text())
def test_names_are_data(latin: str, local: str) -> None:
    made = _made(latin_name=latin, local_name=local)
    names = [one["identityHash"] for one in made["credentialSubject"]["identifier"]]
    assert names == [name for name in dict.fromkeys((clean(latin), clean(local))) if name]
    assert {**made, "credentialSubject": 0} == {**_made(), "credentialSubject": 0}
    claims = document.claims(made)
    assert {name: claims[name] for name in made} == made


@pytest.mark.any_engine
@pytest.mark.parametrize("name", STRANGE)
def test_strange_names_are_signed_as_they_are(site: Site, name: str) -> None:
    signed = json.loads(proofs.signed(_made(latin_name=name, local_name=""), site.keys(), ISSUED.since))
    assert signed["embedded"]["credentialSubject"]["identifier"][0]["identityHash"] == clean(name)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
@settings(max_examples=10, deadline=None)
def test_any_theme_is_covered_by_the_proof(theme: str) -> None:
    made = _made(themes=(theme,))
    assert made["credentialSubject"]["achievement"]["tag"] == [theme]


def test_contexts_are_those_that_are_at_hand(site: Site) -> None:
    """Whatever names another context is not signed, and nothing is asked of the network (it is blocked here)."""
    foreign = {**_made(), "@context": [document.VC, document.OPEN_BADGES, "https://example.org/other.json"]}
    with pytest.raises(Exception, match="not in the bundled allowlist"):
        proofs.signed(foreign, site.keys(), ISSUED.since)


def test_a_word_that_no_context_knows_is_not_signed(site: Site) -> None:
    with pytest.raises(Exception, match="does not cover"):
        proofs.signed({**_made(), "unknownWord": "x"}, site.keys(), ISSUED.since)
