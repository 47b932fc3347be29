"""Three worlds for all tests of a module, each of which leaves them as they were."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.architecture.visiting import FACTORY, OWN, PROGRAMME, Worlds, present, undone
from tests.conftest import thrown_away
from tests.make import twins


@pytest.fixture(scope="module")
def made(shared_app: Flask) -> Iterator[Worlds]:
    """The worlds as they were made, in a transaction that lasts as long as the module."""
    with thrown_away(shared_app):
        yield dict(zip((OWN, FACTORY, PROGRAMME), twins.twins(), strict=True))


@pytest.fixture
def worlds(made: Worlds) -> Iterator[Worlds]:
    with undone():
        yield {whose: present(world) for whose, world in made.items()}
