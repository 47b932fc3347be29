"""Fonts come out of the installed packages, once."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.platform.documents.fonts import ROOT, prepare_fonts


def test_copies_regular_and_bold_of_each_family_and_nothing_the_second_time(tmp_path: Path) -> None:
    assert prepare_fonts(ROOT / "node_modules", tmp_path) == 18
    assert prepare_fonts(ROOT / "node_modules", tmp_path) == 0
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".ttf"] * 18


def test_mends_a_font_that_was_cut_short(tmp_path: Path) -> None:
    prepare_fonts(ROOT / "node_modules", tmp_path)
    font = tmp_path / "NotoSansKhmer_400Regular.ttf"
    whole = font.read_bytes()
    font.write_bytes(whole[:100])
    assert prepare_fonts(ROOT / "node_modules", tmp_path) == 1
    assert font.read_bytes() == whole


def test_names_the_package_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="NotoSans_400Regular"):
        prepare_fonts(tmp_path / "node_modules", tmp_path / "fonts")


def test_set_up_needs_the_standard_library_alone() -> None:
    command = [sys.executable, "-S", "-m", "app.platform.documents.fonts"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
