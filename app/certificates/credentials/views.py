"""What verifiers and holders fetch. Everything is signed already; nothing here signs."""

import hashlib
import hmac
import json
from datetime import timedelta

from flask import Response as FlaskResponse
from flask import g, make_response, request
from werkzeug.wrappers import Response

from app.certificates import queries as certificates
from app.certificates import rules as codes
from app.certificates.credentials import document, handing, queries, reading, rules
from app.certificates.credentials.making import organisation
from app.certificates.credentials.pages import IssuerPage, SharePage
from app.certificates.credentials.rules import Purpose, Shape
from app.certificates.shown import Shown, shown
from app.platform.config import settings
from app.platform.refusal import NotFound
from app.platform.web import PUBLIC, SIGNED_IN, Blueprint, file_response, render
from app.platform.web.throttle import spend

bp = Blueprint("credentials", __name__)

TRIES, WINDOW = 30, timedelta(minutes=1)
MEDIA = {Shape.JWT: "application/vc+jwt", Shape.EMBEDDED: "application/vc"}
JSON_LD = "application/ld+json"


@bp.get("/issuer", may=PUBLIC)
def issuer() -> Response:
    """For programs a controller document, for people a page: whoever prefers HTML to JSON is a person."""
    rows, by = queries.all_keys(), organisation()
    asked = request.accept_mimetypes
    if asked["text/html"] > max(asked["application/json"], asked[JSON_LD]):
        keyed = [(row, key.multikey) for row in rows for key in reading.public_keys([row])]
        return _open(render(IssuerPage(by.name, by.address, keyed)))
    return _open(_json(document.controller(by, reading.public_keys(rows)), JSON_LD))


@bp.get("/.well-known/jwt-vc-issuer/issuer", may=PUBLIC)
def key_set() -> Response:
    return _open(_json(document.key_set(organisation(), reading.public_keys(queries.all_keys())), "application/json"))


@bp.get("/credentials/status/<listed>", may=PUBLIC)
def status(listed: str) -> Response:
    bare, _dot, ending = listed.rpartition(".")
    asked = request.accept_mimetypes
    shape = Shape.JWT if asked[MEDIA[Shape.JWT]] > asked[MEDIA[Shape.EMBEDDED]] else Shape.EMBEDDED
    if bare:
        if ending not in set(Shape):
            raise NotFound
        listed, shape = bare, Shape(ending)
    stored = _stored_list(listed)
    answer = _open(make_response(stored.shaped(shape)))
    answer.content_type = MEDIA[shape]
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest())
    answer.cache_control.public = True
    answer.cache_control.max_age = round(rules.COPIES_ARE_KEPT.total_seconds())
    return answer.make_conditional(request)


def _stored_list(name: str) -> reading.Signed:
    parsed = rules.parse_list_name(name)
    row = queries.status_list(parsed[0]) if parsed else None
    if parsed is None or row is None:
        raise NotFound
    text = row.revocation if parsed[1] is Purpose.REVOCATION else row.suspension
    if text is None:
        raise NotFound  # nothing is signed yet, so nobody has a credential that points here
    return reading.read(text)


@bp.get("/c/<code>", may=PUBLIC)
def share(code: str) -> Response:
    found = _by_code(code)
    asked = codes.grouped(codes.normal_code(code))[:40]
    address = rules.share_address(settings().base_url, found.certificate.code) if found else ""
    page = SharePage(
        shown=found,
        code=asked,
        address=address,
        has_credential=found is not None and found.has_credential,
        linkedin=handing.linkedin(found, settings().organisation, address) if found else "",
        organisation=settings().organisation,
    )
    return _unlisted(render(page, 200 if found else 404))


@bp.get("/c/<code>/credential.<ending>", may=PUBLIC)
def shared(code: str, ending: str) -> Response:
    found = _by_code(code)
    if found is None or ending not in set(Shape):
        raise NotFound
    return _handed_out(found, Shape(ending))


@bp.get("/certificates/<int:certificate_id>/credential", may=SIGNED_IN)
def own(certificate_id: int) -> Response:
    return _handed_out(shown(certificates.certificate_for(g.actor, certificate_id)), Shape.EMBEDDED)


def _by_code(code: str) -> Shown | None:
    """The certificate of a code. Tries count together with those of the verification page: it is the same secret."""
    device = (request.remote_addr or "").encode()
    digest = hmac.new(settings().secret_key.encode(), device, hashlib.sha256).hexdigest()
    spend(f"verify:{digest}", TRIES, WINDOW)
    if not code.isprintable():
        raise NotFound  # no code has control characters, and no page may repeat them
    found = certificates.by_code(code)
    return shown(found) if found else None


def _handed_out(found: Shown, shape: Shape) -> Response:
    data = handing.credential(found).shaped(shape)
    return _unlisted(file_response(data, handing.file_name(found, shape), MEDIA[shape]))


def _json(content: document.Json, media_type: str) -> FlaskResponse:
    answer = make_response(json.dumps(content, ensure_ascii=False, indent=1))
    answer.content_type = media_type
    answer.cache_control.public = True
    answer.cache_control.max_age = round(rules.COPIES_ARE_KEPT.total_seconds())
    return answer


def _open(answer: FlaskResponse) -> FlaskResponse:
    """Programs of other sites may read it: it is meant for them, and says nothing about who asks."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.vary.add("Accept")
    return answer


def _unlisted(answer: FlaskResponse) -> FlaskResponse:
    """Keep it out of search engines: whoever has the code may look, nobody may browse."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
