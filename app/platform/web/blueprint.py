"""Routes exist only with `may=`."""

from collections.abc import Callable, Mapping
from functools import wraps
from itertools import chain
from typing import Any

import flask
from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.platform.web.actor import asker
from app.platform.web.may import PUBLIC, SIGNED_IN
from app.platform.web.programs import door

View = Callable[..., Any]


class Blueprint(flask.Blueprint):
    """A Flask blueprint whose every route says who may: `may=Permission.X`, `may=PUBLIC` or `may=SIGNED_IN`."""

    def add_url_rule(  # type: ignore[override] # a route without `may` must not exist
        self, rule: str, endpoint: str | None = None, view_func: View | None = None, *, may: Any,
        from_anywhere: bool = False, **options: Any,
    ) -> None:  # fmt: skip
        """`from_anywhere`: other programs may post here; the view trusts what the address proves and no cookie."""
        if view_func is None:
            raise TypeError(f"{rule} has no view")
        view = guarded(view_func, may)
        view.from_anywhere = from_anywhere  # type: ignore[attr-defined] # read by the check of cross-site requests
        super().add_url_rule(rule, endpoint or view_func.__name__, view, **options)


def guarded(view: View, may: Any) -> View:
    """The view, run only for those who may. The permission stays readable as `view.may` for the tests."""

    @wraps(view)
    def run(**arguments: Any) -> Any:
        if not allows(may):
            return turn_away()
        refuse_nul(arguments)
        return view(**arguments)

    run.may = may  # type: ignore[attr-defined] # read by the test that every route says who
    return run


def allows(may: Any) -> bool:
    """Whether whoever asks may use a route that says `may`."""
    if may is PUBLIC:
        return True
    return asker().is_signed_in if may is SIGNED_IN else asker().may(may)


def turn_away() -> Response:
    """People who are not signed in are asked to; to all others what they may not see does not exist. A program is told
    which of both it is.
    """
    if door():
        abort(403 if asker().is_signed_in else 401)
    if asker().is_signed_in:
        abort(404)
    if request.method not in {"GET", "HEAD"} or request.headers.get("HX-Request"):
        abort(401)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), code=303)


def refuse_nul(arguments: Mapping[str, Any]) -> None:
    """Refuse U+0000 wherever it was sent: 404 in a path, 400 elsewhere. No keyboard writes it, PostgreSQL has no text
    with it, and what one engine keeps the other must not turn into a failure.
    """
    if any("\0" in value for value in arguments.values() if isinstance(value, str)):
        abort(404)
    names = ((each.name, each.filename) for each in request.files.values())
    if any("\0" in (text or "") for pair in chain(request.values.items(multi=True), names) for text in pair):
        abort(400)
