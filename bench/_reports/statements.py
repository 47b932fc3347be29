"""How many statements one process stores in a second, in batches of a hundred, through the whole door. Beside them the
database holds what was loaded; no other statement was ever sent.
"""

import base64
import json
import time
from uuid import uuid4

from flask import Flask

from app.access.roles import Role
from app.api.tokens.rules import TokenScope, parts_of
from app.platform.db import db, transaction
from bench._site import site_on
from tests.make import accounts
from tests.make.tokens import token

BATCH, BATCHES = 100, 20


def statements_per_second(app: Flask) -> float:
    """Stored by POST, by the clock on the wall: reading, checking, writing, onto the disk, answering."""
    with app.app_context(), transaction():
        owner = accounts.account(Role.ADMINISTRATOR)
        key, secret = parts_of(token(owner, TokenScope.STATEMENTS_WRITE).text) or ("", "")
    headers = {
        "Authorization": f"Basic {base64.b64encode(f'{key}:{secret}'.encode()).decode()}",
        "X-Experience-API-Version": "2.0.0",
    }
    client = app.test_client()
    bodies = [json.dumps([_statement(number) for number in range(BATCH)]) for _ in range(BATCHES + 1)]
    _post(client, headers, bodies.pop())  # warm
    began = time.perf_counter()
    for body in bodies:
        _post(client, headers, body)
    return round(BATCH * BATCHES / (time.perf_counter() - began), 1)


def _post(client: object, headers: dict[str, str], body: str) -> None:
    answer = client.post("/xapi/statements", data=body, headers=headers, content_type="application/json")  # type: ignore[attr-defined]
    assert answer.status_code == 200, answer.text


def _statement(number: int) -> dict[str, object]:
    """With a result and a context, as courses send them."""
    return {
        "id": str(uuid4()), "actor": {"mbox": f"mailto:learner{number}@example.org", "name": "Learner"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}},
        "object": {"id": f"https://e.example.org/safety/{number % 20}", "definition": {"name": {"en": "Question"}}},
        "result": {"success": True, "score": {"scaled": 0.8}, "duration": "PT20S"},
        "context": {
            "registration": str(uuid4()), "contextActivities": {"parent": [{"id": "https://courses.example.org/safety"}]},
        },
        "timestamp": "2026-03-01T10:00:00Z",
    }  # fmt: skip


if __name__ == "__main__":
    for engine in ("sqlite", "postgresql"):
        with site_on(engine) as (made, _processes):
            print(json.dumps({"statements_per_second": round(statements_per_second(made)), "engine": engine}))
            with made.app_context():
                db.session.remove()
