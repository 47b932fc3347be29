"""Findings of assessments: imported, never planned; what they say of a factory, and which training they call for."""
