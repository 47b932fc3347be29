"""What docs/api.md tells programmers to do works as it stands there."""

import re
import shlex
from datetime import timedelta
from pathlib import Path
from string import Template

import pytest
import time_machine

from app.access.roles import Role
from app.api.tokens.rules import TokenScope
from app.api.v1.asked import BEGINNING
from app.api.v1.resources import RESOURCES
from app.platform.clock import now
from app.platform.config import settings
from tests.browse import Browse
from tests.make import accounts, completions, courses
from tests.make import factories as make
from tests.make.tokens import token

GUIDE = Path("docs/api.md").read_text(encoding="utf-8")
STEPS = re.findall(r"^(curl .+?) +# (\d{3})(.*)$", GUIDE, re.MULTILINE)


def test_every_step_works(browse: Browse) -> None:
    factory, version = make.factory(), courses.version()
    for _person in range(3):
        completions.completion(make.person(factory), version, factory)
    owner = accounts.account(Role.ADMINISTRATOR)
    known = {"SITE": settings().base_url, "FACTORY": factory.code, "TOKEN": token(owner, *TokenScope).text, "NARROW": token(owner, TokenScope.FACTORIES_READ).text}
    for line, status, _why in STEPS:
        words = shlex.split(Template(line).substitute(known))
        headers = dict(words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H")
        path = words[-1].removeprefix(known["SITE"])
        ask = browse.post if "POST" in words else browse.get
        with time_machine.travel(now() + timedelta(minutes=1), tick=False):  # then all is settled that was written
            response = ask(path, headers=headers).response
        assert response.status_code == int(status), line
        if response.status_code == 200:
            known |= {"CURSOR": response.get_json().get("next_cursor") or "", "ETAG": response.headers["ETag"]}
        elif response.status_code != 304:
            assert response.get_json(force=True)["instance"], line


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_every_list_is_there(resource: object) -> None:
    assert f"/api/v1/{resource.name}" in GUIDE  # type: ignore[attr-defined]


def test_changes_begin_where_the_page_says() -> None:
    assert f"updated_since={BEGINNING}" in GUIDE
