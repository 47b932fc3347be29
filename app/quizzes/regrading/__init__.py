"""Grades that change after they were given: another key, an answer read by a person, an answer that came late."""
