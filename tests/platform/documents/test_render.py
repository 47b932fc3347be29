"""Data in, PDF out; and what happens when that cannot be."""

import io
import os
import threading
from pathlib import Path

import pypdf
import pytest

from app.platform.documents import process
from app.platform.documents.errors import DocumentFailed, DocumentRefused
from app.platform.documents.render import render, render_png

LETTER = """
#import "/data.typ": d
#set document(title: d.title)
#set text(font: "Noto Sans")
#d.text
"""
DAY = {"date": "2026-11-12"}


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return written(tmp_path, LETTER)


def written(folder: Path, source: str) -> Path:
    file = folder / "letter.typ"
    file.write_text(source, encoding="utf-8")
    return file


def letter(text: str) -> dict[str, object]:
    return {**DAY, "title": "Letter", "text": text}


def test_makes_a_pdf_with_title_and_date_from_the_data(template: Path, fonts: Path) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(template, letter("Good day"), fonts=fonts)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Letter"
    assert str(reader.metadata.creation_date) == "2026-11-12 00:00:00+00:00"
    assert "Good day" in reader.pages[0].extract_text()


def test_the_same_data_gives_the_same_bytes(template: Path, fonts: Path) -> None:
    first = render(template, letter("Good day"), fonts=fonts)
    process.room.close()
    assert render(template, letter("Good day"), fonts=fonts) == first
    assert render(template, letter("Good night"), fonts=fonts) != first


def test_text_is_never_code(template: Path, fonts: Path) -> None:
    hostile = '#read("/etc/passwd") #import "x.typ" $<a> #panic() ` ``` \\u0060'
    reader = pypdf.PdfReader(io.BytesIO(render(template, letter(hostile), fonts=fonts)))
    assert reader.pages[0].extract_text().strip() == hostile


def test_nothing_of_one_document_is_found_in_the_next(template: Path, fonts: Path) -> None:
    made = [render(template, letter(text), fonts=fonts) for text in ("Good day", "Good night", "Good day")]
    read = [pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().strip() for pdf in made]
    assert read == ["Good day", "Good night", "Good day"]
    assert made[0] == made[2]


def test_a_character_without_a_glyph_is_refused(template: Path, fonts: Path) -> None:
    with pytest.raises(DocumentRefused, match="😀"):
        render(template, letter("Grace 😀"), fonts=fonts)
    assert render(template, letter("Grace"), fonts=fonts).startswith(b"%PDF")


def test_a_picture_is_png(template: Path, fonts: Path) -> None:
    assert render_png(template, letter("Good day"), fonts=fonts).startswith(b"\x89PNG")


@pytest.mark.parametrize("source", ["#panic(1)", "#let x = (", '#read("/etc/passwd")', '#read("../../etc/passwd")'])
def test_a_broken_template_fails_and_the_next_one_works(
    tmp_path: Path, template: Path, fonts: Path, source: str
) -> None:
    (tmp_path / "other").mkdir()
    with pytest.raises(DocumentFailed):
        render(written(tmp_path / "other", source), DAY, fonts=fonts)
    assert render(template, letter("Good day"), fonts=fonts).startswith(b"%PDF")


def test_packages_from_the_network_are_out_of_reach(tmp_path: Path, fonts: Path) -> None:
    with pytest.raises(DocumentFailed, match="failed to download"):
        render(written(tmp_path, '#import "@preview/cetz:0.3.0": *'), DAY, fonts=fonts)


def test_a_template_that_hangs_is_stopped(
    tmp_path: Path, template: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "TIMEOUT_SECONDS", 0.5)
    spin = "#for i in range(10000) { for j in range(10000) { let product = i * j } }"
    with pytest.raises(DocumentFailed, match=r"not ready after 0\.5 seconds"):
        render(written(tmp_path, spin), DAY, fonts=fonts)
    monkeypatch.undo()
    assert render(written(tmp_path, LETTER), letter("Good day"), fonts=fonts).startswith(b"%PDF")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no memory limits")
def test_a_template_that_swells_is_stopped(tmp_path: Path, fonts: Path) -> None:
    with pytest.raises(DocumentFailed, match="memory"):
        render(written(tmp_path, "#let a = range(100000000)\n#a.len()"), DAY, fonts=fonts)
    assert render(written(tmp_path, LETTER), letter("Good day"), fonts=fonts).startswith(b"%PDF")


def test_missing_fonts_and_dates_are_said(template: Path, tmp_path: Path, fonts: Path) -> None:
    with pytest.raises(DocumentFailed, match="no fonts"):
        render(template, letter("Good day"), fonts=tmp_path)
    with pytest.raises(DocumentFailed, match="date"):
        render(template, {"title": "Letter", "text": ""}, fonts=fonts)


def test_threads_share_one_press(template: Path, fonts: Path) -> None:
    made: list[bytes] = []
    threads = [
        threading.Thread(target=lambda n=n: made.append(render(template, letter(f"Good day {n % 2}"), fonts=fonts)))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 2


def test_a_worn_press_is_replaced(template: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process.room.close()
    monkeypatch.setattr(process, "DOCUMENTS_PER_PRESS", 2)
    started = []
    monkeypatch.setattr(process, "Press", lambda *how, make=process.Press: started.append(1) or make(*how))
    for _ in range(5):
        render(template, letter("Good day"), fonts=fonts)
    assert len(started) == 3


def test_what_is_large_has_more_time_and_a_press_of_its_own(
    tmp_path: Path, template: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process.room.close()
    started: list[tuple[object, ...]] = []
    monkeypatch.setattr(process, "Press", lambda *how, make=process.Press: started.append(how) or make(*how))
    for times in (1, 3, 1, 3):
        render(template, letter("Good day"), fonts=fonts, times=times)
    assert [times for _, times in started] == [1, 3, 3]
    monkeypatch.setattr(process, "TIMEOUT_SECONDS", 0.2)
    spin = "#for i in range(10000) { for j in range(10000) { let product = i * j } }"
    with pytest.raises(DocumentFailed, match=r"not ready after 0\.6 seconds"):
        render(written(tmp_path, spin), DAY, fonts=fonts, times=3)
