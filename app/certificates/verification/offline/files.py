"""What a browser keeps of the page, as this process serves it. Made once for each built set of assets."""

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
SCRIPTS = ("kit-bytes.js", "kit-words.js", "verify-payload.js", "verify.js")
ICONS = (
    ("kit-192.png", "192x192", "any"),
    ("kit-512.png", "512x512", "any"),
    ("kit-maskable.png", "512x512", "maskable"),
)


def page(language: str) -> str:
    """The page in a language of the site. Nothing in it depends on who asks."""
    return _page(_assets_folder(), settings().base_url, language)


def worker() -> str:
    """The script that keeps the page and the two lists on the phone."""
    assets = load(_assets_folder())
    files = [assets.url(name) for name in (STYLESHEET, "logo.svg", *SCRIPTS)]
    own = {"version": _version(), "files": files, "languages": SITE_LANGUAGES}
    return f"const VERIFY = {json.dumps(own)};\n{WORKER.read_text('utf-8')}"


def manifest(language: str) -> str:
    """How the page is installed on a phone."""
    assets = load(_assets_folder())
    with force_locale(language):
        told = {
            "id": "/verify/", "name": _("Check certificates"), "short_name": _("Check"), "lang": language,
            "description": _("Checks certificates of Seamwise without network."),
            "dir": direction(language), "scope": "/verify/", "start_url": f"/verify/offline/{language}",
            "display": "standalone", "background_color": "#f6f1e6", "theme_color": "#2f3b80",
            "icons": [
                {"src": assets.url(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
                for name, sizes, purpose in ICONS
            ],
        }  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


def _version() -> str:
    """Another one whenever a word or a script of the page is another."""
    parts = [page(language) for language in SITE_LANGUAGES] + [WORKER.read_text("utf-8")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@cache
def _page(_folder: Path, official: str, language: str) -> str:
    """Without the frame of other pages: that one knows who is signed in."""
    template = current_app.jinja_env.get_template("certificates/verification/offline.html")
    with force_locale(language):
        return template.render(
            locale=language,
            text_direction=direction(language),
            languages=[(code, LANGUAGES[code].own_name) for code in SITE_LANGUAGES],
            digits=local_digits("0123456789", language),
            official=official,
        )


def _assets_folder() -> Path:
    return ROOT / settings().assets_dir
