"""What one answer of the read API costs: a list of 100 completions, with its token and its count of requests."""

import sys
import time
from pathlib import Path

from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.access.roles import Role
from app.api import door
from app.api.tokens.rules import TokenScope
from app.platform.db import db
from bench._site import site_on
from tests.make import accounts, completions, courses, factories
from tests.make.tokens import token

PEOPLE, TIMES = 120, 100
MOST = 10.0


def api_list_cpu_ms(app: Flask) -> float:
    """CPU milliseconds of this process for one list of 100 completions, on whatever else the database holds."""
    door.MOST_A_MINUTE = 10**9
    with app.app_context():
        factory, version = factories.factory(), courses.version()
        for _person in range(PEOPLE):
            completions.completion(factories.person(factory), version, factory)
        key = token(accounts.account(Role.ADMINISTRATOR), TokenScope.COMPLETIONS_READ).header
        code = factory.code
        db.session.commit()
    client, path = app.test_client(), f"/api/v1/completions?limit=100&factory={code}"
    for _warm in range(5):
        assert len(client.get(path, headers=key).get_json()["items"]) == 100
    began = time.process_time()
    for _time in range(TIMES):
        client.get(path, headers=key)
    return round((time.process_time() - began) * 1000 / TIMES, 2)


if __name__ == "__main__":
    with site_on(sys.argv[1] if len(sys.argv) > 1 else "sqlite") as (site, _processes):
        print(api_list_cpu_ms(site))
