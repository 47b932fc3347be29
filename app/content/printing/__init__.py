"""Courses on paper: the course sheet, the facilitator guide, the handouts, the forms. Values in, PDF out."""
