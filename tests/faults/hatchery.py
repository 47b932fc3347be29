"""A process that has imported the product once, and made an app of it, and hatches real processes of it: one fork each.

Reads one JSON order a line on standard input: {"environ": {...}, "flask": [words]} or {"environ": {...}, "posts":
[[address, fields, point], ...], "cookie": "..."}; the child of a post dies at its point. Answers one JSON line each:
{"code": exit code or minus the signal, "told": [what the child said before its end, a line each], "seconds": of CPU,
"megabytes": at most, with what the child shares with this process}. With "largest": bytes, no file that the child
writes grows beyond that.

An order {"environ": {...}, "flask": [words], "log": "file"}, or with {"node": mutation, "pipes": [orders, answers]} instead of
words one for an elder of `nodes.py`, is answered by {"pid": number} while the child lives on, in a
process group of its own that writes into the file; {"end": pid} ends such a child and is answered by its {"code": ...}.
"""

import gc
import json
import os
import resource
import signal
import sys
import time
import traceback
from contextlib import suppress
from typing import Any

import click
from flask import Flask
from flask.cli import FlaskGroup
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import configure_mappers

import app.boot
from app.platform.config import Settings
from tests import addresses
from tests.faults import nodes

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
PATIENCE = 10
"""Seconds that a child has to end in good order."""
LIVING: set[int] = set()
"""Children that live on. They end with the hatchery, which ends with whoever orders, even one that was killed."""


def hatch(order: dict[str, Any]) -> dict[str, Any]:
    """Fork, let the child do the order, and wait for its end."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _live(order, write)
    os.close(write)
    with os.fdopen(read, encoding="utf-8", errors="replace") as words:
        told = words.read().splitlines()
    _, status, used = os.wait4(child, 0)
    return {
        "code": os.waitstatus_to_exitcode(status), "told": told,
        "seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024,
    }


def release(order: dict[str, Any]) -> dict[str, int]:
    """Fork a child that lives on."""
    child = os.fork()
    if child == 0:
        os.setsid()
        _live(order, os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    LIVING.add(child)
    return {"pid": child}


def end(child: int) -> dict[str, int]:
    """Ask a child to end, and kill it and its group when it does not, or when somebody of the group is left."""
    LIVING.discard(child)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGTERM)
    give_up = time.monotonic() + PATIENCE
    ended, status = os.waitpid(child, os.WNOHANG)
    while not ended and time.monotonic() < give_up:
        time.sleep(0.02)
        ended, status = os.waitpid(child, os.WNOHANG)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return {"code": os.waitstatus_to_exitcode(status if ended else os.waitpid(child, 0)[1])}


def _live(order: dict[str, Any], write: int) -> None:
    """The whole life of a child; it never comes back."""
    code = 1
    try:
        for stream in (1, 2):
            os.dup2(write, stream)
        os.environ.clear()
        os.environ.update(order["environ"])
        if "largest" in order:
            resource.setrlimit(resource.RLIMIT_FSIZE, (order["largest"], order["largest"]))
        code = _command(order["flask"]) if "flask" in order else _node(order) if "node" in order else _posts(order)
    except BaseException:  # noqa: BLE001 - a child must never return into its parent's life
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _command(words: list[str]) -> int:
    try:
        FlaskGroup().main(words, standalone_mode=False)
    except SystemExit as end:
        return int(end.code or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return 0


def _node(order: dict[str, Any]) -> int:
    for number, (pipe, how) in enumerate(zip(order["pipes"], (os.O_RDONLY, os.O_WRONLY), strict=True)):
        os.dup2(os.open(pipe, how), number)
    nodes.live(order["node"])
    return 0


def _posts(order: dict[str, Any]) -> int:
    client = app.boot.create_app().test_client()
    client.set_cookie("seamwise", order["cookie"])
    for address, fields, point in order["posts"]:
        os.environ["SEAMWISE_STOP_AT"] = point
        reply = client.post(address, data=fields, headers=SAME_SITE)
        print(f"status {reply.status_code}", flush=True)
    return 0


def warm_up() -> None:
    """What the first app of a process has to find out, children find here; the app itself is no child's."""
    addresses.compile_once()
    app.boot.create_app(Settings(env="test", secret_key="t" * 40, database_url="sqlite://"))
    configure_mappers()
    gc.collect()
    gc.freeze()


def main() -> None:
    if folder := os.environ.get("TEST_TEMPLATES"):
        Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(folder)}
    warm_up()
    orders = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for line in orders:
        order = json.loads(line)
        answer = end(order["end"]) if "end" in order else release(order) if "log" in order else hatch(order)
        print(json.dumps(answer), file=answers, flush=True)
    for child in sorted(LIVING):
        end(child)
    os._exit(0)  # at once: taking the product apart lasts seconds


if __name__ == "__main__":
    main()
