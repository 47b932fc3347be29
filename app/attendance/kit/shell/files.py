"""What a browser keeps of the kit, as this process serves it. Made once for each built set of assets."""

import hashlib
import json
from functools import cache
from pathlib import Path

from flask import current_app
from flask_babel import force_locale

from app.platform.config import settings
from app.platform.i18n import _
from app.platform.i18n.formats import local_digits
from app.platform.i18n.languages import LANGUAGES, SITE_LANGUAGES, direction
from app.platform.web.assets import ROOT, STYLESHEET, load

WORKER = Path(__file__).with_name("worker.js")
ICONS = (
    ("kit-192.png", "192x192", "any"),
    ("kit-512.png", "512x512", "any"),
    ("kit-maskable.png", "512x512", "maskable"),
)


def page(language: str) -> str:
    """The page of the kit in a language of the site. Nothing in it depends on who asks."""
    return _page(_assets_folder(), language, version())


def version() -> str:
    """Another one whenever a word or a script of the kit is another."""
    folder = _assets_folder()
    parts = [_page(folder, language, "") for language in SITE_LANGUAGES] + [WORKER.read_text("utf-8")]
    return _digest(folder, "\n".join(parts))


def worker() -> str:
    """The script that keeps the page, and what the page fetches, on the phone."""
    own = {"version": version(), "files": _fetched(_assets_folder()), "languages": SITE_LANGUAGES}
    return f"const KIT = {json.dumps(own)};\n{WORKER.read_text('utf-8')}"


def manifest(language: str) -> str:
    """How the kit is installed on a phone."""
    assets = load(_assets_folder())
    with force_locale(language):
        told = {
            "id": "/kit/", "name": _("Seamwise offline kit"), "short_name": "Seamwise", "lang": language,
            "description": _("Takes the roll call without network and delivers it later."),
            "dir": direction(language), "scope": "/kit/", "start_url": "/kit/", "display": "standalone",
            "background_color": "#f6f1e6", "theme_color": "#2f3b80",
            "icons": [
                {"src": assets.url(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
                for name, sizes, purpose in ICONS
            ],
        }  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


@cache
def _page(_folder: Path, language: str, version: str) -> str:
    """Without the frame of other pages: that one knows who is signed in."""
    template = current_app.jinja_env.get_template("attendance/kit/shell.html")
    with force_locale(language):
        return template.render(
            locale=language,
            text_direction=direction(language),
            languages=[(code, LANGUAGES[code].own_name) for code in SITE_LANGUAGES],
            digits=local_digits("0123456789", language),
            version=version,
        )


@cache
def _digest(_folder: Path, text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _fetched(folder: Path) -> list[str]:
    """Addresses of the files that the page asks for."""
    assets = load(folder)
    own = [name for name in assets.names if name.startswith("kit") and name.endswith((".css", ".js"))]
    return [assets.url(name) for name in (STYLESHEET, "logo.svg", *sorted(own))]


def _assets_folder() -> Path:
    return ROOT / settings().assets_dir
