"""Every route says who may, and losing or adding one is a decision."""

from pathlib import Path

from flask import Flask

from app.access.permissions import Permission
from app.platform.web.may import Everybody

LIST = Path(__file__).with_name("routes.txt")


def _routes(app: Flask) -> dict[str, object]:
    return {
        f"{method} {rule.rule}": getattr(app.view_functions[rule.endpoint], "may", None)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    }


def test_every_route_says_who_may(shared_app: Flask) -> None:
    silent = [route for route, may in _routes(shared_app).items() if not isinstance(may, Permission | Everybody)]
    assert silent == []


def test_the_list_of_routes_is_kept(shared_app: Flask) -> None:
    """A route that goes needs a redirect or a reason; a new one needs a row in the list."""
    now = sorted(f"{route}  {may.name}" for route, may in _routes(shared_app).items())
    assert now == LIST.read_text(encoding="utf-8").splitlines()
