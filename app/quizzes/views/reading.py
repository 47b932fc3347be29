"""In which languages somebody reads a quiz."""

from collections.abc import Sequence

from flask import g, request

from app.platform.i18n.texts import current_language


def wanted() -> Sequence[str | None]:
    """Languages of the reader: chosen on this device, the person's own, the page's."""
    return (request.cookies.get("language"), g.actor.language, current_language())
