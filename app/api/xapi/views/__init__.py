"""Where programs ask. Every route lets in whoever has a token that may; what they may see is in the queries."""

from app.api.xapi.views import about, documents, statements  # the routes register themselves
from app.api.xapi.views.blueprint import bp

__all__ = ["about", "bp", "documents", "statements"]
