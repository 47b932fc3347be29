"""What a version would do: who would have to be trained, counted before it is published."""

from app.coverage.requirements.previews.counting import Count, Preview, preview
from app.coverage.requirements.previews.people import Due, people_due

__all__ = ["Count", "Due", "Preview", "people_due", "preview"]
