"""Papers of a course as PDF."""

from flask import current_app, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.content.printing.documents import PaperKind
from app.content.printing.papers import paper
from app.courses.queries import course_by_code, version_by_number
from app.platform.documents.fonts import ROOT
from app.platform.web import Blueprint, file_response

bp = Blueprint("papers", __name__)


@bp.get("/courses/<code>/versions/<number>/papers/sheet", may=Permission.CATALOGUE_READ)
def sheet(code: str, number: str) -> Response:
    return _paper(code, number, PaperKind.SHEET)


@bp.get("/courses/<code>/versions/<number>/papers/handouts", may=Permission.CATALOGUE_READ)
def handouts(code: str, number: str) -> Response:
    return _paper(code, number, PaperKind.HANDOUTS)


@bp.get("/courses/<code>/versions/<number>/papers/guide", may=Permission.SESSIONS_READ)
def guide(code: str, number: str) -> Response:
    return _paper(code, number, PaperKind.GUIDE)


@bp.get("/courses/<code>/versions/<number>/papers/forms/<form>", may=Permission.CATALOGUE_READ)
def form(code: str, number: str, form: str) -> Response:
    return _paper(code, number, PaperKind.FORM, form)


def _paper(code: str, number: str, kind: PaperKind, form: str = "") -> Response:
    version = version_by_number(course_by_code(code).id, number)
    locale = request.args.get("language", "en")
    fonts = ROOT / current_app.extensions["settings"].fonts_dir
    data = paper(version, kind, locale, form=form, fonts=fonts)
    return file_response(data, f"{code}-{form or kind}-{locale}.pdf", "application/pdf", inline=True)
