"""Assets: hashed names, safe minification, references between files, packed copies."""

import gzip
import json
from pathlib import Path

import brotli
import pytest

from app.platform.web.assets import AssetsError, build, collect, load, minify_css


def put(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    put(tmp_path, {
        "node_modules/htmx.org/dist/htmx.min.js": "var htmx=1;\n//# sourceMappingURL=htmx.min.js.map",
        "app/platform/web/static/css/20-base.css": "a { color: red; }",
        "app/platform/web/static/css/10-tokens.css": "@layer tokens, base;\n:root { --indigo: #223; }",
        "app/platform/web/static/js/seamwise.js": "document.title;",
        "app/platform/web/static/logo.svg": "<svg/>",
        "app/attendance/static/js/roll-call.js": "import { save } from './queue.js';\nsave();",
        "app/attendance/static/js/queue.js": "export const save = () => 1;",
    })
    return tmp_path


def test_styles_come_in_name_order_in_one_file(project: Path) -> None:
    assert collect(project)["seamwise.css"] == b"@layer tokens,base;:root{--indigo: #223}a{color: red}"


def test_every_room_adds_its_own_modules(project: Path) -> None:
    assert set(collect(project)) == {"seamwise.css", "htmx.js", "seamwise.js", "roll-call.js", "queue.js", "logo.svg"}


def test_two_assets_of_one_name_are_refused(project: Path) -> None:
    put(project, {"app/quizzes/static/js/queue.js": ""})
    with pytest.raises(AssetsError, match=r"Two assets are called queue\.js"):
        collect(project)


def test_source_maps_that_we_do_not_serve_are_not_named(project: Path) -> None:
    assert collect(project)["htmx.js"] == b"var htmx=1;\n"


def test_a_name_changes_with_the_content_and_only_then(tmp_path: Path) -> None:
    first = build({"a.js": b"1", "b.js": b"1"}, tmp_path)
    second = build({"a.js": b"2", "b.js": b"1"}, tmp_path)
    assert first.url("a.js") != second.url("a.js")
    assert first.url("b.js") == second.url("b.js")
    assert (tmp_path / first.names["a.js"]).read_bytes() == b"1", "a running server still hands out the former name"


def test_the_browser_gets_what_was_written(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "built"
    assets = build(collect(project), folder)
    for name in assets.names.values():
        content = (folder / name).read_bytes()
        assert brotli.decompress((folder / f"{name}.br").read_bytes()) == content
        assert gzip.decompress((folder / f"{name}.gz").read_bytes()) == content


def test_building_twice_changes_no_file(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "built"
    build(collect(project), folder)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    build(collect(project), folder)
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_a_module_imports_the_hashed_name_of_another(project: Path, tmp_path: Path) -> None:
    assets = build(collect(project), tmp_path / "built")
    script = (tmp_path / "built" / assets.names["roll-call.js"]).read_text()
    assert f"from './{assets.names['queue.js']}'" in script


def test_a_change_below_changes_the_name_above(tmp_path: Path) -> None:
    page = b'import "./queue.js";'
    names = {build({"page.js": page, "queue.js": queue}, tmp_path).names["page.js"] for queue in (b"1", b"2")}
    assert len(names) == 2


def test_styles_name_hashed_pictures_and_leave_data_alone(tmp_path: Path) -> None:
    css = b'a{background:url("tick.svg")}b{background:url(data:image/svg+xml,x)}'
    assets = build({"seamwise.css": css, "tick.svg": b"<svg/>"}, tmp_path)
    written = (tmp_path / assets.names["seamwise.css"]).read_text()
    assert written == f'a{{background:url("{assets.names["tick.svg"]}")}}b{{background:url(data:image/svg+xml,x)}}'


def test_a_missing_file_is_named_with_who_names_it(tmp_path: Path) -> None:
    with pytest.raises(AssetsError, match=r"page\.js names gone\.js"):
        build({"page.js": b'import "./gone.js";'}, tmp_path)


def test_a_circle_of_modules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssetsError, match=r"a\.js -> b\.js -> a\.js"):
        build({"a.js": b'import "./b.js";', "b.js": b'import "./a.js";'}, tmp_path)


@pytest.mark.parametrize(("source", "wanted"), [
    ("a :hover { x: 1 }", "a :hover{x: 1}"),
    ("a/**/b{}", "a b{}"),
    ("p { width: calc(1px  +  2px) ; }", "p{width: calc(1px + 2px)}"),
    ('q::before { content: "/* ; no */  }" }', 'q::before{content: "/* ; no */  }"}'),
    ('p { content: ";} {" ; }', 'p{content: ";} {"}'),
    ("p { content: 'it\\'s  ;' }", "p{content: 'it\\'s  ;'}"),
    ("@media (width >= 30em) and (hover) { a , b > c { x: y } }", "@media (width >= 30em) and (hover){a,b > c{x: y}}"),
    ("a { margin: -1px -2px }", "a{margin: -1px -2px}"),
])
def test_minifying_keeps_the_meaning(source: str, wanted: str) -> None:
    assert minify_css(source) == wanted


def test_the_address_is_found_again_by_its_plain_name(tmp_path: Path) -> None:
    built = build({"seamwise.js": b"1"}, tmp_path)
    assert load(tmp_path).url("seamwise.js") == f"/assets/{built.names['seamwise.js']}"
    assert json.loads((tmp_path / "manifest.json").read_text()) == built.names


def test_an_unknown_asset_is_an_error_that_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(AssetsError, match=r"no asset called a\.js; there are b\.js"):
        build({"b.js": b""}, tmp_path).url("a.js")


def test_a_folder_without_assets_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(AssetsError, match=r"python -m app\.platform\.web\.assets"):
        load(tmp_path)
