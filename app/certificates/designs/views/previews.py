"""Previews: asked for while editing, shown when the worker has drawn them."""

from datetime import timedelta

from flask import g, render_template, request, url_for
from werkzeug.wrappers import Response

from app.certificates.designs import operations
from app.certificates.designs.content import content_of
from app.certificates.designs.queries import designs as queries
from app.certificates.designs.views.blueprint import DRAFT, MAY, bp
from app.certificates.designs.views.drafts import draft_page, form_of
from app.platform.files import FileMissing, uploads
from app.platform.web import changed, file_response, render, see_other
from app.platform.web.throttle import spend

MOST, WINDOW = 60, timedelta(minutes=1)
"""Askings of one account: more than anybody types, less than would keep the worker from its work."""


@bp.post(f"{DRAFT}/preview", may=MAY)
def ask(design_id: int) -> Response:
    spend(f"designs:{g.actor.account_id}", MOST, WINDOW)
    design = queries.design(g.actor, design_id)
    form = form_of(design, request.form)
    is_sound = form.validate()
    if is_sound:
        logo = content_of(queries.latest(design.id).content).logo
        operations.ask(g.actor, design.id, form.content(logo), form.language.data, form.example.data)
    page = draft_page(design, form, is_preview=is_sound)
    if request.headers.get("HX-Request") != "true":
        return render(page, 200 if is_sound else 422)
    return changed("certificates/designs/preview.htmx.html", else_to="", **page.context())


@bp.get(f"{DRAFT}/preview", may=MAY)
def preview(design_id: int) -> Response | str:
    """The part of the page that asks for itself again; the whole page for whoever has no script."""
    design = queries.design(g.actor, design_id)
    if request.headers.get("HX-Request") != "true":
        return see_other(url_for("designs.draft", design_id=design.id))
    found = queries.preview(design.id, g.actor.account_id)
    return render_template("certificates/designs/_preview.html", design=design, preview=found)


@bp.get(f"{DRAFT}/preview/<int:number>.png", may=MAY)
def picture(design_id: int, number: int) -> Response:
    """What was drawn; where that is gone or something else was asked for since, the way to the page that shows it."""
    found = queries.preview(queries.design(g.actor, design_id).id, g.actor.account_id)
    key = found.file_key if found and found.number == number else None
    try:
        data = uploads().get(key or "")
    except FileMissing:
        return see_other(url_for("designs.draft", design_id=design_id))
    return file_response(data, "preview.png", "image/png", inline=True)
