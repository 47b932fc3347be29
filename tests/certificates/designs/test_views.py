"""Designing in the browser, with and without scripts."""

import io
from datetime import timedelta

import pytest
from flask import Flask

from app.access.roles import Role
from app.certificates.designs import jobs
from app.certificates.designs.content import content_of
from app.certificates.designs.models import CertificateSignatory, Design, DesignPreview
from app.certificates.designs.operations.drafts import seen_of
from app.certificates.designs.queries import designs as queries
from app.certificates.designs.views import previews
from app.platform.clock import now
from app.platform.db import db
from app.platform.documents import process
from app.platform.documents.errors import DocumentFailed
from app.platform.jobs.cli import worker_of
from app.platform.jobs.models import Job
from tests.browse import Browse
from tests.make import accounts, certificates, courses, designs, factories


@pytest.fixture(autouse=True)
def uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rate counters live in transactions of their own."""
    monkeypatch.setattr(previews, "spend", lambda *_: None)


def _manager(browse: Browse, programme: object) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=programme))  # type: ignore[arg-type]


def _sent(design: Design, **values: str) -> dict[str, str]:
    """The form as its page sends it."""
    return {
        "seen": seen_of(queries.latest(design.id)), "layout": "landscape", "ink": "#14532d", "thread": "#a8324a",
        "first": "", "second": "", "language": "en", "example": "usual", **values,
    }  # fmt: skip


def test_from_nothing_to_a_certificate(browse: Browse) -> None:
    factory, version = factories.factory(language="km"), courses.version()
    page, code = _manager(browse, factory.programme), factory.programme.code
    assert "No design yet" in page.get("/certificate-designs").text
    assert page.get(f"/programmes/{code}/certificate-designs/new").status == 200
    begun = page.post(f"/programmes/{code}/certificate-designs/new", {"course": str(version.course_id), "name": "Ours"})
    address = begun.location.removesuffix("/draft")
    design = db.session.query(Design).one()
    draft = page.get(f"{address}/draft")
    assert all(words in draft.text for words in ("Preview", "{valid_until}", "ខ្មែរ", "Logo"))
    row = designs.signatory(factory.programme)
    text = {"statement_km": "{name} បានបញ្ចប់", "first": str(row.id)}
    assert page.post(f"{address}/draft", _sent(design, **text)).status == 303
    assert "Draft" in page.get(address).text
    seen = {"seen": seen_of(queries.latest(design.id))}
    assert page.post(f"{address}/draft/publication", seen).status == 303
    certificate = certificates.certificate(factories.person(factory), factory, version)
    assert certificate.face["look"]["ink"] == "#14532d"
    assert certificate.face["signatories"][0]["name"].startswith("Helena Duarte")
    overview = page.get(address)
    assert "Version 1" in overview.text
    issued = page.get(f"{address}/versions/1")
    assert certificate.number in issued.text
    assert "Version 1 in use" in page.get("/certificate-designs").text


@pytest.mark.parametrize("text", ["{{config}}", "${7*7}", "{name.__class__}", "{0}", "{%include 'x'%}", "{name"])
def test_what_cannot_be_filled_in_is_refused_with_its_place(browse: Browse, text: str) -> None:
    design = designs.design(is_published=False)
    page = _manager(browse, design.programme)
    reply = page.post(f"/certificate-designs/{design.id}/draft", _sent(design, statement_en=f"Hi {text}"))
    assert reply.status == 422
    assert "At sign" in reply.text
    assert "Hi 49" not in reply.text
    assert content_of(queries.latest(design.id).content).texts == {}


def test_a_pale_colour_is_refused_and_a_darker_one_is_named(browse: Browse) -> None:
    design = designs.design(is_published=False)
    page = _manager(browse, design.programme)
    reply = page.post(f"/certificate-designs/{design.id}/draft", _sent(design, ink="#8899ff", thread="red"))
    assert reply.status == 422
    assert "too pale" in reply.text
    assert "would do" in reply.text
    assert "six digits" in reply.text


def test_the_second_editor_is_told_and_keeps_the_text(browse: Browse) -> None:
    design = designs.design(is_published=False)
    page, sent = _manager(browse, design.programme), _sent(design, title_en="Mine")
    designs.edit(design, ink="#5b2333")
    reply = page.post(f"/certificate-designs/{design.id}/draft", sent)
    assert reply.status == 409
    assert "Somebody else changed this design" in reply.text
    assert "Mine" in reply.response.text
    assert content_of(queries.latest(design.id).content).ink == "#5b2333"


def test_others_find_nothing(browse: Browse) -> None:
    design = designs.design()
    row = designs.signatory(design.programme)
    stranger = _manager(browse, factories.programme("VN"))
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=design.programme))
    for page in (stranger, trainer):
        for address in (
            f"/certificate-designs/{design.id}", f"/certificate-designs/{design.id}/draft",
            f"/certificate-signatories/{row.id}", f"/programmes/{design.programme.code}/certificate-signatories",
        ):  # fmt: skip
            assert page.get(address).status == 404


def test_a_preview_is_drawn_by_the_worker_and_the_page_stops_asking(app: Flask, browse: Browse, fonts: object) -> None:
    design = designs.design(is_published=False)
    page, address = _manager(browse, design.programme), f"/certificate-designs/{design.id}/draft"
    asked = page.htmx(f"{address}/preview", _sent(design, title_en="Diploma of {name}", example="strangest"))
    assert "every 1s" in asked.response.text
    assert "every 1s" in page.fragment(f"{address}/preview").response.text
    worker_of(app).run_until_idle()
    drawn = page.fragment(f"{address}/preview").response.text
    assert "every 1s" not in drawn
    assert "/preview/1.png" in drawn
    picture = page.get(f"{address}/preview/1.png").response
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG")
    assert page.get(f"{address}/preview/7.png").location.endswith("/draft")
    db.session.query(DesignPreview).update({"drawn_at": now() - timedelta(days=1)})
    assert "Press the button" in page.fragment(f"{address}/preview").response.text
    assert content_of(queries.latest(design.id).content).texts == {}  # nothing was saved


def test_without_a_script_the_page_shows_the_preview_and_keeps_what_was_typed(browse: Browse) -> None:
    design = designs.design(is_published=False)
    page, address = _manager(browse, design.programme), f"/certificate-designs/{design.id}/draft/preview"
    reply = page.post(address, _sent(design, title_en="Only typed"))
    assert reply.status == 200
    assert "Nothing is saved yet" in reply.text
    assert "Only typed" in reply.response.text
    assert page.post(address, _sent(design, title_en="{bad}")).status == 422
    assert "At sign" in page.htmx(address, _sent(design, title_en="{bad}")).text
    assert page.get(address).location.endswith("/draft")


def test_a_hanging_template_is_stopped_and_said(
    app: Flask, browse: Browse, fonts: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    design = designs.design(is_published=False)
    page, address = _manager(browse, design.programme), f"/certificate-designs/{design.id}/draft/preview"
    monkeypatch.setattr(process, "TIMEOUT_SECONDS", 0.0)
    page.htmx(address, _sent(design, title_en="Slow"))
    worker_of(app).run_until_idle()
    assert "could not be drawn" in page.fragment(address).text
    assert db.session.query(Job).filter_by(kind="designs.preview", done_at=None).count() == 0
    process.room.close()


def test_what_the_typesetter_refuses_is_no_failure(app: Flask, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise DocumentFailed("no")

    design = designs.design(is_published=False)
    page, address = _manager(browse, design.programme), f"/certificate-designs/{design.id}/draft/preview"
    monkeypatch.setattr(jobs.drawing, "draw_picture", refuse)
    page.htmx(address, _sent(design))
    worker_of(app).run_until_idle()
    assert "could not be drawn" in page.fragment(address).text


def test_a_logo_comes_and_goes(browse: Browse) -> None:
    design = designs.design(is_published=False)
    page, address = _manager(browse, design.programme), f"/certificate-designs/{design.id}/draft/logo"

    def send(data: bytes, **values: str) -> object:
        seen = seen_of(queries.latest(design.id))
        return page.post(address, {"seen": seen, "alt": "A loom", "file": (io.BytesIO(data), "x.png"), **values})

    bad = send(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    assert bad.status == 422  # type: ignore[attr-defined]
    assert "more than a drawing" in bad.text  # type: ignore[attr-defined]
    assert send(designs.LOGO, alt="").status == 422  # type: ignore[attr-defined]
    assert page.post(address, {"seen": "1.1", "alt": "A loom"}).status == 422
    assert send(designs.LOGO, seen="9.9").status == 409  # type: ignore[attr-defined]
    assert send(designs.LOGO).status == 303  # type: ignore[attr-defined]
    shown = page.get(f"/certificate-designs/{design.id}/versions/1/logo").response
    assert shown.mimetype == "image/svg+xml"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "A loom" in page.get(f"/certificate-designs/{design.id}/draft").response.text
    assert page.post(f"{address}/removal", {"seen": seen_of(queries.latest(design.id))}).status == 303
    assert page.get(f"/certificate-designs/{design.id}/versions/1/logo").status == 404


def test_who_signs_is_kept_and_corrected(browse: Browse) -> None:
    programme = factories.programme()
    page, list_ = _manager(browse, programme), f"/programmes/{programme.code}/certificate-signatories"
    assert "Nobody yet" in page.get(list_).text
    assert page.get(f"{list_}/new").status == 200
    facts = {"called_en": "Helena Duarte", "role_en": "Director", "valid_from": "2026-01-01", "valid_to": ""}
    assert page.post(f"{list_}/new", {**facts, "valid_to": "2025-01-01"}).status == 422
    made = page.post(f"{list_}/new", facts)
    row = db.session.query(CertificateSignatory).one()
    assert made.location == f"/certificate-signatories/{row.id}"
    png = {"revision": "1", "file": (io.BytesIO(designs.png()), "sign.png")}
    assert page.post(f"{made.location}/signature", {"revision": "1"}).status == 422
    assert page.post(f"{made.location}/signature", png).status == 303
    assert page.get(f"{made.location}/signature").response.data == designs.png()
    assert page.get(made.location).status == 200
    assert page.post(made.location, {**facts, "revision": "1"}).status == 409
    assert page.post(made.location, {**facts, "revision": "2", "role_en": "Head"}).status == 303
    assert "May sign" in page.get(list_).text
    assert page.post(f"{made.location}/signature/removal", {"revision": "3"}).status == 303
    assert page.get(f"{made.location}/signature").status == 404


def test_names_archive_and_drafts(browse: Browse) -> None:
    design = designs.design()
    page, address = _manager(browse, design.programme), f"/certificate-designs/{design.id}"
    assert page.post(address, {"name": ""}).status == 422
    assert page.post(address, {"name": "Another"}).status == 303
    designs.edit(design, ink="#14532d")
    assert page.post(f"{address}/draft/removal", {"seen": seen_of(queries.latest(design.id))}).status == 303
    assert page.post(f"{address}/archive").status == 303
    assert "This design is archived" in page.get(address).text
    assert page.post(f"{address}/restoration").status == 303
    assert "Version 1" in page.get(address).text


@pytest.mark.parametrize("language", ["ar", "km", "vi"])
def test_in_the_reader_s_language(browse: Browse, language: str) -> None:
    design = designs.design()
    row, page = designs.signatory(design.programme), _manager(browse, design.programme)
    page.client.set_cookie("language", language)
    for address in (
        "/certificate-designs", f"/certificate-designs/{design.id}", f"/certificate-designs/{design.id}/draft",
        f"/certificate-signatories/{row.id}",
    ):  # fmt: skip
        assert page.get(address).status == 200
