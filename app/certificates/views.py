"""Verification for everybody; files for those who may have them."""

import hashlib
import hmac
from datetime import timedelta

from flask import Response as FlaskResponse
from flask import current_app, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.certificates import archive, queries, retention, rules
from app.certificates.forms import CodeForm
from app.certificates.of_factories.pages import VerifyPage as FactoryVerifyPage
from app.certificates.of_factories.queries.certificates import factory_certificate_by_code
from app.certificates.of_factories.shown import shown as factory_shown
from app.certificates.pages import AskPage, OwnPage, VerifyPage
from app.certificates.shown import shown
from app.factories.queries import factory_by_code
from app.platform import audit
from app.platform.config import Settings
from app.platform.files import FileMissing, files
from app.platform.i18n import _
from app.platform.i18n.formats import ascii_digits
from app.platform.refusal import NotFound, Refused
from app.platform.web import PUBLIC, SIGNED_IN, Blueprint, file_response, render, see_other
from app.platform.web.throttle import spend

bp = Blueprint("certificates", __name__)

TRIES, WINDOW = 30, timedelta(minutes=1)


@bp.get("/verify", may=PUBLIC)
def ask() -> Response:
    form = CodeForm(request.args)
    if "code" not in request.args:
        return _unlisted(render(AskPage(form)))
    code = rules.grouped(rules.normal_code(ascii_digits(form.code.data or "")))
    if not form.validate() or not code:
        return _unlisted(render(AskPage(form), 422))
    return see_other(url_for("certificates.verify", code=code))


@bp.get("/verify/<code>", may=PUBLIC)
def verify(code: str) -> Response:
    settings: Settings = current_app.extensions["settings"]
    spend(f"verify:{_device(settings)}", TRIES, WINDOW)
    if not code.isprintable():
        raise NotFound  # no code has control characters, and no page may repeat them
    found, of_factory = queries.by_code(code), factory_certificate_by_code(code)  # both, always: the same time for all
    if of_factory is not None:
        return _unlisted(render(FactoryVerifyPage(CodeForm(), factory_shown(of_factory), settings.base_url)))
    page = VerifyPage(
        form=CodeForm(),
        code=rules.grouped(rules.normal_code(code))[:40],
        shown=shown(found) if found else None,
        official=settings.base_url,
    )
    return _unlisted(render(page, 200 if found else 404))


@bp.get("/certificates", may=SIGNED_IN)
def own() -> Response:
    if g.actor.person_id is None:
        raise NotFound
    return render(OwnPage([shown(row) for row in queries.of_person(g.actor.person_id)]))


@bp.get("/certificates/<int:certificate_id>/file", may=SIGNED_IN)
def file(certificate_id: int) -> Response:
    found = shown(queries.certificate_for(g.actor, certificate_id))
    key = found.certificate.file_key
    if found.state is rules.State.REVOKED:
        raise Refused(_("This certificate was revoked. Its file is no longer handed out."))
    if key == retention.GONE:
        raise Refused(_("The time for which this certificate is kept has run out. Its file is gone."))
    if key is None:
        raise Refused(_("The file is being made. Try again in a minute."))
    try:
        data = files().get(key)
    except FileMissing:
        raise Refused(_("The file is missing. Please tell your programme office.")) from None
    return file_response(data, rules.file_name(found.face.number, found.face.latin_name), "application/pdf")


@bp.post("/factories/<code>/certificates.zip", may=Permission.CERTIFICATES_DOWNLOAD)
def all_files(code: str) -> Response:
    factory = factory_by_code(g.actor, code, Permission.CERTIFICATES_DOWNLOAD)
    drawn = queries.drawn_of_factory(factory.id)
    if not drawn:
        raise Refused(_("There is no finished certificate yet."))
    audit.record(g.actor, "certificates.export", f"factory:{factory.id}", certificates=[row.id for row in drawn])
    wanted = [
        (rules.file_name(row.number, row.face["latin_name"]), row.file_key or "", row.rendered_at or row.issued_at)
        for row in drawn
    ]
    answer = FlaskResponse(archive.stream(wanted, files()), mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=f"certificates-{factory.code}.zip")
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _device(settings: Settings) -> str:
    """The address of the device as a keyed digest: counting needs no personal data."""
    address = (request.remote_addr or "").encode()
    return hmac.new(settings.secret_key.encode(), address, hashlib.sha256).hexdigest()


def _unlisted(response: FlaskResponse) -> FlaskResponse:
    """Keep the page out of search engines: whoever has the code may look, nobody may browse."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
