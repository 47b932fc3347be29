"""The doors to findings."""

from app.improvement.findings.views import factory, files, listing
from app.improvement.findings.views.blueprint import bp

__all__ = ["bp", "factory", "files", "listing"]
