"""Question bank, attempts, scoring, analysis; interchange of questions."""
