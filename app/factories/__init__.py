"""Programmes, factories, lines, people and who works where."""
