"""Following changes without reading everything: nothing is lost, whatever changes when and whoever commits first."""

import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from app.access.roles import Role
from app.api.tokens.rules import TokenScope
from app.api.v1 import following
from app.api.v1.asked import BEGINNING
from app.api.v1.document import document
from app.api.v1.resources import RESOURCES
from app.api.v1.rules import Place, cursor_of, place_of
from app.completions.models import Completion
from app.factories.merging import operations as merging
from app.platform.clock import now
from app.platform.db import begin_writing, db
from tests.browse import Browse
from tests.conftest import Databases
from tests.counts import IS_LONG
from tests.make import accounts, certificates, completions, courses
from tests.make import factories as make
from tests.make.statements import counted
from tests.make.tokens import Token, token

BEGIN = datetime(2026, 11, 26, 8, tzinfo=UTC)
FOLLOWED = {each.name: each for each in RESOURCES if each.changed is not None}
Told = dict[str, Any]


@pytest.fixture
def key(app: Flask) -> Token:
    return token(accounts.account(Role.ADMINISTRATOR), *TokenScope)


class Follower:
    """Another system that keeps what it was told, and reads on from where it was."""

    def __init__(self, app: Flask, key: Token, path: str, since: str = BEGINNING, limit: int = 200) -> None:
        self.browse, self.header, self.path = Browse(app), key.header, path
        self.query: dict[str, Any] = {"updated_since": since, "limit": limit}
        self.known: dict[int, Told] = {}

    def turn(self) -> list[Told]:
        """One answer."""
        reply = self.browse.get(f"/api/v1/{self.path}?{urlencode(self.query)}", headers=self.header)
        assert reply.status == 200, reply.response.text
        answer = reply.response.get_json()
        if answer["next_cursor"]:
            self.query = {"limit": self.query["limit"], "cursor": answer["next_cursor"]}
        self.known.update({each["id"]: each for each in answer["items"]})
        self.has_more = answer["has_more"]
        return list(answer["items"])

    def all(self) -> list[Told]:
        """Everything that there is now."""
        found = self.turn()
        while self.has_more:
            found += self.turn()
        return found


@pytest.fixture
def at(app: Flask) -> Iterator[Callable[[float], None]]:
    """Sets the clock to so many minutes after the beginning. What was written before is written down first."""
    with time_machine.travel(BEGIN, tick=False) as clock:
        def go(minutes: float) -> None:
            db.session.flush()
            clock.move_to(BEGIN + timedelta(minutes=minutes))
        yield go


def ids(found: list[Told]) -> list[int]:
    return [each["id"] for each in found]


def test_cursors() -> None:
    moments = (None, datetime(1970, 1, 1, tzinfo=UTC), BEGIN, BEGIN.replace(microsecond=999_999), datetime(2200, 1, 1, tzinfo=UTC))
    for number in (0, 1, 31, 32, 33, 1023, 2**30 - 1):
        for moment in moments:
            assert place_of(cursor_of(Place(number, moment))) == Place(number, moment)
    assert place_of("uvvvvvvvvvvv.vvvvvv").changed_at  # every text of the form is one
    for text in ("", "c", "1", "cz", "C1", "c1111111", "c1\n", "c-1", "u1", "u.1", "u1.", "u1.1.1", "uvvvvvvvvvvvv.1", "c1.1"):
        with pytest.raises(ValueError, match=re.escape(text) or "^$"):
            place_of(text)


def test_completions_as_they_change(app: Flask, key: Token, at: Callable[[float], None]) -> None:
    """In the order of changes, what was withdrawn with its moment; nothing twice unless it changed once more."""
    factory, version = make.factory(), courses.version()
    first, second, third = (completions.completion(make.person(factory), version, factory) for _each in range(3))
    follower = Follower(app, key, "completions", limit=2)
    at(1)
    assert sorted(ids(follower.all())) == [first.id, second.id, third.id]
    assert follower.all() == []
    first.withdrawn_at = now()
    at(2)
    fourth = completions.completion(make.person(factory), version, factory)
    at(3)
    told = follower.all()
    assert [(each["id"], each["withdrawn_at"]) for each in told] == [(first.id, "2026-11-26T08:01:00Z"), (fourth.id, None)]
    first.withdrawn_at = None  # it counts again
    at(4)
    assert [(each["id"], each["withdrawn_at"], each["updated_at"]) for each in follower.all()] == [(first.id, None, "2026-11-26T08:03:00Z")]
    assert follower.all() == []


def test_what_changes_between_two_pages_is_told_once_more_and_nothing_is_left_out(app: Flask, key: Token, at: Callable[[float], None]) -> None:
    factory, version = make.factory(), courses.version()
    rows = []
    for minute in range(5):
        at(minute)
        rows.append(completions.completion(make.person(factory), version, factory))
    at(10)
    follower = Follower(app, key, "completions", limit=2)
    assert ids(follower.turn()) == [rows[0].id, rows[1].id]
    rows[0].valid_until = rows[3].valid_until = None  # one that was told, one that was not
    at(11)
    assert ids(follower.all()) == [rows[2].id, rows[4].id, rows[0].id, rows[3].id]


def test_moments_with_time_zones(app: Flask, key: Token, at: Callable[[float], None]) -> None:
    factory, version = make.factory(), courses.version()
    at(30)
    row = completions.completion(make.person(factory), version, factory)
    at(60)
    for moment, tells in (("2026-11-26T15:30:00+07:00", True), ("2026-11-26T15:30:00.000001+07:00", False), ("2026-11-26T08:30:00Z", True), ("2026-11-26T03:31:00-05:00", False)):
        assert ids(Follower(app, key, "completions", since=moment).all()) == [row.id] * tells
    for wrong in ("2026-11-26", "2026-11-26T08:30:00", "yesterday", "1764145800"):
        assert Browse(app).get(f"/api/v1/completions?updated_since={wrong}", headers=key.header).status == 400


def test_completions_of_one_person_go_over_to_the_other(app: Flask, key: Token, at: Callable[[float], None]) -> None:
    factory, version = make.factory(), courses.version()
    one, two = make.person(factory), make.person(factory)
    row = completions.completion(two, version, factory)
    follower = Follower(app, key, "completions")
    at(1)
    assert [each["person"] for each in follower.all()] == [two.id]
    merging.merge(accounts.actor(accounts.account(Role.ADMINISTRATOR)), one.id, two.id)
    at(2)
    assert [(each["id"], each["person"]) for each in follower.all()] == [(row.id, one.id)]


def test_certificates_of_which_the_end_is_told(app: Flask, key: Token, at: Callable[[float], None]) -> None:
    """Reinstated ones too, and one that was replaced before it had a file."""
    factory, version = make.factory(), courses.version()
    drawn = certificates.drawn(certificates.certificate(make.person(factory), factory, version))
    bare = certificates.certificate(make.person(factory), factory, version)
    follower = Follower(app, key, "certificates")
    at(1)
    assert {each["id"]: each["has_file"] for each in follower.all()} == {drawn.id: True, bare.id: False}
    drawn.suspended_at = bare.replaced_at = now()
    at(2)
    assert {each["id"]: each["state"] for each in follower.all()} == {drawn.id: "suspended", bare.id: "replaced"}
    drawn.suspended_at = None
    at(3)
    assert {each["id"]: each["state"] for each in follower.all()} == {drawn.id: "valid"}


def test_only_completions_and_certificates_are_followed(app: Flask, key: Token) -> None:
    """What is told within an entry of the others (employments, half-days, seats) has no order of its own."""
    assert set(FOLLOWED) == {"completions", "certificates"}
    for resource in RESOURCES:
        answers = [Browse(app).get(f"{resource.path}?{query}", headers=key.header).status for query in (f"updated_since={BEGINNING}", "cursor=u1.1")]
        assert answers == [200 if resource.name in FOLLOWED else 400] * 2, resource.name
        assert ("updated_at" in resource.item.model_fields) is (resource.name in FOLLOWED)


@pytest.mark.parametrize("asked", ["certificates?state=valid", "completions?person=1", "completions?withdrawn_since=2026-01-01T00:00:00Z"])
def test_what_an_entry_may_leave_is_not_asked_of_changes(app: Flask, key: Token, asked: str) -> None:
    """It would be valid for whoever asked for valid ones, for ever."""
    name = asked.partition("?")[2].partition("=")[0]
    for changes in (f"updated_since={BEGINNING}", "cursor=u1.1", f"cursor=c1&updated_since={BEGINNING}"):
        reply = Browse(app).get(f"/api/v1/{asked}&{changes}", headers=key.header)
        assert (reply.status, reply.response.mimetype) == (409, "application/problem+json")
        [fault] = reply.response.get_json()["errors"]
        assert fault == {"name": name, "detail": "Leave it out when you follow changes: you would not hear of what is so no more."}
    for usual in ("limit=1", "cursor=c1"):
        assert Browse(app).get(f"/api/v1/{asked}&{usual}", headers=key.header).status == 200
    path = f"/api/v1/{asked.partition('?')[0]}"
    [described] = [each for each in document()["paths"][path]["get"]["parameters"] if each["name"] == name]
    assert "Not together with `updated_since`" in described["description"]


def test_whoever_reads_the_page_begins_where_nothing_is_left_out(browse: Browse) -> None:
    """The clock of another machine is not the end of what was being written: no answer to begin with leaves that out."""
    page = browse.get("/api/v1").text
    assert set(re.findall(r"updated_since=([\dTZ:-]+)", page)) == {BEGINNING}
    assert "note the moment" not in page
    for path in (resource.path for resource in FOLLOWED.values()):
        [described] = [each for each in document()["paths"][path]["get"]["parameters"] if each["name"] == "updated_since"]
        assert BEGINNING in described["description"]


@pytest.mark.parametrize("name", FOLLOWED)
@pytest.mark.parametrize("query", [{"updated_since": BEGINNING}, {"cursor": cursor_of(Place(7, BEGIN))}], ids=["begin", "go-on"])
def test_a_page_of_changes_is_read_in_the_order_of_its_index(app: Flask, key: Token, name: str, query: Told) -> None:
    """Nothing is sorted, and nothing read that comes before: however many entries there are, a page costs a page."""
    resource, is_sqlite = FOLLOWED[name], db.engine.dialect.name == "sqlite"
    statement = resource.in_order(accounts.actor(accounts.account(Role.ADMINISTRATOR)), resource.asked(**query)).limit(101)
    asked = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
    if not is_sqlite:  # tables of a few rows are read whole otherwise
        db.session.execute(sa.text("SET LOCAL enable_seqscan = off"))
        db.session.execute(sa.text("SET LOCAL enable_sort = off"))
    plan = [row[-1] for row in db.session.connection().exec_driver_sql(f"EXPLAIN {'QUERY PLAN' if is_sqlite else ''} {asked}")]
    used = [step for step in plan if f"ix_{name.removesuffix('s')}_updated_at_id" in step]
    assert used, plan
    assert not any("ORDER BY" in step or "Sort" in step for step in plan), plan
    if "cursor" in query:
        assert any(("updated_at>?" if is_sqlite else "ROW(") in step for step in plan), plan


def test_what_was_written_a_moment_ago_waits(app: Flask, key: Token, at: Callable[[float], None]) -> None:
    """Clocks of two machines may be a little apart, and the list by itself tells of everything at once."""
    factory = make.factory()
    row = completions.completion(make.person(factory), courses.version(), factory)
    follower = Follower(app, key, "completions")
    at(0.05)
    assert follower.all() == []
    assert ids(Browse(app).get("/api/v1/completions", headers=key.header).response.get_json()["items"]) == [row.id]
    at(0.1)
    assert ids(follower.all()) == [row.id]


@pytest.mark.parametrize("name", FOLLOWED)
def test_a_cursor_keeps_its_order(app: Flask, key: Token, at: Callable[[float], None], name: str) -> None:
    """The one that a program kept from before goes on as before; and changes too take a fixed number of statements."""
    version = courses.version()
    for _each in range(3):
        factory = make.factory()
        certificates.drawn(certificates.certificate(make.person(factory), factory, version))
    at(1)
    browse = Browse(app)

    def get(query: str) -> Told:
        return dict(browse.get(f"/api/v1/{name}?{query}", headers=key.header).response.get_json())

    first = get("limit=1")
    assert ids(get(f"updated_since=2026-11-01T00:00:00Z&cursor={first['next_cursor']}")["items"]) == ids(get(f"cursor={first['next_cursor']}")["items"])
    with counted() as few:
        changed = get("updated_since=2026-11-01T00:00:00Z&limit=1")
    with counted() as many:
        get("updated_since=2026-11-01T00:00:00Z&limit=200")
    assert changed["next_cursor"].startswith("u")
    assert len(few) == len(many) < 22
    rest = get(f"cursor={changed['next_cursor']}")
    assert sorted(ids(changed["items"]) + ids(rest["items"])) == sorted(ids(get("limit=200")["items"]))


@pytest.mark.parametrize("seed", range(20 if IS_LONG else 2))
def test_no_change_is_lost_however_transactions_end(own_app: Flask, databases: Databases, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Writers that begin, write and end in any order, on real connections; and a follower who reads in between."""
    if databases.engine != "postgresql":
        pytest.skip("there is one writer at a time")
    monkeypatch.setattr(following, "MARGIN", timedelta(0))  # one machine has one clock
    with own_app.app_context():
        factory, version = make.factory(), courses.version()
        rows = [completions.completion(make.person(factory), version, factory).id for _each in range(6)]
        key = token(accounts.account(Role.ADMINISTRATOR), *TokenScope)
        db.session.commit()
        follower = Follower(own_app, key, "completions", limit=2)
        make_session = db.session.session_factory
    dice, open_, free = random.Random(seed), {}, list(rows)
    follower.all()
    for turn in range(80 if IS_LONG else 40):
        if free and (not open_ or dice.random() < 0.5):
            row = free.pop(dice.randrange(len(free)))
            open_[row] = _begin(own_app, make_session, row, turn)
        else:
            row = dice.choice(list(open_))
            session = open_.pop(row)
            session.rollback() if dice.random() < 0.2 else session.commit()
            session.close()
            free.append(row)
        if dice.random() < 0.7:
            follower.all()
    for session in open_.values():
        session.commit()
        session.close()
    follower.all()
    with own_app.app_context():
        assert {each: follower.known[each]["line"] for each in rows} == dict(db.session.execute(sa.select(Completion.id, Completion.line)).all())


def _begin(app: Flask, make_session: Callable[[], Session], row: int, turn: int) -> Session:
    with app.app_context():
        session = make_session()
        begin_writing(session)
        session.execute(sa.update(Completion).where(Completion.id == row).values(line=str(turn)))
    return session


def test_a_writer_that_is_slow_holds_back_what_came_after(own_app: Flask, databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told by the clock of the first write, it would be passed over: so it is told first, once it has ended."""
    if databases.engine != "postgresql":
        pytest.skip("there is one writer at a time")
    monkeypatch.setattr(following, "MARGIN", timedelta(0))
    with own_app.app_context():
        factory, version = make.factory(), courses.version()
        slow, quick = (completions.completion(make.person(factory), version, factory).id for _each in range(2))
        key = token(accounts.account(Role.ADMINISTRATOR), *TokenScope)
        db.session.commit()
        make_session = db.session.session_factory
    follower = Follower(own_app, key, "completions")
    assert sorted(ids(follower.all())) == [slow, quick]
    first, second = (_begin(own_app, make_session, row, 1) for row in (slow, quick))
    second.commit()
    assert follower.all() == []  # not even what has ended: it would be the later one
    first.commit()
    assert ids(follower.all()) == [slow, quick]
    for session in (first, second):
        session.close()


def test_who_begins_while_somebody_writes_hears_of_it(own_app: Flask, databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that is neither in the list nor later than the clock of whoever reads."""
    if databases.engine != "postgresql":
        pytest.skip("there is one writer at a time")
    monkeypatch.setattr(following, "MARGIN", timedelta(0))
    with own_app.app_context():
        factory, version = make.factory(), courses.version()
        rows = [completions.completion(make.person(factory), version, factory).id for _each in range(3)]
        key = token(accounts.account(Role.ADMINISTRATOR), *TokenScope)
        db.session.commit()
        make_session = db.session.session_factory
    first = _begin(own_app, make_session, rows[0], 1)
    clock = now().isoformat()
    followers = [Follower(own_app, key, "completions", limit=1), Follower(own_app, key, "completions", since=clock)]
    assert ids(followers[0].all()) == rows  # as it was before
    second = _begin(own_app, make_session, rows[1], 1)
    for session in (second, first):
        session.commit()
        session.close()
    assert ids(followers[0].all()) == rows[:2]
    assert ids(followers[1].all()) == [rows[1]]  # so the page does not say to begin by a clock
