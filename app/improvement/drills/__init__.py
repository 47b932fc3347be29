"""Drills that a factory held: fire, evacuation, first aid, chemical spill."""
