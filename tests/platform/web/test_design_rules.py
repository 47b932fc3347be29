"""What the design system promises: small, without left and right, nothing inline, nothing loaded from elsewhere."""

import re

import brotli
import pytest

from app.platform.web.assets import ROOT, collect

WEB = ROOT / "app" / "platform" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
STYLES = sorted((WEB / "static" / "css").glob("*.css"))
KILOBYTE = 1000
PHYSICAL = re.compile(
    r"[{;]\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?:min-|max-)?(?:width|height)\s*:|"
    r"(?:left|right|top|bottom)\s*:|text-align\s*:\s*(?:left|right)|float\s*:)"
)
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:|\|\s*safe\b", re.IGNORECASE)


def test_style_sheet_and_script_stay_small_on_the_wire() -> None:
    sources = collect(ROOT)
    assert len(brotli.compress(sources["seamwise.css"])) <= 12 * KILOBYTE
    assert len(brotli.compress(sources["common.js"])) <= 6 * KILOBYTE


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_know_no_left_and_right(path) -> None:
    assert PHYSICAL.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_load_nothing(path) -> None:
    assert "url(" not in path.read_text("utf-8")
    assert "@import" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_no_inline_style_or_script(path) -> None:
    assert INLINE.findall(path.read_text("utf-8")) == []
