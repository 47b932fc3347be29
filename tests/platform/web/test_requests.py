"""What holds for every request: one transaction, headers, compression, clear errors, no forged posts."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError

from app.access.permissions import Permission
from app.api.door import PROBLEM
from app.factories.models import Programme
from app.platform.db import db
from app.platform.refusal import NotFound, Refused, TooMany
from app.platform.web import PUBLIC, Blueprint, file_response
from app.platform.web.addresses import own_path, page_address
from app.platform.web.application import is_busy

OWN = {"Sec-Fetch-Site": "same-origin"}
VALUES = {"name": {}, "country": "KH", "zone": "Asia/Phnom_Penh", "rest_days": [7], "languages": []}


def _write() -> str:
    code = request.args.get("code", "X")
    db.session.add(Programme(code=code, **VALUES))
    db.session.flush()
    return code


def _blueprint() -> Blueprint:
    bp = Blueprint("probe", __name__)

    @bp.route("/probe/write", methods=["GET", "POST"], may=PUBLIC)
    def write() -> str:
        return _write()

    @bp.post("/probe/fail/<kind>", may=PUBLIC)
    def fail(kind: str) -> tuple[str, int]:
        _write()
        refusals = {
            "refused": Refused("Not now."), "missing": NotFound(), "often": TooMany("Wait.", 30), "broken": KeyError("secret"),
        }
        if kind in refusals:
            raise refusals[kind]
        return "no", 422

    @bp.get("/probe/staff", may=Permission.AUDIT_READ)
    def staff() -> str:
        return "staff"

    @bp.get("/probe/long", may=PUBLIC)
    def long() -> str:
        return "cloth " * 1000

    @bp.get("/probe/file", may=PUBLIC)
    def file() -> object:
        return file_response(b"%PDF", 'វិញ្ញាបនបត្រ/../"x"\r\n.pdf', "application/pdf")

    return bp


class _Chunks(io.BytesIO):
    """As a body comes from a line: read from its beginning to its end, by a few bytes."""

    def readinto(self, buffer: Any) -> int:
        return super().readinto(memoryview(buffer)[:5000])


@pytest.fixture
def client(own_app: Flask) -> Iterator[FlaskClient]:
    own_app.register_blueprint(_blueprint())
    yield own_app.test_client()


def _programmes(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count(Programme.id))) or 0


def test_a_post_commits_once_and_a_get_never(own_app: Flask, client: FlaskClient) -> None:
    assert client.get("/probe/write").status_code == 200
    assert _programmes(own_app) == 0
    assert client.post("/probe/write", headers=OWN).status_code == 200
    assert _programmes(own_app) == 1


@pytest.mark.parametrize(
    ("kind", "status"), [("refused", 409), ("missing", 404), ("often", 429), ("broken", 500), ("invalid", 422)]
)
def test_what_fails_leaves_nothing(own_app: Flask, client: FlaskClient, kind: str, status: int) -> None:
    reply = client.post(f"/probe/fail/{kind}", headers=OWN)
    assert (reply.status_code, _programmes(own_app)) == (status, 0)
    assert "secret" not in reply.text
    assert "Traceback" not in reply.text
    if kind == "often":
        assert reply.headers["Retry-After"] == "30"


def test_scripts_get_a_small_fragment_of_an_error(client: FlaskClient) -> None:
    reply = client.post("/probe/fail/refused", headers={**OWN, "HX-Request": "true"})
    assert "Not now." in reply.text
    assert "<html" not in reply.text
    assert len(reply.data) < 1500


@pytest.mark.any_engine
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {}, {"Origin": "https://evil.example"},
        {"Origin": "null"}, {"Origin": "http://["}, {"Referer": "http://[x"}, {"Referer": "https://evil.example/"}, {"Origin": "https://evil.example", "Referer": "http://localhost/"},
    ],
)
def test_forged_posts_are_refused(own_app: Flask, client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/probe/write", headers=headers).status_code == 403
    assert _programmes(own_app) == 0


@pytest.mark.parametrize("headers", [OWN, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}, {"Referer": "http://localhost/x"}])
def test_own_posts_pass(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/probe/write", headers=headers).status_code == 200


def test_a_lost_race_runs_once_more_and_then_answers(own_app: Flask, client: FlaskClient) -> None:
    assert client.post("/probe/write?code=A", headers=OWN).status_code == 200
    assert client.post("/probe/write?code=A", headers=OWN).status_code == 500
    assert _programmes(own_app) == 1


@pytest.mark.parametrize(
    ("address", "options", "status"),
    [
        ("/courses/a%00b", {}, 303), ("/verify/a%00b", {}, 404), ("/verify?code=a%00b", {}, 400), ("/verify?%00=b", {}, 400),
        ("/sign-in", {"method": "POST", "data": {"email": "a\0@b.example", "password": "x"}}, 400),
        ("/probe/write", {"method": "POST", "data": {"file": (io.BytesIO(b"x"), "a\0.csv")}}, 400),
    ],
)
def test_nul_is_refused_alike_on_both_engines(client: FlaskClient, address: str, options: dict, status: int) -> None:
    """PostgreSQL cannot even look for a text with it."""
    assert client.open(address, headers=OWN, **options).status_code == status


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    ("address", "kind", "mimetype"),
    [
        ("/sign-in", "application/x-www-form-urlencoded", "text/html"), ("/sign-in", "multipart/form-data; boundary=b", "text/html"),
        ("/xapi/statements", "application/json", PROBLEM),
    ],
)
def test_a_body_that_is_too_long_is_refused_with_or_without_its_length(
    own_app: Flask, client: FlaskClient, address: str, kind: str, mimetype: str, chunked: bool
) -> None:
    """A server that takes chunks hands out a stream that says no length: its beginning is not taken for all of it."""
    own_app.config["MAX_CONTENT_LENGTH"] = 200_000
    before, after = (b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n', b"\r\n--b--\r\n") if "=b" in kind else (b"", b"")
    for length, too_long in ((200_001, True), (200_000, False)):
        body = _Chunks(before + b"x" * (length - len(before) - len(after)) + after)
        streamed = {"wsgi.input": body, "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
        given = {"environ_overrides": streamed} if chunked else {"data": body.read()}
        reply = client.post(address, headers=OWN, content_type=kind, **given)
        assert (reply.status_code == 413) is too_long, (length, reply.status_code)
        if too_long:
            assert reply.mimetype == mimetype


def test_another_page_keeps_the_query_in_the_query(own_app: Flask) -> None:
    """`url_for` reads `_scheme`, `_external`, `endpoint` and the names in the rule as something else than a query."""
    asked = "q=a+b&_scheme=javascript&_external=1&endpoint=x&code=OTHER&page=7"
    with own_app.test_request_context(f"/factories/F1/people?{asked}"):
        assert page_address(3) == "/factories/F1/people?q=a+b&_scheme=javascript&_external=1&endpoint=x&code=OTHER&page=3"


def test_two_who_wait_for_each_other_are_told_to_try_again() -> None:
    assert is_busy(DBAPIError("UPDATE", {}, Exception("deadlock detected")))
    assert not is_busy(DBAPIError("SELECT", {}, Exception("no such column")))


def test_headers_on_every_answer(client: FlaskClient) -> None:
    for address in ("/livez", "/nothing", "/probe/long", "/sign-in"):
        headers = client.get(address).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert {"Cookie", "HX-Request"} <= {part.strip() for part in headers["Vary"].split(",")}
        assert headers["X-Request-Id"]


def test_answers_are_compressed_as_asked(client: FlaskClient) -> None:
    plain = client.get("/probe/long")
    for encoding in ("br", "gzip"):
        packed = client.get("/probe/long", headers={"Accept-Encoding": encoding})
        assert packed.headers["Content-Encoding"] == encoding
        assert len(packed.data) < len(plain.data) / 10
    assert "Content-Encoding" not in plain.headers


def test_a_download_has_a_safe_name(client: FlaskClient) -> None:
    reply = client.get("/probe/file")
    disposition = reply.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert "filename*=UTF-8''%E1%9E" in disposition
    assert not {"\r", "\n", "/"} & set(disposition)
    assert "sandbox" in reply.headers["Content-Security-Policy"]


def test_who_is_not_signed_in_is_asked_to(client: FlaskClient) -> None:
    assert client.get("/probe/staff?a=b").headers["Location"] == "/sign-in?next=/probe/staff?a%3Db"
    assert client.get("/probe/staff", headers={"HX-Request": "true"}).status_code == 401


def test_foreign_hosts_are_refused(own_app: Flask) -> None:
    own_app.config["TRUSTED_HOSTS"] = ["seamwise.example"]
    assert own_app.test_client().get("/livez", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "/\\evil.example", "https:evil.example", "/%0d%0aLocation:x", "\t//e", "/a\nb", "", None, "javascript:alert(1)", "//["],
)
def test_foreign_paths(address: str | None) -> None:
    assert own_path(address) is None


def test_health(own_app: Flask) -> None:
    ready = own_app.test_client().get("/readyz")
    assert (ready.status_code, json.loads(ready.text)["ready"]) == (200, True)
