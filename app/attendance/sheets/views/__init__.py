"""Doors of sheets."""

from app.attendance.sheets.views import papers, photos, signing
from app.attendance.sheets.views.blueprint import bp

__all__ = ["bp", "papers", "photos", "signing"]
