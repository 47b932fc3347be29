"""The doors to the notice, to what is kept, and to the data of one person."""

from app.privacy.views import data, notice
from app.privacy.views.blueprint import bp
from app.privacy.views.notice import show_first

__all__ = ["bp", "data", "notice", "show_first"]
