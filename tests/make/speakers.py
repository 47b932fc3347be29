"""Programs that speak xAPI."""

import base64
import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.models import Account
from app.api.tokens.rules import TokenScope, parts_of
from app.api.xapi.models import KnownAs
from app.factories.models import Person
from app.platform.db import db
from tests.browse import Browse
from tests.make.tokens import token

BOTH = (TokenScope.STATEMENTS_READ, TokenScope.STATEMENTS_WRITE)


@dataclass
class Speaker:
    """A program with a token."""

    browse: Browse
    header: str
    version: str = "2.0.0"

    def ask(self, method: str, path: str, value: Any = None, **options: Any) -> TestResponse:
        """`value` goes as JSON."""
        headers = {"Authorization": self.header, "X-Experience-API-Version": self.version, **options.pop("headers", {})}
        if value is not None:
            options |= {"data": json.dumps(value), "content_type": "application/json"}
        return self.browse._open(method, f"/xapi/{path}", headers=headers, **options).response

    def get(self, path: str, **asked: Any) -> TestResponse:
        """Anything but a string is asked for in JSON."""
        query = {name: value if isinstance(value, str) else json.dumps(value) for name, value in asked.items()}
        return self.ask("GET", path, query_string=query)

    def say(self, *statements: dict[str, Any]) -> TestResponse:
        return self.ask("POST", "statements", list(statements))

    def found(self, **asked: Any) -> list[str]:
        """Ids of the statements that are found, newest first."""
        return [each["id"] for each in self.get("statements", **asked).get_json()["statements"]]


def speaker(app: Flask, owner: Account, *scopes: TokenScope, **narrowed: object) -> Speaker:
    """A program with a token of an account."""
    key, secret = parts_of(token(owner, *(scopes or BOTH), **narrowed).text) or ("", "")  # type: ignore[arg-type]
    return Speaker(Browse(app), f"Basic {base64.b64encode(f'{key}:{secret}'.encode()).decode()}")


def statement(**values: Any) -> dict[str, Any]:
    """Somebody experienced something."""
    return {
        "id": str(uuid4()), "actor": {"mbox": "mailto:learner@example.org"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
        "object": {"id": "https://courses.example.org/safety"}, **values,
    }  # fmt: skip


def voiding(statement_id: str, **values: Any) -> dict[str, Any]:
    """One that takes another back."""
    verb, about = {"id": "http://adlnet.gov/expapi/verbs/voided"}, {"objectType": "StatementRef", "id": statement_id}
    return statement(verb=verb, object=about, **values)


def account_of(person: Person, name: str = "") -> dict[str, Any]:
    """A person of ours, as other systems name her."""
    made = name or uuid4().hex
    db.session.add(KnownAs(name=made, person_id=person.id))
    db.session.flush()
    return {"account": {"homePage": "http://localhost", "name": made}}
