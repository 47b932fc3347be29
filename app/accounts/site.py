"""The secret keys of the running application."""

from flask import current_app

from app.platform.config import settings


def keys() -> tuple[str, ...]:
    """The secret key of the site, then the former ones that still count, newest first."""
    return str(current_app.config["SECRET_KEY"]), *settings().old_secret_keys
