"""Pathways: courses that belong together."""

from flask import g
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses import labels, queries
from app.courses.pages import PathwayPage, PathwaysPage
from app.courses.rules import steps
from app.courses.views.blueprint import bp
from app.platform.web import render
from app.platform.web.panels import panels


@bp.get("/pathways", may=Permission.CATALOGUE_READ)
def pathways() -> Response:
    return render(PathwaysPage(queries.pathways(), labels.ROLES))


@bp.get("/pathways/<code>", may=Permission.CATALOGUE_READ)
def pathway(code: str) -> Response:
    found = queries.pathway(code)
    ways = steps(found.steps)
    titles = queries.titles({code for step in ways for code in step.courses})
    return render(PathwayPage(found, ways, titles, labels.ROLES, panels("pathway", g.actor, found)))
