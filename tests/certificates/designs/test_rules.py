"""Texts with placeholders, and colours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.certificates.designs.colours import (
    INK_CONTRAST,
    INKS,
    PAPER,
    THREAD_CONTRAST,
    THREADS,
    WHITE,
    contrast,
    darker,
    is_colour,
    is_readable,
)
from app.certificates.designs.rules import PLACEHOLDERS, Refusal, TextFault, fill, text_fault

VALUES = {name: f"<{name}>" for name in PLACEHOLDERS}


def test_placeholders_are_filled() -> None:
    assert fill("{name} took {course}, {hours} hours.", VALUES) == "<name> took <course>, <hours> hours."


def test_a_value_is_never_looked_at_again() -> None:
    assert fill("{name}: {course}", VALUES | {"name": "{course}{number}"}) == "{course}{number}: <course>"


def test_a_line_with_nothing_to_say_is_left_out() -> None:
    assert fill("Well done, {name}.\nValid until {valid_until}.", VALUES | {"valid_until": ""}) == "Well done, <name>."


@pytest.mark.parametrize(
    ("text", "fault", "place", "found"),
    [
        ("{name.__class__}", TextFault.UNKNOWN, 1, "{name.__class__}"),
        ("Hi {0}", TextFault.UNKNOWN, 4, "{0}"),
        ("{{config}}", TextFault.UNKNOWN, 1, "{{config}"),
        ("${7*7}", TextFault.UNKNOWN, 2, "{7*7}"),
        ("#{7*7}", TextFault.UNKNOWN, 2, "{7*7}"),
        ("{%include 'x'%}", TextFault.UNKNOWN, 1, "{%include 'x'%}"),
        ("{name!r}", TextFault.UNKNOWN, 1, "{name!r}"),
        ("{name:>9999999}", TextFault.UNKNOWN, 1, "{name:>9999999}"),
        ("{Name}", TextFault.UNKNOWN, 1, "{Name}"),
        ("{ name }", TextFault.UNKNOWN, 1, "{ name }"),
        ("{}", TextFault.UNKNOWN, 1, "{}"),
        ("{{name}}", TextFault.UNKNOWN, 1, "{{name}}"),
        ("{name", TextFault.OPEN, 1, "{"),
        ("{name} name}", TextFault.OPEN, 12, "}"),
        ("a\0b", TextFault.CONTROL, 2, ""),
        ("a\u202eb", TextFault.CONTROL, 2, ""),
        ("x" * 301, TextFault.TOO_LONG, 301, ""),
    ],
)
def test_refused_with_its_place(text: str, fault: TextFault, place: int, found: str) -> None:
    assert text_fault(text, 300) == Refusal(fault, place, found)


@pytest.mark.parametrize("text", ["", "#read(\"/etc/passwd\")", "<%= 1 %>", "\\input{}"[:6], "$x^2$", "%s %(name)s", "{name}{name}"])
def test_what_no_brace_is_in_is_text(text: str) -> None:
    assert text_fault(text, 300) is None


@given(st.text())
def test_any_text_is_judged_and_what_is_sound_is_filled(text: str) -> None:
    fault = text_fault(text, 10_000)
    filled = fill(text, VALUES)
    if fault is None and "<" not in text and len(text.splitlines()) < 2 and "\r" not in text and "\n" not in text:
        assert "{" not in filled
        assert "}" not in filled


@given(st.text(), st.text())
def test_no_text_is_evaluated(before: str, value: str) -> None:
    line = "".join(before.split()).replace("{", "").replace("}", "")
    assert fill(line + "{name}", VALUES | {"name": value or "x"}) == line + (value or "x")


def test_the_colours_that_are_offered_can_be_read() -> None:
    assert all(is_readable(colour, PAPER, INK_CONTRAST) for colour in INKS)
    assert all(is_readable(colour, WHITE, THREAD_CONTRAST) for colour in THREADS)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("colour", ["#FFF", "#ffffgg", "red", "#ffffff ", "url(#a)", "#12345", "#FFFFFF", ""])
def test_what_is_no_colour(colour: str) -> None:
    assert not is_colour(colour)


@given(st.integers(0, 0xFFFFFF))
def test_a_darker_shade_can_be_read(number: int) -> None:
    shade = darker(f"#{number:06x}", PAPER, INK_CONTRAST)
    assert is_readable(shade, PAPER, INK_CONTRAST)
