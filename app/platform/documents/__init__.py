"""Documents: data in, PDF out. Typesets with Typst; knows nothing of training.

User text never becomes typesetting code: it travels as JSON into a template that we wrote. Start at `render.py`.
"""
