"""A process of the product that is asked by pipe, can be killed at any moment, and is there again at once.

    with Node(product) as node:
        node.ask("/kit/records", body, stop_at="web.before_commit")
        assert node.answer().killed

The elder is a fork of the hatchery that has made the app, and forks whoever answers: a new one costs milliseconds. One line
of JSON a question: {"address", "body", "stop_at", "kill_after"}; one line an answer: {"status", "json"}, or {} of the dead.
"""

import json
import os
import select
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import app.attendance.kit.operations.delivering
import app.attendance.kit.operations.loading
import app.attendance.operations.log
import app.boot
from app.platform.db import db, transaction
from app.quizzes import operations

if TYPE_CHECKING:
    from tests.faults.processes import Product

UNGUARDED = {"mark_entry", "kit_receipt"}
ROOT = Path(__file__).resolve().parents[2]
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Answer:
    """What a process said before its end, if it said anything."""

    status: int | None
    json: Any

    @property
    def killed(self) -> bool:
        return self.status is None


class Node:
    """The other end of the pipe. `mutation` takes one of the guards away: "unique" or "lock"."""

    def __init__(self, product: "Product", mutation: str = "") -> None:
        self._hatchery, self._life = product.hatchery, ExitStack()
        folder = Path(self._life.enter_context(tempfile.TemporaryDirectory()))
        pipes = [folder / "orders", folder / "answers"]
        for pipe in pipes:
            os.mkfifo(pipe)
        self._pid = self._hatchery.found(product.environ(), mutation, pipes, log=folder / "log")
        self._orders = self._life.enter_context(pipes[0].open("w", encoding="utf-8"))
        self._answers = self._life.enter_context(pipes[1].open(encoding="utf-8"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._orders.close()
        rest = self._answers.read()  # until the elder has ended
        self._hatchery.end(self._pid)
        self._life.close()
        assert rest == ""

    def ask(self, address: str, body: Any, *, stop_at: str = "", kill_after: float | None = None) -> None:
        order = {"address": address, "body": body, "stop_at": stop_at, "kill_after": kill_after}
        print(json.dumps(order), file=self._orders, flush=True)

    def post(self, address: str, fields: Mapping[str, Any], cookie: str, *, stop_at: str = "", kill_after: float | None = None) -> None:
        """Send a form as the browser that holds the cookie."""
        order = {"address": address, "fields": fields, "cookie": cookie, "stop_at": stop_at, "kill_after": kill_after}
        print(json.dumps(order), file=self._orders, flush=True)

    def close_overdue(self, attempt_id: int, *, stop_at: str = "") -> None:
        """What the job does with an attempt whose time is over."""
        print(json.dumps({"close": attempt_id, "stop_at": stop_at, "kill_after": None}), file=self._orders, flush=True)

    def warm(self, address: str, body: Any) -> None:
        """Let the elder answer once: whoever is forked from then on has learned it. The answer is still to be heard."""
        print(json.dumps({"address": address, "body": body, "stop_at": "", "warm": True}), file=self._orders, flush=True)

    def answer(self) -> Answer:
        told = json.loads(self._answers.readline())
        return Answer(told.get("status"), told.get("json"))


class Child:
    """A forked process that answers until it dies."""

    def __init__(self, product: Any) -> None:
        own_in, self.into = os.pipe()
        self.out_of, own_out = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.into)
            os.close(self.out_of)
            _live(product, own_in, own_out)
        os.close(own_in)
        os.close(own_out)

    def ask(self, line: str, kill_after: float | None) -> str | None:
        """The answer, or None when the process died first."""
        os.write(self.into, line.encode())
        if kill_after is not None and not select.select([self.out_of], [], [], kill_after)[0]:
            os.kill(self.pid, signal.SIGKILL)
        said = b""
        while not said.endswith(b"\n"):
            part = os.read(self.out_of, 1 << 16)
            if not part:
                os.close(self.into)
                os.close(self.out_of)
                os.waitpid(self.pid, 0)
                return None
            said += part
        return said.decode()


def _live(product: Any, own_in: int, own_out: int) -> None:
    try:
        client = product.test_client()
        with os.fdopen(own_in, encoding="utf-8") as lines, os.fdopen(own_out, "w", encoding="utf-8") as answers:
            for line in lines:
                order = json.loads(line)
                os.environ["SEAMWISE_STOP_AT"] = order["stop_at"]
                print(_closed(product, order) if "close" in order else _reply(client, order), file=answers, flush=True)
    finally:
        os._exit(0)


def _reply(client: Any, order: Any) -> str:
    sent = {"data": order["fields"]} if "fields" in order else {"json": order["body"]}
    if "cookie" in order:
        client.set_cookie("seamwise", order["cookie"])
    reply = client.post(order["address"], headers=SAME_SITE, **sent)
    return json.dumps({"status": reply.status_code, "json": reply.get_json(silent=True)})


def _closed(product: Any, order: Any) -> str:
    with product.app_context(), transaction():
        operations.close_overdue(order["close"])
    return json.dumps({"status": 200, "json": None})


def _warm(product: Any, order: Any) -> str:
    said = _reply(product.test_client(), order)
    with product.app_context():
        db.session.remove()
        db.engine.dispose()  # no connection may be shared with a child
    return said


@contextmanager
def _mutated(mutation: str) -> Iterator[None]:
    """Take a guard away, as a careless change would."""
    delivering, log = app.attendance.kit.operations.delivering, app.attendance.operations.log
    loading = app.attendance.kit.operations.loading
    if mutation == "unique":  # look first, then write: nothing but the look keeps two from writing
        for module in (delivering, log):
            module.insert = _careless(module.insert)  # type: ignore[attr-defined]
    elif mutation == "lock":
        loading.hold_people = set  # type: ignore[attr-defined]
    yield


class _Careless:
    """An INSERT that asks no constraint."""

    def __init__(self, statement: Any) -> None:
        self.statement = statement

    def values(self, *rows: Any, **named: Any) -> "_Careless":
        return _Careless(self.statement.values(*rows, **named))

    def on_conflict_do_nothing(self, **_: Any) -> Any:
        return self.statement


def _careless(insert: Any) -> Any:
    return lambda table: _Careless(insert(table)) if table.__tablename__ in UNGUARDED else insert(table)


def live(mutation: str) -> None:
    """The whole life of an elder: orders come by standard input, answers go by standard output."""
    orders, answers = os.fdopen(os.dup(0), encoding="utf-8"), os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    product = app.boot.create_app()
    with _mutated(mutation):
        child = None
        for line in orders:
            if "warm" in line and json.loads(line).get("warm"):
                print(_warm(product, json.loads(line)), file=answers, flush=True)
                continue
            child = child or Child(product)
            said = child.ask(line, json.loads(line)["kill_after"])
            if said is None:
                child = None
            print(said.strip() if said else "{}", file=answers, flush=True)
        if child:
            os.kill(child.pid, signal.SIGKILL)
            os.waitpid(child.pid, 0)
