"""What verifiers and holders fetch. Everything is signed already; nothing here signs."""

import hashlib
import json

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
from app.certificates.signing import rows
from app.certificates.verification import queries as verification
from app.certificates.verification.answers import Answer, answer
from app.certificates.verification.shape import shaped, unlisted
from app.certificates.verification.tries import TRIES, WINDOW, device
from app.platform.config import settings
from app.platform.refusal import NotFound
from app.platform.web import PUBLIC, SIGNED_IN, Blueprint, file_response, render
from app.platform.web.throttle import spend

bp = Blueprint("credentials", __name__)

MEDIA = {Shape.JWT: "application/vc+jwt", Shape.EMBEDDED: "application/vc"}
JSON_LD = "application/ld+json"


@bp.get("/issuer", may=PUBLIC)
def issuer() -> Response:
    """For programs a controller document, for people a page: whoever prefers HTML to JSON is a person."""
    keys, by = rows.good_keys(), organisation()
    asked = request.accept_mimetypes
    if asked["text/html"] > max(asked["application/json"], asked[JSON_LD]):
        keyed = [(row, key.multikey) for row in keys for key in reading.public_keys([row])]
        return _open(render(IssuerPage(by.name, by.address, keyed)))
    return _open(_json(document.controller(by, reading.public_keys(keys)), JSON_LD))


@bp.get("/.well-known/jwt-vc-issuer/issuer", may=PUBLIC)
def key_set() -> Response:
    return _open(_json(document.key_set(organisation(), reading.public_keys(rows.good_keys())), "application/json"))


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
    reply = _open(make_response(stored.shaped(shape)))
    reply.content_type = MEDIA[shape]
    reply.set_etag(hashlib.sha256(reply.get_data()).hexdigest())
    reply.cache_control.public = True
    reply.cache_control.max_age = round(rules.COPIES_ARE_KEPT.total_seconds())
    return reply.make_conditional(request)


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
    address = rules.share_address(settings().base_url, found.shown.certificate.code) if found else ""
    page = SharePage(
        answer=found,
        code=codes.grouped(codes.normal_code(code)[:40]),
        address=address,
        linkedin=handing.linkedin(found.shown, settings().organisation, address) if found else "",
        organisation=settings().organisation,
    )
    return shaped(render(page, 200 if found else 404))


@bp.get("/c/<code>/credential.<ending>", may=PUBLIC)
def shared(code: str, ending: str) -> Response:
    found = _by_code(code)
    if found is None or ending not in set(Shape):
        raise NotFound
    return _handed_out(found.shown, Shape(ending))


@bp.get("/certificates/<int:certificate_id>/credential", may=SIGNED_IN)
def own(certificate_id: int) -> Response:
    return _handed_out(shown(certificates.certificate_for(g.actor, certificate_id)), Shape.EMBEDDED)


def _by_code(code: str) -> Answer | None:
    """What is known by a code. Tries count together with those of the verification page: it is the same secret."""
    spend(f"verify:{device()}", TRIES, WINDOW)
    if not code.isprintable():
        raise NotFound  # no code has control characters, and no page may repeat them
    typed = codes.typed(code)
    found = verification.any_by_code(typed.code)
    return None if typed.is_mistyped else answer(found)


def _handed_out(found: Shown, shape: Shape) -> Response:
    data = handing.credential(found).shaped(shape)
    return unlisted(file_response(data, handing.file_name(found, shape), MEDIA[shape]))


def _json(content: document.Json, media_type: str) -> FlaskResponse:
    reply = make_response(json.dumps(content, ensure_ascii=False, indent=1))
    reply.content_type = media_type
    reply.cache_control.public = True
    reply.cache_control.max_age = round(rules.COPIES_ARE_KEPT.total_seconds())
    return reply


def _open(reply: FlaskResponse) -> FlaskResponse:
    """Programs of other sites may read it: it is meant for them, and says nothing about who asks."""
    reply.headers["Access-Control-Allow-Origin"] = "*"
    reply.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    reply.vary.add("Accept")
    return reply
