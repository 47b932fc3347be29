"""What is asked when somebody writes a requirement or a waiver."""

from app.coverage.requirements.forms.requirement import KIND_FIELDS, data_of, requirement_form
from app.coverage.requirements.forms.waiver import EndForm, WaiverForm

__all__ = ["KIND_FIELDS", "EndForm", "WaiverForm", "data_of", "requirement_form"]
