"""What a lesson costs a cheap phone: bytes on the wire and requests, counted, pictures apart."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.boot import create_app
from app.content.publish import publish
from app.platform.db import db
from app.platform.web import assets
from tests.browse import Browse
from tests.conftest import Databases, settings_for
from tests.make import factories
from tests.quizzes.test_weight import REQUESTS, fetched_by, wire

FIRST_VISIT, NEXT_PAGE = 45_000, 9_000
LANGUAGES = ("en", "vi", "km", "bn", "ar")


@pytest.fixture
def built(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """An app with the real Supervisory Skills Training, and assets built from the sources as they are now."""
    assets.build(assets.collect(assets.ROOT), tmp_path / "assets")
    made = create_app(settings_for(databases.fresh(), tmp_path, assets_dir=tmp_path / "assets"))
    with made.app_context():
        publish(SYSTEM, assets.ROOT / "content" / "sst")
        yield made
        db.session.remove()
        db.engine.dispose()


def test_the_first_lesson_and_the_next_page(built: Flask) -> None:
    for language in LANGUAGES:
        phone = Browse(built).as_person(factories.person(language=language).id)
        page = phone.get("/learn/sst")
        following = next(link.get("href") for link in page.all("a") if "primary" in (link.get("class") or ""))
        size, html = wire(phone, following)
        parts = [part for part in fetched_by(html) if "/media/" not in part]
        assert len(parts) + 1 <= REQUESTS, parts
        total = size + sum(wire(phone, part)[0] for part in parts)
        assert total <= FIRST_VISIT, f"{language}: {total}"
        size, _ = wire(phone, "/learn/sst")
        assert size <= NEXT_PAGE, f"{language}: {size}"
