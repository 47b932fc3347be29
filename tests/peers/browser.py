"""A real Chromium for browser tests: the system's, else the one inside the npm package @sparticuz/chromium.

The one without a window comes first: the same pages cost it a third less than the one for desks.
"""

import fcntl
import io
import json
import os
import shutil
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import brotli
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "node_modules" / "@sparticuz" / "chromium"
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
UNPACKED = ROOT / "build" / "chromium"
QUIET = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>{folders}<cachedir>{unpacked}/font-cache</cachedir></fontconfig>"""


def launch_options(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Arguments for Playwright's `chromium.launch()`. Without a browser the test is skipped, in CI it fails."""
    if options := of_system() or of_npm(environ):
        return options
    reason = "NO BROWSER: neither chromium on the PATH nor the npm package @sparticuz/chromium; `./dev test` gets it"
    if environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def of_system() -> dict[str, Any] | None:
    """Options for the chromium of the system; None when there is none."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    return {"executable_path": program, "args": arguments()} if program else None


def of_npm(environ: Mapping[str, str], package: Path = PACKAGE, unpacked: Path = UNPACKED) -> dict[str, Any] | None:
    """Options for the browser inside the npm package, unpacked at first use; None when the package is not there."""
    if not (package / "package.json").exists():
        return None
    folder = unpacked / json.loads((package / "package.json").read_text())["version"]
    unpack(package / "bin", folder)
    libraries = os.pathsep.join(filter(None, (str(folder / "lib"), environ.get("LD_LIBRARY_PATH"))))
    env = {**environ, "LD_LIBRARY_PATH": libraries, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    return {"executable_path": str(folder / "chromium"), "args": arguments(), "env": env}


def arguments() -> list[str]:
    """Root cannot use Chromium's sandbox; everybody else keeps it."""
    return [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def unpack(packed: Path, folder: Path) -> None:
    """Unpack program, libraries and fonts once; workers that come together wait for the first."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():
            return
        partial = folder.with_name(folder.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        _unpack_into(packed, partial, folder)
        partial.rename(folder)


def _unpack_into(packed: Path, partial: Path, folder: Path) -> None:
    for name in ("al2023", "fonts", "swiftshader"):
        content = brotli.decompress((packed / f"{name}.tar.br").read_bytes())
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            archive.extractall(partial, filter="data")
    program = partial / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)
    folders = "".join(f"<dir>{path}</dir>" for path in (folder / "fonts", ROOT / "build" / "fonts", "/usr/share/fonts"))
    (partial / "fonts.conf").write_text(FONTS.format(folders=folders, unpacked=folder))
