"""Two service workers, of the offline kit and of verification: they keep their pages and no page of anybody (TRAPS T47, T48)."""

import re
from pathlib import Path

from flask import Flask

from app.attendance.kit.shell import files
from app.certificates.verification.offline import files as verification
from app.platform.web.assets import ROOT, collect

REGISTERS = re.compile(r"serviceWorker\??\.register\(([^)]*)\)")
KEEPS = re.compile(r"caches\.(open|match)|cache\.(put|add)", re.IGNORECASE)
STORES = re.compile(r"indexedDB|localStorage|sessionStorage")


def scripts() -> dict[str, str]:
    return {name: source.decode() for name, source in collect(ROOT).items() if name.endswith(".js") and name != "htmx.js"}


def test_only_two_pages_register_one_each_for_itself_alone() -> None:
    found = {name: REGISTERS.findall(source) for name, source in scripts().items() if "serviceWorker" in source}
    assert found == {
        "kit.js": ['"/kit/worker.js", { scope: "/kit/" }'],
        "verify.js": ['"/verify/worker.js", { scope: "/verify/" }'],
    }


def test_no_script_of_a_page_keeps_pages_and_one_keeps_records() -> None:
    assert [name for name, source in scripts().items() if KEEPS.search(source)] == []
    assert [name for name, source in scripts().items() if STORES.search(source)] == ["kit-store.js"]


def test_the_worker_keeps_what_is_nobodys(app: Flask) -> None:
    """Files of the build, and the page of the kit asked for without cookies: there is no other way into its cache."""
    source = Path(files.WORKER).read_text("utf-8")
    kept = re.findall(r"cache\.(?:put|add|addAll)\((.*?)\)", source)
    assert kept == ["KIT.files", "pathname, answer", "LAST, new Response(SHELLS.get(pathname"]
    assert 'credentials: "omit"' in source
    assert re.search(r'"files": \["/assets/[^]]+\]', app.test_client().get("/kit/worker.js").text)


def test_the_worker_of_verification_keeps_what_is_nobodys(app: Flask) -> None:
    """Its page, files of the build, public keys and a list without names; all asked for without cookies."""
    source = Path(verification.WORKER).read_text("utf-8")
    kept = re.findall(r"\.(?:put|add|addAll)\((.*?)\)", source)
    assert kept == ["VERIFY.files", "pathname, await own(pathname", "pathname, answer.clone(", "LAST, new Response(language"]
    assert re.findall(r'const answer = await (.*);', source) == ['fetch(pathname, { credentials: "omit", redirect: "error", cache: "no-cache" })', "own(pathname)"]
    assert re.search(r'const LISTS = \["/verify/keys.json", "/verify/ended.json"\];', source)
    assert '"files": ["/assets/' in app.test_client().get("/verify/worker.js").text


def test_no_other_address_serves_one(app: Flask) -> None:
    client = app.test_client()
    for path in ("/sw.js", "/service-worker.js", "/static/sw.js", "/manifest.webmanifest", "/worker.js", "/kit/sw.js", "/verify/sw.js"):
        reply = client.get(path)
        assert reply.status_code == 404, path
    for path in ("/kit/worker.js", "/verify/worker.js"):
        reply = client.get(path)
        assert reply.status_code == 200
        assert "Service-Worker-Allowed" not in reply.headers
