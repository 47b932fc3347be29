"""The doors to programmes, groups and the settings of factories."""

from app.factories.structure.views import committees, factories, groups, holidays, lines, programmes
from app.factories.structure.views.blueprint import bp

__all__ = ["bp", "committees", "factories", "groups", "holidays", "lines", "programmes"]
