"""A site with an address of its own and a set of keys."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.make.keys import Site


@pytest.fixture
def site(app: Flask, tmp_path: Path) -> Iterator[Site]:
    """It is `https://training.example`, and what it signs it signs with keys of this test."""
    before = app.extensions["settings"]
    app.extensions["settings"] = dataclasses.replace(
        before, base_url="https://training.example", certificate_keys_dir=tmp_path / "keys", organisation="Meridian"
    )
    made = Site(tmp_path / "keys")
    made.rotate("first")
    yield made
    app.extensions["settings"] = before
