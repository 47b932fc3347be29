"""What a quiz costs a cheap phone: bytes on the wire and requests, counted."""

import re
from collections.abc import Iterator
from contextvars import Context
from pathlib import Path

import brotli
import pytest
from flask import Flask

from app.boot import create_app
from app.platform.db import db
from app.platform.web import assets
from app.quizzes import operations
from app.quizzes.gift import parse
from app.quizzes.models import Attempt, Question
from tests.browse import Browse
from tests.conftest import Databases, settings_for
from tests.make import quizzes

FIRST_PAGE, NEXT_PAGE, REQUESTS = 45_000, 6_000, 4
PHONE = {"Accept-Encoding": "gzip, deflate, br, zstd"}
LANGUAGES = ("en", "vi", "km", "bn", "ar")


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Assets built from the sources as they are now."""
    return assets.build(assets.collect(assets.ROOT), tmp_path_factory.mktemp("assets")).folder


@pytest.fixture
def built(packed: Path, databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """An app that serves these assets."""
    made = create_app(settings_for(databases.fresh(), tmp_path, assets_dir=packed))
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def real_room(language: str) -> quizzes.Room:
    """A room with the real post-test of Supervisory Skills in every language."""
    made = quizzes.room(is_open=False, language=language)
    db.session.query(Question).delete()
    banks = {
        locale: parse((assets.ROOT / f"content/sst/{locale}/post-test.gift").read_bytes()).questions for locale in LANGUAGES
    }
    operations.publish_bank(made.unit_id, banks)
    operations.open_window(quizzes.SYSTEM, made.training.id, made.unit_id, 30)
    made.questions = db.session.query(Question).filter_by(unit_id=made.unit_id).order_by(Question.position).all()
    return made


def wire(phone: Browse, address: str, data: dict[str, str] | None = None) -> tuple[int, str]:
    """Bytes of head and body as they travel, and the page."""
    headers = {**PHONE, "Sec-Fetch-Site": "same-origin"}
    reply = Context().run(
        lambda: phone.client.open(address, method="POST" if data else "GET", data=data, headers=headers)
    )
    assert reply.status_code == 200
    head = sum(len(f"{name}: {value}\r\n") for name, value in reply.headers) + len("HTTP/1.1 200 OK\r\n\r\n")
    body = reply.data
    size = len(body)
    reply.close()
    assert reply.headers["Content-Encoding"] == "br" or size < 1500, address
    packed = reply.headers.get("Content-Encoding") == "br" and reply.mimetype == "text/html"
    return head + size, brotli.decompress(body).decode() if packed else ""


def fetched_by(html: str) -> list[str]:
    """Everything that a browser fetches for the page without being asked."""
    found = re.findall(r'<(?:link|script|img)[^>]*?(?:href|src)="(/[^"]+|https?:[^"]+)"', html)
    return [address for address in found if address.startswith(("/assets/", "http"))]


@pytest.mark.slow
@pytest.mark.sampled(number=2)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_and_the_next(built: Flask, language: str) -> None:
    room = real_room(language)
    phone = Browse(built).as_person(room.person.id, room.training.id)
    phone.post("/attempts")
    attempt = db.session.query(Attempt).filter_by(person_id=room.person.id).one()
    size, html = wire(phone, f"/attempts/{attempt.id}/questions/1")
    parts = fetched_by(html)
    total = size + sum(wire(phone, part)[0] for part in parts)
    assert len(parts) + 1 <= REQUESTS, parts
    assert total <= FIRST_PAGE, f"{language}: {total}"
    question = room.questions[0]
    data = {"choice": quizzes.names(attempt, question)[0], "revision": "0"}
    size, _ = wire(phone, f"/attempts/{attempt.id}/answers/{question.id}", data)
    assert size <= NEXT_PAGE, f"{language}: {size}"


def test_the_list_of_names_is_a_light_first_page_too(built: Flask) -> None:
    room = real_room("km")
    for _ in range(40):
        room.another()
    db.session.commit()
    size, html = wire(Browse(built), f"/join/{room.training.code}")
    parts = fetched_by(html)
    assert len(parts) + 1 <= REQUESTS, parts
    assert size + sum(wire(Browse(built), part)[0] for part in parts) <= FIRST_PAGE


def test_no_asset_fetches_another(packed: Path) -> None:
    css = (packed / assets.load(packed).names["seamwise.css"]).read_text()
    script = (packed / assets.load(packed).names["common.js"]).read_text()
    assert not re.findall(r"url\((?!['\"]?data:)|@import", css)
    assert not re.findall(r"\bimport\b", script)
