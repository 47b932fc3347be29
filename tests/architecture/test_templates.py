"""Every template compiles, every page has a title and is given what it asks for."""

import dataclasses
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import meta, nodes

from app.platform.web import Page

pytestmark = pytest.mark.any_engine

APP = Path(__file__).resolve().parents[2] / "app"
ROOMS = {path.parent.name: path for path in APP.glob("*/templates")}
SHARED = APP / "platform" / "web" / "templates"
PER_REQUEST = {
    "actor", "language_url", "languages", "locale", "menu", "notices", "request_id", "request_path", "sign_out_url",
    "text_direction", "config", "g", "request", "session",
}


def _names() -> list[str]:
    rooms = [f"{room}/{file.relative_to(folder)}" for room, folder in ROOMS.items() for file in folder.rglob("*.*")]
    return sorted([*rooms, *(str(file.relative_to(SHARED)) for file in SHARED.rglob("*.*") if file.suffix != ".md")])


def _pages() -> list[type[Page]]:
    found, todo = [], list(Page.__subclasses__())
    while todo:
        page = todo.pop()
        todo += page.__subclasses__()
        found.append(page)
    return found


@cache
def _tree(app: Flask, name: str) -> nodes.Template:
    return app.jinja_env.parse(app.jinja_env.loader.get_source(app.jinja_env, name)[0])


@pytest.mark.parametrize("name", _names())
def test_template_compiles(shared_app: Flask, name: str) -> None:
    shared_app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", [name for name in _names() if "/mail/" not in name and name.endswith(".html")])
def test_page_has_a_title(shared_app: Flask, name: str) -> None:
    tree = _tree(shared_app, name)
    parents = [name for parent in tree.find_all(nodes.Extends) for name in _extended(parent.template)]
    if not any(str(parent).startswith("layouts/") for parent in parents) or Path(name).name.startswith("_") or name.startswith("layouts/"):
        return
    titles = [block for block in tree.find_all(nodes.Block) if block.name == "title"]
    assert titles, f"{name} has no title"
    assert titles[0].body, f"{name} has an empty title"


def test_pages_hand_over_what_their_templates_name(shared_app: Flask) -> None:
    known = PER_REQUEST | set(shared_app.jinja_env.globals)
    for page in _pages():
        fields = {field.name for field in dataclasses.fields(page)}
        tree = _tree(shared_app, page.template)
        used = meta.find_undeclared_variables(tree) - _own(shared_app, page.template)
        assert used - known <= fields, page


def _extended(template: nodes.Expr) -> list[str]:
    """What a template extends: one, or one of two."""
    chosen = [template.expr1, template.expr2] if isinstance(template, nodes.CondExpr) else [template]
    return [each.value for each in chosen]


@cache
def _own(app: Flask, template: str) -> frozenset[str]:
    """Names that a template or one it extends imports, sets or defines: Jinja takes them for unknown inside blocks."""
    tree = _tree(app, template)
    imported = [name for imports in tree.find_all(nodes.FromImport) for name in imports.names]
    own = {name[1] if isinstance(name, tuple) else name for name in imported}
    own |= {node.name for node in tree.find_all(nodes.Macro)}
    own |= {name.name for assign in tree.find_all(nodes.Assign) for name in assign.find_all(nodes.Name) if name.ctx == "store"}
    for parent in tree.find_all(nodes.Extends):
        for name in _extended(parent.template):
            own |= _own(app, name)
    return frozenset(own)
