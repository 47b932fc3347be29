"""Three phones without network, two processes of the product, and all that can happen between them (TRAPS X24, X27).

Each schedule is a random one of requests that are lost, answered to nobody, sent twice at once, sent late and in another
order, and of processes that die at a named point or at any moment. In the end every record must be there once, and the
state must be that of a run on which nothing ever went wrong.
"""

import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from app.attendance.kit.letters import letters
from app.platform.db import db
from tests.attendance.kit.phone import Phone, Written
from tests.faults.kit_days import PEOPLE, REVISION, Day, Field, disagreements, states
from tests.faults.nodes import Answer, Node
from tests.faults.processes import Product

pytestmark = pytest.mark.slow

IS_LONG = bool(os.environ.get("SEAMWISE_LONG"))
SCHEDULES, AT_ONCE = (10_000, 50) if IS_LONG else (60, 30)
POINTS = ("kit.receipted", "attendance.marked", "kit.delivered", "web.before_commit", "web.after_commit")
LAST = b"\0", b"\1"
"""The last byte of an id: twins have all the others in common, so that ids rank alike."""


@dataclass
class Sent:
    """A record on a phone, and the receipt that came through, if one did."""

    phone: int
    written: Written
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
        for _ in range(self.chance.randrange(3, 9)):
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
        counters = chance.sample(range(1, 100), 4)
        for counter in sorted(counters[: chance.randint(2, 4)], key=lambda _: chance.random()):
            kind = chance.choices("mgx", (8, 1, 1))[0]
            own, who, guest, value = chance.randbytes(15), chance.choice(field.people), chance.randbytes(15), chance.choice("pltae")
            clock = chance.choice((None, int(time.time()) + chance.randrange(-400, 400) * 86_400))
            for place, (phones, there) in enumerate(((field.phones, day), (field.twins, twin))):
                whom: Any = letters(guest + LAST[place]) if kind == "g" else who
                extra = [None, {"name": "Sok"}] if kind == "g" else []
                parts = ["m" if kind == "x" else kind, letters(own + LAST[place]), there.meeting, REVISION, whom, value, counter, clock, *extra]
                if kind == "x":
                    parts[3] = "??????"  # of a sheet that nobody downloaded
                found[place].append(Sent(phone, phones[phone].write(parts)))
    return found


@pytest.fixture
def nodes(product: Product) -> Iterator[list[Node]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Node(product.environ())) for _ in range(2)]


def test_whatever_happens_on_the_way_the_end_is_that_of_a_clean_run(product: Product, nodes: list[Node]) -> None:
    """Ten thousand schedules in the long run."""
    field, chance, told = Field(product.app), Random(6), Counter[str]()
    began = time.monotonic()
    for _ in range(SCHEDULES // AT_ONCE):
        days, twins = field.lay(AT_ONCE), field.lay(AT_ONCE)
        records = 0
        for day, twin in zip(days, twins, strict=True):
            for phone in [*field.phones, *field.twins]:
                phone.begin()
            sent, clean = _records(chance, field, day, twin)
            run = Run(chance, nodes, field.phones, sent)
            run.deliver()
            told += run.told
            records += len(sent)
            for phone in range(3):
                own = [each for each in clean if each.phone == phone]
                Run(chance, nodes, field.twins, clean).ask(0, field.twins[phone].body([each.written for each in own]), own)
        _assert_equal(product, field, days, twins, records)
        told["records"] += records
    print(f"{SCHEDULES} schedules in {time.monotonic() - began:.0f} s, 0 lost, 0 doubled: {dict(told)}")  # noqa: T201


def _assert_equal(product: Product, field: Field, days: list[Day], twins: list[Day], records: int) -> None:
    with product.app.app_context():
        for state, clean in zip(states(days), states(twins), strict=True):
            assert state == clean
        receipts = [kept for state in states(days) for kept in state["receipts"].values()]
        assert (len(receipts), max(map(len, receipts))) == (records, 1), "0 lost, 0 doubled"
        assert disagreements(days, field.people) == []
        db.session.remove()
