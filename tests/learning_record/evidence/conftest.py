"""Packs are signed with keys in a folder of each test's own, and drawn with the documents' own fonts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.platform.config import settings
from tests.make import evidence
from tests.make.evidence import Site


@pytest.fixture
def own_keys(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A site with keys."""
    folder, usual = tmp_path / "keys", settings()
    app.extensions["settings"] = replace(usual, certificate_keys_dir=folder)
    evidence.sign()
    yield folder
    app.extensions["settings"] = usual


@pytest.fixture
def site(own_keys: Path) -> Site:
    return evidence.site()
