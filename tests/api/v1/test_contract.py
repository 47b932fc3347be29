"""A judge that is not ours holds every address to the document, with questions that fit it and questions that do not.

It runs the application in this process. Few examples usually, many in `./dev test long`.
"""

import collections
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
import sqlalchemy as sa
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema
from schemathesis.transport.wsgi import WSGITransport

from app.access.roles import Role
from app.accounts.models import RoleGrant
from app.api import door
from app.api.tokens.rules import TokenScope
from app.platform.db import db
from tests.counts import IS_LONG
from tests.make import accounts, certificates, completions, courses, coverage, sessions
from tests.make import factories as make
from tests.make.tokens import token

pytestmark = [pytest.mark.slow, pytest.mark.any_engine, pytest.mark.filterwarnings("ignore")]  # of the judge's own
EXAMPLES = 50 if IS_LONG else 2
SOME = r"/(people|coverage|indicators|factories/\{code\}|completions/\{id\})$"
"""Asked usually: all addresses are made alike."""
OF_A_NETWORK = {"max_redirects", "verify", "cert", "proxies", "timeout", "session", "allow_redirects", "stream"}


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge hands the way to an application of this process what only a network knows."""
    send = WSGITransport.send

    def without(self: Any, case: Any, **named: Any) -> Any:
        return send(self, case, **{name: value for name, value in named.items() if name not in OF_A_NETWORK})

    monkeypatch.setattr(WSGITransport, "send", without)


@dataclass(frozen=True)
class Bearer:
    """Whose token it is, and what it may: everything; a part of it, of one factory; nothing, as its owner lost the role."""

    role: Role
    scopes: tuple[TokenScope, ...]
    is_retired: bool = False
    some: str = SOME


EVERYTHING = Bearer(Role.ADMINISTRATOR, tuple(TokenScope))
PART = Bearer(Role.FOCAL_POINT, (TokenScope.PEOPLE_READ, TokenScope.COMPLETIONS_READ), some=r"/(people|indicators)$")
RETIRED = Bearer(Role.ADMINISTRATOR, tuple(TokenScope), is_retired=True, some=r"/completions$")


@pytest.fixture
def key(own_app: Flask, bearer: Bearer) -> dict[str, str]:
    """A token, and something that it might see."""
    with own_app.app_context():
        version = courses.version()
        coverage.require(make.programme(), version)
        for number in range(3):
            factory = make.factory(f"KH-{number:03d}")
            certificates.drawn(certificates.certificate(make.person(factory), factory, version))
            completions.completion(make.person(factory), version, factory, withdrawn_at=completions.AT)
        sessions.training(version=version)
        place = {} if bearer.role is Role.ADMINISTRATOR else {"factory": factory}
        owner = accounts.account(bearer.role, **place)
        made = token(owner, *bearer.scopes)
        if bearer.is_retired:
            db.session.execute(sa.delete(RoleGrant).where(RoleGrant.account_id == owner.id))
        db.session.commit()
        return made.header


@pytest.mark.sampled
@pytest.mark.parametrize("bearer", [EVERYTHING, PART, RETIRED], ids=["everything", "part", "retired"])
def test_every_address_keeps_to_the_document(
    own_app: Flask, bearer: Bearer, key: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "MOST_A_MINUTE", 10**9)
    config = SchemathesisConfig.from_dict({
        "headers": {**key, "Accept-Encoding": "identity"}, "seed": 7, "workers": 1,
        "phases": {"stateful": {"enabled": False}},  # nothing is written; the judge cannot follow links in a process
        "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none", "no-shrink": True},
    })  # fmt: skip
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", own_app, config=config)
    if not IS_LONG:
        schema = schema.include(path_regex=bearer.some)
    faults, asked = [], collections.Counter[str]()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            asked[event.phase.value] += len(event.recorder.interactions)
            faults += [
                f"{event.recorder.label}: {check.name}: {check.failure_info.failure if check.failure_info else ''}"
                for checks in event.recorder.checks.values() for check in checks if check.status is Status.FAILURE
            ]  # fmt: skip
        elif isinstance(event, events.NonFatalError | events.FatalError):
            faults.append(str(event.info if isinstance(event, events.NonFatalError) else event.exception))
    print(dict(asked))
    assert not faults, "\n".join(sorted(set(faults)))
    assert sum(asked.values()) > (600 if IS_LONG else 20)
