"""Three phones without network, two processes of the product, and all that can happen between them (TRAPS X24, X27).

Each schedule is a random one of requests that are lost, answered to nobody, sent twice at once, sent late and in another
order, and of processes that die at a named point or at any moment. In the end every record must be there once, and the
state must be that of a run on which nothing ever went wrong.
"""

import http.client
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random
from typing import Any, Self

import pytest
import sqlalchemy as sa

from app.attendance.kit.letters import letters
from app.attendance.kit.models import KitReceipt
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rules import Mark
from app.platform.db import db, transaction
from tests.attendance.kit.phone import Phone, Written
from tests.browse import OWN_SITE
from tests.conftest import Databases
from tests.faults.kit_days import REVISION, Day, Field, disagreements, expected, states
from tests.faults.nodes import Answer, Node
from tests.faults.processes import Product

pytestmark = pytest.mark.slow

IS_LONG = bool(os.environ.get("SEAMWISE_LONG"))
SHARES, SCHEDULES, AT_ONCE = (range(6, 10), 2_500, 50) if IS_LONG else ([6], 20, 10)
"""Four shares of the ten thousand schedules of the long run, which processes take side by side."""
POINTS = ("kit.receipted", "attendance.marked", "kit.delivered", "web.before_commit", "web.after_commit")
LAST = b"\0", b"\1"
"""The last byte of an id: twins have all the others in common, so that ids rank alike."""


@dataclass
class Sent:
    """A record on a phone, and the receipt that came through, if one did."""

    phone: int
    written: Written
    parts: list[Any]
    receipt: list[Any] | None = None


@dataclass
class Run:
    """One schedule: what the phones took down, and the bodies that are still under way."""

    chance: Random
    nodes: Sequence[Node]
    phones: Sequence[Phone]
    sent: list[Sent]
    late: list[tuple[dict[str, Any], list[Sent]]] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)

    def deliver(self) -> None:
        """Until the phones have every receipt, and everything that was late has come in."""
        for _ in range(self.chance.randrange(3, 7)):
            self.happen()
        while waiting := [each for each in self.sent if each.receipt is None]:
            self.send(waiting[0].phone, [each for each in waiting if each.phone == waiting[0].phone][:3])
        for body, records in self.late:
            self.ask(self.chance.randrange(2), body, records)

    def happen(self) -> None:
        phone = self.chance.randrange(len(self.phones))
        own = [each for each in self.sent if each.phone == phone]
        some = self.chance.sample(own, self.chance.randint(1, len(own)))
        fault = self.chance.choices(
            ("none", "lost", "unheard", "twice", "late", "point", "kill", "both"), (4, 2, 4, 3, 3, 2, 1, 2)
        )[0]  # fmt: skip
        self.told[fault] += 1
        self.send(phone, some, fault)

    def send(self, phone: int, records: list[Sent], fault: str = "none") -> None:
        body, node = self.phones[phone].body([each.written for each in records]), self.chance.randrange(2)
        if fault == "lost":
            return
        if fault == "late":
            self.late.append((body, records))
        elif fault == "both":
            other = (phone + 1) % len(self.phones)
            theirs = [each for each in self.sent if each.phone == other]
            self.at_once([(body, records), (self.phones[other].body([each.written for each in theirs]), theirs)])
        elif fault == "twice":
            self.at_once([(body, records), (body, records)])
        elif fault == "point":
            self.ask(node, body, records, stop_at=self.chance.choice(POINTS))
        elif fault == "kill":
            self.ask(node, body, records, kill_after=self.chance.uniform(0, 0.02))
        else:
            self.ask(node, body, records if fault == "none" else [])

    def at_once(self, bodies: Sequence[tuple[dict[str, Any], list[Sent]]]) -> None:
        for node, (body, _) in zip(self.nodes, bodies, strict=True):
            node.ask("/kit/records", body)
        for node, (_, records) in zip(self.nodes, bodies, strict=True):
            self.hear(node.answer(), records)

    def ask(self, node: int, body: dict[str, Any], records: list[Sent], **faults: Any) -> None:
        self.nodes[node].ask("/kit/records", body, **faults)
        self.hear(self.nodes[node].answer(), records)

    def hear(self, answer: Answer, records: list[Sent]) -> None:
        """A phone lets go of a record only for a receipt with its id and its digest."""
        self.told["killed"] += answer.killed
        if answer.killed or answer.status == 503:  # busy: the phone sends it again
            return
        assert answer.status == 200, answer
        [box] = answer.json["boxes"]
        for each, receipt in zip(records, box["receipts"], strict=bool(records)):
            assert receipt[:3] == [each.written.number, each.written.record_id, each.written.digest]
            assert each.receipt in (None, receipt), "the same receipt for ever"
            each.receipt = receipt


def _records(chance: Random, field: Field, day: Day, twin: Day) -> tuple[list[Sent], list[Sent]]:
    """What three phones take down, and the same on their twins."""
    found: tuple[list[Sent], list[Sent]] = ([], [])
    for phone in range(3):
        for counter in chance.sample(range(1, 100), chance.randint(2, 3)):
            kind = chance.choices("mgx", (8, 1, 1))[0]
            own, guest = chance.randbytes(15), chance.randbytes(15)
            said: list[Any] = [chance.choice(field.people), chance.choice("pltae"), counter, _clock(chance)]
            for place, (phones, there) in enumerate(((field.phones, day), (field.twins, twin))):
                parts = ["m", letters(own + LAST[place]), there.meeting, REVISION, *said]
                if kind == "g":
                    parts[0], parts[4:5] = "g", [letters(guest + LAST[place])]
                    parts += [None, {"name": "Sok"}]
                elif kind == "x":
                    parts[3] = "??????"  # of a sheet that nobody downloaded
                found[place].append(Sent(phone, phones[phone].write(parts), parts))
    return found


def _clock(chance: Random) -> int | None:
    """Wrong by up to 400 days, or by everything."""
    return chance.choice((None, int(time.time()) + chance.randrange(-400, 400) * 86_400))


@pytest.fixture
def nodes(product: Product) -> Iterator[list[Node]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Node(product)) for _ in range(2)]


@pytest.mark.parametrize("share", SHARES)
def test_whatever_happens_on_the_way_the_end_is_that_of_a_clean_run(product: Product, nodes: list[Node], share: int) -> None:
    """Ten thousand schedules in the long run. All are compared with what the rules say, every tenth with a run of its
    own on which nothing went wrong.
    """
    field, chance, told = Field(product.app), Random(share), Counter[str]()
    [first], began = field.lay(1), time.monotonic()
    _known(field.phones, first)
    for node in nodes:
        node.warm("/kit/records", field.phones[0].body([field.phones[0].mark(first.meeting, field.people[0])]))
    assert [node.answer().status for node in nodes] == [200, 200]
    for _ in range(SCHEDULES // AT_ONCE):
        days, twins, all_sent = field.lay(AT_ONCE), field.lay(AT_ONCE // 10), []
        for number, day in enumerate(days):
            for phone in [*field.phones, *field.twins]:
                phone.begin()
            twin = twins[number // 10]
            sent, clean = _records(chance, field, day, twin)
            run = Run(chance, nodes, field.phones, sent)
            run.deliver()
            told += run.told
            all_sent.append(sent)
            if number % 10 == 0:
                _cleanly(nodes[0], field, clean)
        _assert_equal(product, field, days, twins, all_sent)
        told["records"] += sum(map(len, all_sent))
        told["schedules"] += len(days)
        print(f"share {share}: {time.monotonic() - began:.0f} s, 0 lost, 0 doubled: {dict(told)}", flush=True)


def _cleanly(node: Node, field: Field, clean: list[Sent]) -> None:
    for phone in range(3):
        own = [each for each in clean if each.phone == phone]
        Run(Random(0), [node], field.twins, clean).ask(0, field.twins[phone].body([each.written for each in own]), own)


def _assert_equal(product: Product, field: Field, days: list[Day], twins: list[Day], all_sent: list[list[Sent]]) -> None:
    with product.app.app_context():
        ended = states(days)
        for state, sent in zip(ended, all_sent, strict=True):
            assert state == expected([(str(each.phone), each.parts) for each in sent], field.people)
            assert max(map(len, state["receipts"].values())) == 1, "0 doubled"
            assert len(state["receipts"]) == len(sent), "0 lost"
        assert ended[::10] == states(twins)
        assert disagreements(days, field.people) == []


class Mutant:
    """Two processes without one of the guards, and a database without it."""

    def __init__(self, product: Product, mutation: str) -> None:
        self.product = product
        if mutation == "unique":
            with product.app.app_context(), transaction():
                for table, name in (("mark_entry", "mark_id"), ("kit_receipt", "record_id_claim")):
                    db.session.execute(sa.text(f"ALTER TABLE {table} DROP CONSTRAINT uq_{table}_{name}"))
        self.stack = ExitStack()
        self.nodes = [self.stack.enter_context(Node(product, mutation)) for _ in range(2)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()


def _race(product: Product, field: Field, nodes: Sequence[Node], tries: int = 12) -> None:
    """Equal bodies at the same moment, and two phones that say different things of one person. Raises AssertionError."""
    for day in field.lay(tries):
        for phone in field.phones:
            phone.begin()
        one, other = field.phones[:2]
        _known([one, other], day)
        same = one.body([one.mark(day.meeting, person) for person in field.people[:2]])
        heard, other_heard = _both(nodes, same, same)
        assert heard == other_heard, "equal receipts"
        marks = [phone.body([phone.mark(day.meeting, field.people[2], mark)]) for phone, mark in ((one, Mark.LATE), (other, Mark.ABSENT))]
        _both(nodes, *marks)
        with product.app.app_context():
            [state] = states([day])
            assert len(state["entries"]) == 4, "doubled"
            assert [len(kept) for kept in state["receipts"].values()] == [1] * 4, "two receipts of one record"
            assert disagreements([day], field.people) == []
            assert state["counts"][field.people[2]][2], "two who differ are disputed"


def _both(nodes: Sequence[Node], *bodies: Any) -> list[Any]:
    for node, body in zip(nodes, bodies, strict=True):
        node.ask("/kit/records", body)
    answers = [node.answer() for node in nodes]
    assert [answer.status for answer in answers] == [200, 200], answers
    return [answer.json["boxes"] for answer in answers]


def _known(phones: Sequence[Phone], day: Day) -> None:
    for phone in phones:
        phone.sheets = {day.meeting: {"revision": REVISION}}


@pytest.mark.parametrize("mutation", ["unique", "lock"])
@pytest.mark.every_run
def test_without_a_guard_the_race_is_lost(product: Product, databases: Databases, mutation: str) -> None:
    """The unique constraints, the lock on people: without one of them a run fails, at least 99 times of 100. SQLite lets
    one process write at a time, so that neither is missed there.
    """
    if databases.engine != "postgresql":
        pytest.skip("one writer at a time needs no guard")
    runs, field = 100 if IS_LONG else 3, Field(product.app)
    with Mutant(product, mutation) as mutant:
        failed = sum(_fails(product, field, mutant.nodes) for _ in range(runs))
    print(f"without {mutation}: {failed} of {runs} runs failed")
    assert failed >= runs * 0.99


def _fails(product: Product, field: Field, nodes: Sequence[Node]) -> bool:
    try:
        _race(product, field, nodes)
    except AssertionError:
        return True
    return False


@pytest.mark.every_run
def test_with_both_guards_the_race_is_never_lost(product: Product, nodes: list[Node]) -> None:
    field = Field(product.app)
    for _ in range(100 if IS_LONG else 2):
        _race(product, field, nodes)


POSTERS = 64


@pytest.mark.every_run
def test_64_equal_posts_at_once_are_one_row_and_64_equal_receipts(product: Product) -> None:
    """Through two real servers, as a phone with a bad line may send them."""
    field = Field(product.app)
    [day] = field.lay(1)
    phone = field.phones[0]
    _known([phone], day)
    body = json.dumps(phone.body([phone.mark(day.meeting, field.people[0])]))
    with product.serving() as one, product.serving() as other, ThreadPoolExecutor(POSTERS) as pool:
        sent = [pool.submit(_post, (one, other)[turn % 2].port, body) for turn in range(POSTERS)]
        answers = [each.result() for each in sent]
    assert [status for status, _ in answers] == [200] * POSTERS
    receipts = {json.dumps(json.loads(text)["boxes"]) for _, text in answers}
    assert len(receipts) == 1
    with product.app.app_context():
        assert db.session.query(MarkEntry).count() == db.session.query(KitReceipt).count() == 1
        assert db.session.query(CurrentMark).count() == 1


def _post(port: int, body: str) -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("POST", "/kit/records", body, {**OWN_SITE, "Content-Type": "application/json"})
        reply = line.getresponse()
        return reply.status, reply.read().decode()
    finally:
        line.close()
