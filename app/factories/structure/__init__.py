"""Programmes, groups, factories, their terms, lines and committees, as staff keep them in the browser."""
