"""Certificates are drawn with the documents' own fonts; keys lie in a folder of each test's own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.platform.documents.conftest import fonts

__all__ = ["fonts", "own_keys"]


@pytest.fixture
def own_keys(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """An empty folder for keys."""
    usual = app.extensions["settings"]
    folder = tmp_path / "private"
    app.extensions["settings"] = replace(usual, certificate_keys_dir=folder)
    yield folder
    app.extensions["settings"] = usual
