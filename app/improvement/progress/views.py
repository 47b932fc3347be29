"""The doors to the report: a page to print, and a PDF, in the factory's language or another."""

from flask import g, request
from flask_babel import force_locale
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.improvement.progress.drawing import draw
from app.improvement.progress.facts import facts
from app.improvement.progress.pages import ProgressPage
from app.improvement.progress.said import say
from app.platform.config import settings
from app.platform.documents.errors import DocumentFailed
from app.platform.documents.fonts import ROOT
from app.platform.i18n import _
from app.platform.i18n.languages import LANGUAGES
from app.platform.refusal import Refused
from app.platform.web import Blueprint, file_response, render

bp = Blueprint("progress", __name__)
_READ = Permission.ROADMAP_READ
_ADDRESS = "/factories/<code>/progress"


@bp.get(_ADDRESS, may=_READ)
def report(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _READ)
    language, found = _language(factory), facts(factory)
    languages = [(each, known.own_name) for each, known in LANGUAGES.items()]
    with force_locale(language):
        return render(ProgressPage(factory, say(factory, found), language, languages))


@bp.get(f"{_ADDRESS}/paper", may=_READ)
def paper(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _READ)
    language, found = _language(factory), facts(factory)
    with force_locale(language):
        said = say(factory, found)
    try:
        data = draw(said, language, day=found.day, fonts=ROOT / settings().fonts_dir)
    except DocumentFailed:
        raise Refused(_("No font has every sign of this text. Choose another language.")) from None
    return file_response(data, f"{factory.code}-progress.pdf", "application/pdf", inline=True)


def _language(factory: Factory) -> str:
    """The language that the address asks for, else that of the factory."""
    asked = request.args.get("language", "")
    usual = factory.language if factory.language in LANGUAGES else "en"
    return asked if asked in LANGUAGES else usual
