"""The record of a factory: to read, to print, to take along."""

from app.learning_record.views import earlier, exports, record, transcripts
from app.learning_record.views.blueprint import bp

__all__ = ["bp", "earlier", "exports", "record", "transcripts"]
