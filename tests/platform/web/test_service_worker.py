"""There is no service worker: nothing may keep pages of one person for the next (TRAPS T47, T48)."""

import re

from flask import Flask

from app.platform.web.assets import ROOT, collect

WORKERS = re.compile(r"serviceWorker|caches\.open|indexedDB", re.IGNORECASE)


def test_no_script_of_ours_registers_one_or_keeps_pages() -> None:
    found = {name for name, source in collect(ROOT).items() if name.endswith(".js") and WORKERS.search(source.decode())}
    assert found == set()


def test_no_address_serves_one(app: Flask) -> None:
    client = app.test_client()
    for path in ("/sw.js", "/service-worker.js", "/static/sw.js", "/manifest.webmanifest"):
        reply = client.get(path)
        assert reply.status_code == 404, path
        assert "Service-Worker-Allowed" not in reply.headers
