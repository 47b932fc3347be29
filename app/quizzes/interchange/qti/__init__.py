"""QTI 2.1 and 3.0: items alone or in a package. Pure."""

from app.quizzes.interchange.qti.reading import read
from app.quizzes.interchange.qti.writing import write_3, write_21

__all__ = ["read", "write_3", "write_21"]
