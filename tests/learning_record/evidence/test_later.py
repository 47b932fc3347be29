"""Whatever happens later: of the same time and day it is the same bytes. Only erasing and retention change them."""

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_babel import force_locale
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.access.actor import SYSTEM
from app.factories.erasing import pseudonym
from app.factories.merging.operations import merge
from app.factories.merging.rows import person_data
from app.learning_record.evidence import keeping, making, queries, retention
from app.learning_record.evidence.models import EvidencePart, EvidencePerson, EvidenceQuarter
from app.learning_record.evidence.rules import PartKind
from app.platform import clock
from app.platform.db import db, in_own_transaction
from app.platform.refusal import Refused
from app.privacy.operations import pseudonymise
from tests.counts import IS_LONG
from tests.learning_record.evidence import later
from tests.make import evidence
from tests.make.evidence import PERIOD, Site

pytestmark = pytest.mark.slow
LATER_DAY = replace(PERIOD, at=PERIOD.at + timedelta(days=30))


@pytest.fixture
def lived(own_keys: Path) -> Site:
    return later.everything()


def _read(data: bytes) -> dict[str, bytes]:
    archive = evidence.opened(data)
    return {name: archive.read(name) for name in archive.namelist()}


def _different(one: bytes, other: bytes) -> list[str]:
    before, after = _read(one), _read(other)
    return [name for name in {**before, **after} if before.get(name) != after.get(name)]


@settings(
    max_examples=40 if IS_LONG else 1, deadline=None, database=None, derandomize=not IS_LONG,
    phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(order=st.permutations(later.DEEDS), share=st.floats(0.3 if IS_LONG else 1, 1), language=st.sampled_from(["en", "km", "ar"]))
@pytest.mark.usefixtures("own_keys")
def test_the_same_bytes_whatever_came_later(order: list[later.Deed], share: float, language: str) -> None:
    site = later.everything()
    first = evidence.made(site.factory)
    for deed in order[: round(len(order) * share)]:
        try:
            deed(site)
        except Refused:
            continue
        db.session.flush()
        db.session.expire_all()
    with force_locale(language):  # other words than those of then
        again = evidence.made(site.factory)
    assert _different(first, again) == []
    assert again == first


def test_a_late_attempt_changes_the_figures_of_no_pack(lived: Site) -> None:
    """Else one pack taken from the other would be the answers of one person."""
    first = _read(evidence.made(lived.factory))
    later.late_attempt(lived)
    year = replace(PERIOD, since=PERIOD.since - timedelta(days=100))
    for period in (LATER_DAY, year):
        assert _read(evidence.made(lived.factory, period))["tests.csv"] == first["tests.csv"]
    assert first["tests.csv"].count(b",7,") > 0
    db.session.query(EvidenceQuarter).delete()
    assert b",8," in _read(evidence.made(lived.factory, replace(year, at=LATER_DAY.at)))["tests.csv"]


def test_fewer_than_five_are_not_kept(site: Site) -> None:
    evidence.made(site.factory)
    assert db.session.query(EvidenceQuarter).count() == 0


def test_erasing_changes_a_pack(lived: Site) -> None:
    person = lived.people[0]
    words, code = [person.name, person.local_name or "-", "E0"], pseudonym(person.id)
    before = _read(evidence.made(lived.factory))
    certificate = f"certificates/{lived.certificate.number}.pdf"
    assert certificate in before
    pseudonymise(SYSTEM, person.id)
    data = evidence.made(lived.factory)
    after = _read(data)
    assert evidence.made(lived.factory) == data
    assert certificate not in after
    said = b"".join(content for name, content in after.items() if name.endswith(".csv"))
    assert words[0].encode() not in said
    assert words[1].encode() not in said
    assert code.encode() in after["registers/register.csv"]
    assert lived.certificate.number.encode() in after["certificates/index.csv"]
    assert b".pdf" not in after["certificates/index.csv"]
    assert b",No file: the data of its owner were erased.\r\n" in after["certificates/index.csv"]
    assert [json.loads(each["manifest.json"])["erased"] for each in (before, after)] == [0, 1]
    assert _lines(after["registers/marks.csv"]) == _lines(before["registers/marks.csv"])
    assert after["summary.pdf"] == before["summary.pdf"]


def test_retention_takes_a_file_and_in_the_end_all_that_was_kept(lived: Site) -> None:
    before, path = _read(evidence.made(lived.factory)), f"certificates/{lived.certificate.number}.pdf"
    later.ran_out(lived)
    data = evidence.made(lived.factory)
    after = _read(data)
    assert path in before
    assert path not in after
    assert b",No file: it is no longer kept.\r\n" in after["certificates/index.csv"]
    assert after["roster.csv"] == before["roster.csv"]
    assert evidence.made(lived.factory) == data
    programmes = [lived.factory.programme_id]
    assert db.session.scalars(retention.due(programmes)).all() == []
    with clock.telling(clock.now() + timedelta(days=61 * 31)):
        due = db.session.scalars(retention.due(programmes)).all()
        assert len(due) == 1
        retention.forget(due)
    assert keeping.kept(evidence.about(lived.factory)) is None
    assert db.session.query(EvidencePerson).filter(EvidencePerson.state_id.in_(due)).count() == 0


def test_who_is_erased_while_it_is_drawn_up_is_not_kept(lived: Site) -> None:
    person, about = lived.people[0], evidence.about(lived.factory)
    name = person.name.encode()
    made = making.made(about, queries.factory(about.factory_id), evidence.fonts(), lambda _done, _all: None)
    pseudonymise(SYSTEM, person.id)
    in_own_transaction(partial(keeping.keep, about, making.head(about), made))
    packed = _read(evidence.made(lived.factory))
    assert name not in b"".join(content for path, content in packed.items() if path.endswith(".csv"))
    assert pseudonym(person.id).encode() in packed["roster.csv"]
    assert f"certificates/{lived.certificate.number}.pdf" not in packed
    assert json.loads(packed["manifest.json"])["erased"] == 1


def _lines(data: bytes) -> int:
    return data.count(b"\r\n")


def test_whoever_was_joined_goes_with_whom_she_turned_out_to_be(lived: Site) -> None:
    winner, loser = lived.people[2], lived.people[1]
    name = loser.name
    first = evidence.made(lived.factory)
    made = merge(SYSTEM, winner.id, loser.id)
    assert evidence.made(lived.factory) == first
    assert [row["texts"] for row in person_data()["evidence"].export(winner.id)["evidence_person"] if name in row["texts"]]
    assert made.loser_id == loser.id
    pseudonymise(SYSTEM, winner.id)
    after = _read(evidence.made(lived.factory))
    assert name.encode() not in b"".join(content for path, content in after.items() if path.endswith(".csv"))
    assert json.loads(after["manifest.json"])["erased"] == 1


def test_no_list_that_is_kept_says_who_anybody_is(lived: Site) -> None:
    evidence.made(lived.factory)
    kept = keeping.kept(queries.about(lived.factory, PERIOD, "en"))
    assert kept is not None
    texts = [text for texts in db.session.scalars(sa.select(EvidencePerson.texts)) for text in texts]
    assert lived.people[0].name in texts
    for part in db.session.query(EvidencePart).filter(EvidencePart.kind != PartKind.PAGE):
        lines = json.dumps(list(keeping.lines(part.content)), ensure_ascii=False)
        assert [text for text in texts if text in lines] == []
