"""The Flask application class: the view runs in one transaction."""

from typing import Any

from flask import Flask, has_request_context, request
from sqlalchemy.exc import DBAPIError, IntegrityError
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response

from app.platform.db import begin_writing, db
from app.platform.faults import point
from app.platform.web.body import BoundedRequest
from app.platform.web.forms import LARGEST_ID
from app.platform.web.templates import Templates

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class RowNumber(IntegerConverter):
    """`<int:...>` in an address: what the key of a table can hold. Larger numbers lead nowhere, as unknown ones do."""

    def __init__(self, url_map: Map, **limits: Any) -> None:
        super().__init__(url_map, **{"max": LARGEST_ID, **limits})


class Application(Flask):
    """Commits once after a changing request that went well; everything else leaves no trace."""

    jinja_environment = Templates
    request_class = BoundedRequest

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._plain_addresses: dict[tuple[str, str], str] = {}
        self.url_map.converters["int"] = RowNumber

    def url_for(self, endpoint: str, **named: Any) -> str:
        """The same addresses as Flask's; those without a name in them are built once, as a page has half a dozen."""
        if named or endpoint.startswith(".") or not has_request_context():
            return super().url_for(endpoint, **named)
        root = request.script_root
        if (address := self._plain_addresses.get((root, endpoint))) is None:
            address = self._plain_addresses[root, endpoint] = super().url_for(endpoint)
        return address

    def ensure_sync(self, func: Any) -> Any:
        """No view here is a coroutine; Flask would look at each function that a request runs."""
        return func

    def dispatch_request(self) -> Any:
        try:
            return self._dispatch_once()
        except IntegrityError:
            # A unique constraint decided a race against us; run again and find what the winner wrote.
            db.session.rollback()
            return self._dispatch_once()

    def _dispatch_once(self) -> Response:
        changing = request.method not in SAFE_METHODS
        db.session.remove()
        if changing:
            begin_writing(db.session())
        try:
            response = self.make_response(super().dispatch_request())
            if changing and response.status_code < 400:
                point("web.before_commit")
                db.session.commit()
                point("web.after_commit")
        finally:
            db.session.rollback()
        return response


def is_busy(error: DBAPIError) -> bool:
    """Whether the database said "later" rather than "no": SQLite's write lock, two transactions of PostgreSQL that
    waited for each other, or no connection left.
    """
    words = str(error.orig).lower()
    return any(said in words for said in ("locked", "busy", "deadlock", "too many clients", "connection"))
