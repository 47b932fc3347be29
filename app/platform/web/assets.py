"""Prepare what browsers fetch, and find it again: hashed names in one folder, so that each file may be cached for ever.

`python -m app.platform.web.assets` builds. A template asks `asset_url("seamwise.css")`.
"""

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli
from flask import current_app

ROOT = Path(__file__).resolve().parents[3]
URL_PREFIX = "/assets/"
MANIFEST = "manifest.json"
STYLESHEET = "seamwise.css"
IMAGES = (".svg", ".png", ".webmanifest")
PACKED = (".png",)  # compressed already

CSS_STRING_OR_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
CSS_SPACE = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?:\s*;)?\s*(})\s*|\s*([{;,])\s*|\s+""")
COMMENT_LINE = re.compile(r"^[ \t]*//.*$\n?|/\*[#@] sourceMappingURL=.*?\*/", re.MULTILINE)
"""A line of a script that is a comment and nothing else; also where tools look for its source."""

# How each kind of file names another one; group 2 is the name. Addresses with a scheme or a path stay as they are.
REFERENCES = {
    ".css": re.compile(r"""(url\(\s*["']?)([\w.-]+\.(?:svg|png))(["']?\s*\))"""),
    ".js": re.compile(r"""(\b(?:from|import)\s*\(?\s*["']\./)([\w.-]+\.js)(["'])"""),
    ".webmanifest": re.compile(r"""("src"\s*:\s*")([\w.-]+\.(?:svg|png))(")"""),
}


class AssetsError(Exception):
    """The assets cannot be built or found; the text says which file and why."""


@dataclass(frozen=True)
class Assets:
    """The built assets: plain name to hashed name, in one folder."""

    folder: Path
    names: Mapping[str, str]

    def url(self, name: str) -> str:
        """Address of an asset by its plain name, e.g. `htmx.js`. Raises AssetsError for a name that was not built."""
        try:
            return URL_PREFIX + self.names[name]
        except KeyError:
            raise AssetsError(f"There is no asset called {name}; there are {', '.join(sorted(self.names))}.") from None


def asset_url(name: str) -> str:
    """Address of an asset in the running application. Raises AssetsError for a name that was not built."""
    return load(current_app.extensions["settings"].assets_dir).url(name)


@cache
def load(folder: Path) -> Assets:
    """Read the manifest of a built folder, a path from the product's own. Raises AssetsError when nothing was built
    there.
    """
    try:
        return Assets(ROOT / folder, json.loads((ROOT / folder / MANIFEST).read_text("utf-8")))
    except FileNotFoundError:
        raise AssetsError(f"No assets in {folder}: run `python -m app.platform.web.assets` first.") from None


def build(sources: Mapping[str, bytes], folder: Path) -> Assets:
    """Write every source under a name with its hash, and the manifest. Doing it twice changes nothing.

    Files of earlier builds stay: a server that still runs hands out their names. Raises AssetsError for a file that
    names one that does not exist, or for files that name each other in a circle.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = {name: _write(folder, name, content) for name, content in _resolve(sources).items()}
    _replace(folder / MANIFEST, json.dumps(names, indent=1, sort_keys=True).encode())
    return Assets(folder, names)


def collect(root: Path) -> dict[str, bytes]:
    """All sources of the product below `root` by plain name. Raises AssetsError when two files share a name."""
    static = root / "app" / "platform" / "web" / "static"
    styles = sorted((static / "css").glob("*.css"))
    css = "\n".join(path.read_text("utf-8") for path in styles)
    sources = {STYLESHEET: minify_css(css).encode()}
    for name, path in [("htmx.js", root / "node_modules/htmx.org/dist/htmx.min.js"), *_files(root, static)]:
        if name in sources:
            raise AssetsError(f"Two assets are called {name}; the second is {path}.")
        sources[name] = _source(path)
    return sources


def _source(path: Path) -> bytes:
    if path.suffix == ".css":
        return minify_css(path.read_text("utf-8")).encode()
    content = path.read_bytes()
    return COMMENT_LINE.sub("", content.decode()).encode() if path.suffix == ".js" else content


def minify_css(text: str) -> str:
    """Drop comments and needless space, never inside strings: `a :hover` and `calc(1px + 2px)` keep theirs."""
    without_comments = CSS_STRING_OR_COMMENT.sub(lambda found: found[1] or " ", text)
    return CSS_SPACE.sub(lambda found: found[found.lastindex or 0].strip() or " ", without_comments).strip()


def _files(root: Path, static: Path) -> Iterable[tuple[str, Path]]:
    scripts = [*(static / "js").glob("*.js"), *(root / "app").glob("*/static/js/*.js")]
    styles = (root / "app").glob("*/static/css/*.css")  # of a room whose page is not like the others
    images = [path for path in static.rglob("*") if path.suffix in IMAGES]
    return ((path.name, path) for path in sorted([*scripts, *styles, *images]))


def _resolve(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The sources with every name of another asset in them replaced by its hashed name."""
    open_names: list[str] = []

    @cache
    def final(name: str) -> bytes:
        if name in open_names:
            raise AssetsError(f"These assets name each other in a circle: {' -> '.join([*open_names, name])}.")
        if name not in sources:
            raise AssetsError(f"{open_names[-1]} names {name}, which is no asset.")
        references = REFERENCES.get(Path(name).suffix)
        if references is None:
            return sources[name]
        open_names.append(name)
        text = references.sub(
            lambda found: found[1] + hashed(found[2], final(found[2])) + found[3], sources[name].decode()
        )
        open_names.pop()
        return text.encode()

    return {name: final(name) for name in sources}


def hashed(name: str, content: bytes) -> str:
    """`page.js` with twelve digits of its content's hash: the form that WhiteNoise marks as immutable."""
    path = Path(name)
    return f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"


def _write(folder: Path, name: str, content: bytes) -> str:
    path = folder / hashed(name, content)
    if path.suffix not in PACKED:
        _replace(path.with_name(path.name + ".br"), brotli.compress(content))
        _replace(path.with_name(path.name + ".gz"), gzip.compress(content, mtime=0))
    _replace(path, content)
    return path.name


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole: a reader sees the former one or this one, never half of it."""
    if path.exists() and path.read_bytes() == content:
        return
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(content)
    partial.replace(path)


if __name__ == "__main__":
    try:
        build(collect(ROOT), ROOT / "build" / "assets")
    except AssetsError as error:
        sys.exit(str(error))
