"""Verification by code and by file, for everybody."""

import hashlib
import re

from flask import request, url_for
from werkzeug.datastructures import CombinedMultiDict, FileStorage
from werkzeug.wrappers import Response

from app.certificates import rules
from app.certificates.of_factories.pages import VerifyPage as FactoryPage
from app.certificates.of_factories.queries import certificates as factories
from app.certificates.of_factories.shown import shown as factory_shown
from app.certificates.verification import queries
from app.certificates.verification.answers import answer
from app.certificates.verification.forms import CodeForm, FileForm
from app.certificates.verification.pages import AnswerPage, AskPage
from app.certificates.verification.queries import Found
from app.certificates.verification.shape import shaped, unlisted
from app.certificates.verification.tries import TRIES, WINDOW, device
from app.platform.config import settings
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import PUBLIC, Blueprint, render, see_other
from app.platform.web.throttle import spend

bp = Blueprint("verification", __name__)

LARGEST_FILE = 10 * 1024 * 1024
DIGEST = re.compile(r"[0-9a-f]{64}")


@bp.get("/verify", may=PUBLIC)
def ask() -> Response:
    form = CodeForm(request.args)
    if "code" not in request.args:
        return _ask(form, FileForm())
    code = rules.grouped(rules.normal_code(form.code.data or ""))
    if not form.validate() or not code:
        return _ask(form, FileForm(), 422)
    return see_other(url_for(".verify", code=code))


@bp.get("/verify/<code>", may=PUBLIC)
def verify(code: str) -> Response:
    spend(f"verify:{device()}", TRIES, WINDOW)
    if not code.isprintable():
        raise NotFound  # no code has control characters, and no page may repeat them
    typed = rules.typed(code)
    # What cannot be a code is looked up too: every answer takes the same way.
    found, of_factory = queries.any_by_code(typed.code), factories.factory_certificate_by_code(typed.code)
    if of_factory is not None and not typed.is_mistyped:
        return _answer_of_factory(of_factory)
    asked = rules.grouped(rules.normal_code(code)[:40])
    return _answer(asked, None if typed.is_mistyped else found, is_mistyped=typed.is_mistyped)


@bp.post("/verify/file", may=PUBLIC)
def check_file() -> Response:
    """Only the digest of the file is made and asked about; nothing looks into it and nothing keeps it."""
    spend(f"verify-file:{device()}", TRIES, WINDOW)
    form = FileForm(CombinedMultiDict([request.files]))
    sent = form.file.data
    if not form.validate() or not isinstance(sent, FileStorage) or not sent.filename:
        form.file.errors = [_("Choose a file.")]
        return _ask(CodeForm(), form, 422)
    digest = _digest(sent)
    if digest is None:
        form.file.errors = [_("This file is too large to be one of ours.")]
        return _ask(CodeForm(), form, 422)
    return see_other(url_for(".file", digest=digest))


@bp.get("/verify/file/<digest>", may=PUBLIC)
def file(digest: str) -> Response:
    spend(f"verify:{device()}", TRIES, WINDOW)
    if not DIGEST.fullmatch(digest):
        raise NotFound
    found, of_factory = queries.any_by_digest(digest), factories.factory_certificate_by_digest(digest)
    if of_factory is not None:
        return _answer_of_factory(of_factory, is_about_file=True)
    return _answer(digest, found, is_about_file=True)


def _ask(form: CodeForm, file_form: FileForm, status: int = 200) -> Response:
    return unlisted(render(AskPage(form, file_form, settings().base_url), status))


def _answer(code: str, found: Found | None, *, is_mistyped: bool = False, is_about_file: bool = False) -> Response:
    page = AnswerPage(code, answer(found), is_mistyped, is_about_file, settings().base_url)
    return shaped(render(page, 200 if found else 404))


def _answer_of_factory(found: factories.Found, *, is_about_file: bool = False) -> Response:
    shown = factory_shown(found.certificate)
    page = FactoryPage(shown, found.successor, found.has_revoked_seal, is_about_file, settings().base_url)
    return shaped(render(page))


def _digest(sent: FileStorage) -> str | None:
    """SHA-256 of what was sent; None for what is larger than any certificate."""
    sent.stream.seek(0)  # the request may run a second time
    digest, read = hashlib.sha256(), 0
    while part := sent.stream.read(64 * 1024):
        digest.update(part)
        read += len(part)
        if read > LARGEST_FILE:
            return None
    return digest.hexdigest()
