"""Fonts for every test that makes a document."""

from pathlib import Path

import pytest

from app.platform.documents.fonts import ROOT, prepare_fonts


@pytest.fixture(scope="session")
def fonts() -> Path:
    folder = ROOT / "build" / "fonts"
    prepare_fonts(ROOT / "node_modules", folder)
    return folder
