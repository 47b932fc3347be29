"""What the hashes of the product cost; the tests themselves hash cheaply (see `tests/conftest.py`)."""

import importlib.util
from types import ModuleType

import pytest

from app.accounts import secrets


@pytest.fixture(scope="module")
def real() -> ModuleType:
    """The module as the product loads it."""
    found = importlib.util.spec_from_file_location("real_secrets", secrets.__file__)
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_a_password_costs_19_mib_and_two_passes(real: ModuleType) -> None:
    hashed = real.hash_password("a long enough password")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert real.password_matches("a long enough password", hashed)
    assert not real.password_matches("another password", hashed)


def test_a_pin_costs_4_mib_and_one_pass(real: ModuleType) -> None:
    hashed = real.hash_pin("4711", "pepper")
    assert hashed.startswith("$argon2id$v=19$m=4096,t=1,p=1$")
    assert real.pin_matches("4711", hashed, "former", "pepper")
    assert not real.pin_matches("4711", hashed, "other")


def test_nobody_costs_as_much_as_somebody(real: ModuleType) -> None:
    cost = "$argon2id$v=19$m=19456,t=2,p=1$", "$argon2id$v=19$m=4096,t=1,p=1$"
    assert (real._NOBODY[: len(cost[0])], real._NO_PIN[: len(cost[1])]) == cost
