"""The page that works without network, its worker, its manifest, and the two lists that it keeps."""

from flask import url_for
from werkzeug.wrappers import Response

from app.certificates.verification import public
from app.certificates.verification.offline import files
from app.certificates.verification.shape import unlisted
from app.platform.i18n.languages import SITE_LANGUAGES
from app.platform.i18n.texts import current_language
from app.platform.web import PUBLIC, Blueprint, see_other
from app.platform.web.kept import kept

bp = Blueprint("verification_offline", __name__, url_prefix="/verify")
PAGE = f"/offline/<any({', '.join(SITE_LANGUAGES)}):language>"


@bp.get("/offline", may=PUBLIC)
def start() -> Response:
    return see_other(url_for(".page", language=current_language()))


@bp.get(PAGE, may=PUBLIC)
def page(language: str) -> Response:
    return unlisted(kept(files.page(language), "text/html; charset=utf-8"))


@bp.get(f"{PAGE}/manifest.webmanifest", may=PUBLIC)
def manifest(language: str) -> Response:
    return kept(files.manifest(language), "application/manifest+json")


@bp.get("/worker.js", may=PUBLIC)
def worker() -> Response:
    return kept(files.worker(), "text/javascript; charset=utf-8")


@bp.get("/keys.json", may=PUBLIC)
def keys() -> Response:
    return kept(public.keys(), "application/json")


@bp.get("/ended.json", may=PUBLIC)
def ended() -> Response:
    return kept(public.ended(), "application/json")
