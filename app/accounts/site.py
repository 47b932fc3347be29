"""The settings of the running application."""

from flask import current_app

from app.platform.config import Settings


def settings() -> Settings:
    """What the site was started with."""
    found: Settings = current_app.extensions["settings"]
    return found
