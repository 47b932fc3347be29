"""Who is who in the report of a meeting: on a phone without JavaScript, and from right to left in the dark."""

import os
from pathlib import Path

import pytest

from app.accounts.models import Account
from app.accounts.secrets import hash_password
from app.attendance.reports.models import MeetingReport
from app.platform.db import db
from tests.attendance.conftest import Hall
from tests.attendance.reports.conftest import Link, zoom
from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.make import factories
from tests.story import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.any_engine]
ROWS = (
    ("Keo Dara (Guest)", 0, 170), ("Sophea Sok", 5, 100), ("Chea Sreyneang", 0, 180), ("Chea Sreyneang", 20, 90), ("iPhone", 3, 9),
    ("Golden Needle - Training Room", 0, 170), ("A display name that somebody made far too long for any telephone to show in one line", 0, 30),
)


def tell() -> tuple[str, str]:
    """Who teaches, and where the report is."""
    factories.factory("GOLDEN")
    link = Link(Hall())
    link.hall.account.password_hash = hash_password(PASSWORD)
    return link.hall.account.email, f"/sessions/{link.hall.training.id}/meetings/1/report"


def speak(email: str, language: str) -> None:
    db.session.execute(db.update(Account).where(Account.email == email).values(language=language))


def picture(visitor: object, name: str) -> None:
    """Keep a picture where somebody wants to look at one."""
    if folder := os.environ.get("PICTURES"):
        visitor.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)  # type: ignore[attr-defined]


def test_from_the_file_to_the_marks(site: Site, visit: Visit, tmp_path: Path) -> None:
    email, address = site.build(tell)
    file = tmp_path / "report.csv"
    file.write_bytes(zoom(*ROWS))
    trainer = visit(320, has_script=False)
    trainer.sign_in(email)
    page = trainer.go(address)
    picture(trainer, "report-empty-320")
    page.set_input_files("input[type=file]", file)
    page.select_option("select[name=zone]", "UTC")
    with trainer.arriving():
        page.get_by_role("button", name="Read the report").click()
    trainer.check()
    picture(trainer, "report-320")
    with trainer.arriving():
        page.get_by_role("button", name="exact name").click()
    with trainer.arriving():
        page.get_by_role("button", name="Take the marks over").click()
    trainer.check()
    assert "is marked" in page.content() or "are marked" in page.content()
    assert site.look(lambda: db.session.scalars(db.select(MeetingReport)).one().times_applied) == 1
    site.build(lambda: speak(email, "ar"))
    other = visit(1280, language="ar", light="dark")
    other.sign_in(email)
    other.go(address)
    other.check()
    picture(other, "report-1280-ar")
