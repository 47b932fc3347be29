"""The page of the kit, its worker and its manifest: the same for everybody, so that a browser may keep them."""

from flask import make_response, request, url_for
from werkzeug.wrappers import Response

from app.attendance.kit.shell import files
from app.platform.i18n.languages import SITE_LANGUAGES
from app.platform.i18n.texts import current_language
from app.platform.web import PUBLIC, Blueprint, see_other

bp = Blueprint("kit_shell", __name__, url_prefix="/kit")
LANGUAGE = f"<any({', '.join(SITE_LANGUAGES)}):language>"


@bp.get("/", may=PUBLIC)
def start() -> Response:
    return see_other(url_for(".shell", language=current_language()))


@bp.get(f"/{LANGUAGE}", may=PUBLIC)
def shell(language: str) -> Response:
    return _kept(files.page(language), "text/html; charset=utf-8")


@bp.get(f"/{LANGUAGE}/manifest.webmanifest", may=PUBLIC)
def manifest(language: str) -> Response:
    return _kept(files.manifest(language), "application/manifest+json")


@bp.get("/worker.js", may=PUBLIC)
def worker() -> Response:
    return _kept(files.worker(), "text/javascript; charset=utf-8")


def _kept(content: str, media_type: str) -> Response:
    """Something public, of which the browser asks each time whether it still holds."""
    response = make_response(content)
    if request.accept_encodings.best_match(("br",)):
        response.set_data(files.packed(content))
        response.headers["Content-Encoding"] = "br"
    response.headers["Content-Type"] = media_type
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)
