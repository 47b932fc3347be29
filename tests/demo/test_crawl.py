"""Everybody of the demo signs in as anybody would, then every page that a link leads to answers, and reading changes nothing."""

import json
import re
from urllib.parse import urldefrag, urljoin, urlsplit
from zlib import crc32

import pytest
from flask import Flask

from tests.browse import Browse, Reply
from tests.conftest import Databases
from tests.counts import IS_LONG, SHARE
from tests.demo.snapshot import fingerprints

pytestmark = [pytest.mark.slow, pytest.mark.every_run]

ALIKE = 3 if IS_LONG else 1
"""Of pages that differ in a number or name only so many are visited."""


def sign_ins(app: Flask) -> list[dict[str, str]]:
    return json.loads(app.test_cli_runner().invoke(args=["demo", "sign-ins", "--json"]).stdout)


def signed_in(app: Flask, row: dict[str, str]) -> Browse:
    browse = Browse(app)
    if row["role"] == "person":
        people = browse.get(row["address"])
        link = next(a.get("href") for a in people.all("a") if row["name"] in "".join(a.itertext()))
        person = re.search(r"person=(\d+)", link)[1]
        reply = browse.post(row["address"], {"person": person, "pin": row["pin"]})
    else:
        reply = browse.post("/sign-in", {"email": row["email"], "password": row["password"]})
    assert reply.status == 303, (row, reply.text)
    return browse


def onward(reply: Reply, address: str) -> list[str]:
    """Addresses on this site that the page leads to."""
    if reply.status in {301, 302, 303}:
        return [urljoin(address, reply.location)]
    found = [urldefrag(urljoin(address, a.get("href") or ""))[0] for a in reply.all("a")]
    return [link for link in found if not urlsplit(link).netloc]


def shape(address: str) -> str:
    """The address without what makes two pages of a kind differ."""
    parts = urlsplit(address)
    path = re.sub(r"\d+|(?<=/factories/)[^/]+|(?<=/coverage/)[^/]+|(?<=/verify/)[^/]+|(?<=/courses/)[^/]+", "*", parts.path)
    return path + "?" + "&".join(sorted(part.partition("=")[0] for part in parts.query.split("&")))


KNOWN = set[str]()
"""The kinds of pages that some role has visited."""


PART = {"sqlite": 2, "postgresql": 4}
"""Of so many kinds of pages that no start page leads to, one is visited usually."""


def is_due(role: str, kind: str, steps: int, engine: str) -> bool:
    """Usually what the start page leads to, a fixed part of the rest by the first role that reaches it, and a fixed quarter of
    this part by each of the others.
    """
    whom, share = ("", PART[engine]) if kind not in KNOWN else (role, PART[engine] * SHARE)
    return IS_LONG or steps <= 1 or crc32(f"{whom} {kind}".encode()) % share == 0


def crawl(browse: Browse, role: str, engine: str) -> dict[str, int]:
    """Address -> status of what the start page leads to, over however many pages."""
    waiting, seen, kinds = [("/", 0)], dict[str, int](), dict[str, int]()
    while waiting:
        address, steps = waiting.pop(0)
        kind = shape(address)
        if address in seen or kinds.get(kind, 0) >= ALIKE or not is_due(role, kind, steps, engine):
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        reply = browse.get(address)
        seen[address] = reply.status
        waiting += [(link, steps + (reply.status == 200)) for link in onward(reply, address)]
    KNOWN.update(kinds)
    return seen


ROLES = (
    "administrator", "programme_manager", "trainer", "advisor", "focal_point", "group_viewer", "partner", "factory_ambassador", "person",
)
WITH_MOST = {"administrator", "focal_point"}
"""They see most of a programme and of a factory; the others see the same pages or fewer, and walk on SQLite alone."""
FEW = {"person": 2, "group_viewer": 5, "partner": 3, "factory_ambassador": 10}
"""Roles that see less than twenty pages."""


@pytest.mark.parametrize("role", [pytest.param(role, marks=[pytest.mark.any_engine] * (role not in WITH_MOST)) for role in ROLES])
def test_every_link_answers_and_changes_nothing(demo: Flask, databases: Databases, role: str) -> None:
    browse = signed_in(demo, next(row for row in sign_ins(demo) if row["role"] == role))
    with demo.app_context():
        before = fingerprints()
    with demo.app_context():
        seen = crawl(browse, role, databases.engine)
    broken = {address: status for address, status in seen.items() if status not in {200, 303}}
    assert broken == {}
    assert len(seen) >= FEW.get(role, 20 if IS_LONG else 40 if role == ROLES[0] else 10)
    with demo.app_context():
        after = fingerprints()
    assert [table for table in before if before[table] != after[table]] == []


@pytest.mark.any_engine
def test_every_focal_point_has_a_start_page(demo: Flask) -> None:
    with demo.app_context():
        for row in sign_ins(demo):
            if row["role"] == "focal_point":
                page = signed_in(demo, row).get("/")
                assert row["scope"] in page.text
