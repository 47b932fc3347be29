"""Addresses of programs: tokens count and cookies do not; every failure is a problem that a program reads."""

import pytest

from app.access.roles import Role
from tests.browse import Browse
from tests.make import accounts

PROBLEM = "application/problem+json"


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1/nothing", "/api/v1/../nothing", "/api/v2"])
def test_what_is_not_there_is_a_problem(browse: Browse, path: str) -> None:
    reply = browse.as_account(accounts.account(Role.ADMINISTRATOR)).get(path)
    problem = reply.response.get_json(force=True)
    assert (reply.status, reply.response.mimetype, problem["status"], problem["title"]) == (404, PROBLEM, 404, "Not Found")
    assert problem["instance"] == f"urn:request:{reply.response.headers['X-Request-Id']}"
    assert "Set-Cookie" not in reply.response.headers


def test_pages_stay_pages(browse: Browse) -> None:
    assert browse.get("/apis").response.mimetype == "text/html"
