"""The record of a factory: to read, to print, to take along."""

from app.learning_record.views import exports, record, transcripts
from app.learning_record.views.blueprint import bp

__all__ = ["bp", "exports", "record", "transcripts"]
