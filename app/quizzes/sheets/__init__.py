"""Tests on paper: printed with letters, filled in by hand, typed twice."""
