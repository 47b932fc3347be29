"""The page, the worker and the manifest of the kit: the same for everybody, in each language."""

import json

import pytest
from flask import Flask

from app.platform.i18n.languages import SITE_LANGUAGES
from tests.attendance.conftest import Hall
from tests.browse import Browse


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", SITE_LANGUAGES)
def test_the_page_in_each_language(app: Flask, language: str) -> None:
    reply = Browse(app).get(f"/kit/{language}")
    assert reply.status == 200
    assert reply.page is not None
    assert reply.page.get("lang") == language
    assert reply.response.headers["Cache-Control"] == "no-cache"


def test_nothing_in_it_depends_on_who_asks(app: Flask, hall: Hall) -> None:
    own = Browse(app).as_account(hall.account)
    assert own.get("/kit/en").response.data == Browse(app).get("/kit/en").response.data
    assert hall.account.name not in own.get("/kit/en").text


def test_an_unchanged_page_is_not_sent_again(app: Flask) -> None:
    browse = Browse(app)
    mark = browse.get("/kit/en").response.headers["ETag"]
    assert browse.client.get("/kit/en", headers={"If-None-Match": mark}).status_code == 304


def test_the_start_leads_to_the_own_language(app: Flask) -> None:
    assert app.test_client().get("/kit/", headers={"Accept-Language": "ar"}).headers["Location"] == "/kit/ar"
    assert app.test_client().get("/kit/tlh").status_code == 404


def test_page_and_worker_are_of_one_version(app: Flask) -> None:
    client = app.test_client()
    told = json.loads(client.get("/kit/worker.js").text.split("= ", 1)[1].split(";\n", 1)[0])
    assert f'<meta name="kit-version" content="{told["version"]}">' in client.get("/kit/vi").text
    assert [*told["languages"]] == [*SITE_LANGUAGES]
    assert not [name for name in told["files"] if not name.startswith("/assets/")]
