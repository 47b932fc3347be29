"""What can be hung up in a factory, or pasted into its chat group."""

from collections.abc import Sequence
from pathlib import Path

import segno
from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.notifications import operations
from app.notifications.notices import board, queries
from app.notifications.notices.chat import chat_text, usual_chat
from app.notifications.notices.drawing import draw_board, draw_notice
from app.notifications.notices.facts import Told
from app.notifications.notices.pages import BoardPage, ChatPage, Choice, NoticePage
from app.notifications.notices.said import LOCALES, Said, pair, say
from app.notifications.rules import Way
from app.platform.clock import today
from app.platform.config import settings
from app.platform.documents.errors import DocumentFailed
from app.platform.documents.fonts import ROOT
from app.platform.i18n import _
from app.platform.i18n.languages import LANGUAGES
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, file_response, render, see_other
from app.platform.web.forms import number
from app.sessions import policy
from app.sessions.models import TrainingSession

bp = Blueprint("notices", __name__)
_AT = "/sessions/<int:training_id>/notices/<code>"


@bp.get(_AT, may=Permission.SESSIONS_READ)
def notice(training_id: int, code: str) -> Response:
    training, factory = queries.factory_to_tell(g.actor, training_id, code)
    chosen, told = _chosen(factory), queries.told(training, factory)
    address = _join(training.code)
    qr = segno.make(address, error="m", micro=False).svg_data_uri(border=4, dark="#000", light="#fff")
    page = NoticePage(
        training, factory, told, _said(told, training, chosen), chosen, _languages(), qr, _may_note(factory)
    )
    return render(page)


@bp.get(f"{_AT}/paper", may=Permission.SESSIONS_READ)
def paper(training_id: int, code: str) -> Response:
    training, factory = queries.factory_to_tell(g.actor, training_id, code)
    chosen, told = _chosen(factory), queries.told(training, factory)
    day, said = today(factory.programme.zone), _said(told, training, chosen)
    try:
        data = draw_notice(told, said, _join(training.code), named=chosen.named, day=day, fonts=_fonts())
    except DocumentFailed:
        raise Refused(_unprintable()) from None
    return file_response(data, f"{training.code}-{factory.code}.pdf", "application/pdf", inline=True)


@bp.get(f"{_AT}/chat", may=Permission.SESSIONS_READ)
def chat(training_id: int, code: str) -> Response:
    training, factory = queries.factory_to_tell(g.actor, training_id, code)
    chosen = _chosen(factory)
    words = chat_text(queries.told(training, factory), chosen.language, _join(), named=chosen.named)
    group = usual_chat(factory.programme.country)
    return render(ChatPage(training, factory, words, chosen, _languages(), group, _may_note(factory)))


@bp.post(f"{_AT}/told", may=Permission.SEATS_NOMINATE)
def note_told(training_id: int, code: str) -> Response:
    way = next((way for way in Way if way.value == request.form.get("way")), None)
    if way is None:
        raise NotFound
    operations.note_told(g.actor, training_id, code, way)
    flash(_("Noted: the factory was told."), "done")
    following = "notices.chat" if way is Way.CHAT else "notices.notice"
    return see_other(url_for(following, training_id=training_id, code=code))


@bp.get("/factories/<code>/board", may=Permission.FACTORIES_READ)
def listed(code: str) -> Response:
    factory = factory_by_code(g.actor, code)
    chosen = _chosen(factory)
    rows, periods = _board(factory, chosen)
    return render(BoardPage(factory, rows, periods, chosen, _languages(), board.WEEKS))


@bp.get("/factories/<code>/board/paper", may=Permission.FACTORIES_READ)
def listed_paper(code: str) -> Response:
    factory = factory_by_code(g.actor, code)
    chosen = _chosen(factory)
    rows, periods = _board(factory, chosen)
    name, day = factory.local_name or factory.name, today(factory.programme.zone)
    try:
        data = draw_board(name, chosen.language, rows, periods, day=day, fonts=_fonts())
    except DocumentFailed:
        raise Refused(_unprintable()) from None
    return file_response(data, f"{factory.code}-board.pdf", "application/pdf", inline=True)


def _board(factory: Factory, chosen: Choice) -> tuple[list[board.Row], list[tuple[str, str]]]:
    locales, day = pair(chosen.language, *factory.programme.languages), today(factory.programme.zone)
    found = board.rows(queries.coming(factory, chosen.weeks), locales, _join())
    return found, [(locale, board.period(day, chosen.weeks, locale)) for locale in locales]


def _chosen(factory: Factory) -> Choice:
    asked, usual = request.args.get("language", ""), factory.language if factory.language in LOCALES else "en"
    weeks = number(request.args.get("weeks"))
    return Choice(
        language=asked if asked in LOCALES else usual,
        named=request.args.get("names") == "1",
        weeks=weeks if weeks in board.WEEKS else board.USUAL_WEEKS,
    )


def _said(told: Told, training: TrainingSession, chosen: Choice) -> list[Said]:
    return [say(told, locale, _join()) for locale in pair(chosen.language, training.language)]


def _languages() -> Sequence[tuple[str, str]]:
    return [(code, LANGUAGES[code].own_name) for code in LOCALES]


def _may_note(factory: Factory) -> bool:
    return policy.may_nominate(g.actor, factory.programme_id, factory.id)


def _join(code: str = "") -> str:
    """Where the code is typed, or, with a code, where that leads."""
    return settings().base_url + (url_for("join.people", code=code) if code else url_for("join.code"))


def _unprintable() -> str:
    return _("No font has every sign of this text. Choose another language, or leave the names out.")


def _fonts() -> Path:
    return ROOT / settings().fonts_dir
