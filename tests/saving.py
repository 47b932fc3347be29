"""What a test should not wait for: work that an earlier one has done already, and what is slow by intention."""

import os
import shutil
import tempfile
from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.engine import Connection
from sqlalchemy.engine.default import DefaultDialect

from app.accounts import secrets
from tests import addresses
from tests.counts import examples

_TEMPLATES = pytest.StashKey[str]()


def save_time(config: pytest.Config) -> None:
    """Compiles templates and addresses once, has a folder for the empty database, and keeps hashes and random examples cheap. `give_back` afterwards."""
    if not hasattr(config, "workerinput"):
        os.environ["TEST_TEMPLATES"] = config.stash[_TEMPLATES] = tempfile.mkdtemp(prefix="seamwise-templates-")
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(os.environ["TEST_TEMPLATES"])}
    addresses.compile_once()
    _write_savepoints_plainly()
    no_clock = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}  # a busy machine is no fault
    hypothesis.register_profile("seamwise", max_examples=examples(100), **no_clock)
    hypothesis.load_profile("seamwise")
    cheap = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
    secrets._PASSWORDS = secrets._PINS = cheap
    secrets._NOBODY = secrets._NO_PIN = cheap.hash("nobody")


def give_back(config: pytest.Config) -> None:
    if templates := config.stash.get(_TEMPLATES, None):
        shutil.rmtree(templates, ignore_errors=True)


def _write_savepoints_plainly() -> None:
    """Each commit in a test is a savepoint, and SQLAlchemy would compile its statement each time."""

    def saying(words: str) -> Callable[[DefaultDialect, Connection, str], None]:
        def say(_dialect: DefaultDialect, connection: Connection, name: str) -> None:
            connection.exec_driver_sql(f"{words} {name}")

        return say

    DefaultDialect.do_savepoint = saying("SAVEPOINT")
    DefaultDialect.do_rollback_to_savepoint = saying("ROLLBACK TO SAVEPOINT")
    DefaultDialect.do_release_savepoint = saying("RELEASE SAVEPOINT")
