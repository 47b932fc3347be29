"""Random programmes that move to an installation where every number is another one: equal figures, equal counts, once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.attendance.rules import Mark
from app.backup import importing, numbers, programmes
from app.backup.rules import NotValid
from app.boot import create_app
from app.certificates import operations as certificates
from app.factories.rules import JobRole, Sex
from app.platform.db import db, transaction
from app.reports.periods import operations
from tests.backup.test_drill import contents
from tests.backup.test_indicators import NEXT, told, without_numbers
from tests.conftest import Databases, settings_for
from tests.counts import sampled
from tests.make import accounts, attendance, courses, factories
from tests.make.reports import QUARTER, Counted

pytestmark = pytest.mark.slow
SEEDS = sampled(range(40), "random worlds", 1)


def world(dice: Random) -> None:
    """The countable programme, more of everything, and perhaps frozen periods. People of another programme are there only
    after the quarter: they stay behind, and what is counted anew is counted without them.
    """
    made = Counted()
    other = factories.factory("LK-OTHER", programme_id=factories.programme("LK").id)
    own = [made.lotus, made.river, *(factories.factory() for _ in range(dice.randrange(3)))]
    people = [(factories.person(place, dice.choice(list(JobRole)), sex=dice.choice(list(Sex))), place)
              for place in dice.choices([*own, other], k=dice.randrange(4, 12))]
    for number in range(dice.randrange(1, 4)):
        version = dice.choice([made.skills, made.seminar, courses.version()])
        half_days = dice.randrange(1, 3)
        first = datetime(2026, 1, 5, 2, tzinfo=UTC) + timedelta(days=dice.randrange(80) + (100 if number == 0 else 0))
        training = made.session(f"X{number}", version, first, half_days)
        for person, place in dice.sample(people, k=dice.randrange(len(people))):
            if number and place is other:
                continue
            made.attend(training, person, place, *dice.choices(list(Mark), k=half_days))
            if dice.random() < 0.5 and place is not other:
                done = made.complete(person, version, place, first, training_id=training.id)
                certificates.issue(done.id)
    if dice.random() < 0.7:
        for span in (QUARTER, NEXT):
            operations.freeze(SYSTEM, operations.open_period(SYSTEM, "KH", f"From {span.first}", span).id)


def shift(dice: Random) -> None:
    """What is here already: another number of rows of each kind."""
    there = [factories.factory(f"BD-{number}", programme_id=factories.programme("BD").id) for number in range(dice.randrange(1, 4))]
    for _ in range(dice.randrange(9)):
        factories.person(dice.choice(there))
    for _ in range(dice.randrange(3)):
        version = courses.version(dice.choice(["", f"own-{dice.random()}"]))
        attendance.training(programme=factories.programme("BD"), version=version)
        accounts.account(Role.TRAINER)


@contextmanager
def empty(databases: Databases, engine: str, folder: Path) -> Iterator[Flask]:
    url = databases.fresh() if engine == databases.engine else Databases(engine, folder, databases.worker).fresh()
    app = create_app(settings_for(url, folder / "site"))
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


@pytest.mark.parametrize("across", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_programme_says_the_same_elsewhere_and_comes_once(
    own_app: Flask, databases: Databases, tmp_path: Path, seed: int, across: bool
) -> None:
    if across and databases.engine == "sqlite":
        pytest.skip("the other engine asks")
    dice = Random(seed)
    with own_app.app_context():
        with transaction():
            world(dice)
        before, led_to = told(), subjects()
        made = programmes.export("KH", tmp_path / "kh.zip")
        db.session.remove()
    (tmp_path / "there").mkdir()
    with empty(databases, "sqlite" if across else databases.engine, tmp_path / "there"):
        with transaction():
            shift(dice)
        rows = counts()
        taken = importing.take_in(tmp_path / "kh.zip")
        assert without_numbers(told()) == without_numbers(before)
        said = {each.table.name: each.content.count for each in made.manifest.tables if each.content.count}
        assert {name: taken.came.get(name, 0) + taken.met.get(name, 0) for name in said} == said
        new = {name: count - rows[name] for name, count in counts().items() if count - rows[name]}
        assert new == {**taken.came, "audit_entry": 1}
        assert subjects() == led_to
        there = contents()
        with pytest.raises(NotValid, match="taken in once"):
            importing.take_in(tmp_path / "kh.zip")
        assert contents() == there


def subjects() -> dict[str, int]:
    """How many facts of a kind lead to a thing of the programme, such as a cost: all of them."""
    found = {}
    with db.engine.connect() as connection:
        for kind, table in numbers.SUBJECTS.items():
            join = f'SELECT count(*) FROM reported_fact JOIN "{table}" ON "{table}".id = subject_id WHERE reported_fact.kind = :kind'
            found[kind.value] = connection.scalar(sa.text(join), {"kind": kind.value}) or 0
    return found


def counts() -> dict[str, int]:
    tables = contents()
    with db.engine.connect() as connection:
        return {name: connection.scalar(sa.text(f'SELECT count(*) FROM "{name}"')) or 0 for name in tables}
