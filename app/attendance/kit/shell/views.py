"""The page of the kit, its worker and its manifest: the same for everybody, so that a browser may keep them."""

from flask import url_for
from werkzeug.wrappers import Response

from app.attendance.kit.shell import files
from app.platform.i18n.languages import SITE_LANGUAGES
from app.platform.i18n.texts import current_language
from app.platform.web import PUBLIC, Blueprint, see_other
from app.platform.web.kept import kept

bp = Blueprint("kit_shell", __name__, url_prefix="/kit")
LANGUAGE = f"<any({', '.join(SITE_LANGUAGES)}):language>"


@bp.get("/", may=PUBLIC)
def start() -> Response:
    return see_other(url_for(".shell", language=current_language()))


@bp.get(f"/{LANGUAGE}", may=PUBLIC)
def shell(language: str) -> Response:
    return kept(files.page(language), "text/html; charset=utf-8")


@bp.get(f"/{LANGUAGE}/manifest.webmanifest", may=PUBLIC)
def manifest(language: str) -> Response:
    return kept(files.manifest(language), "application/manifest+json")


@bp.get("/worker.js", may=PUBLIC)
def worker() -> Response:
    return kept(files.worker(), "text/javascript; charset=utf-8")
