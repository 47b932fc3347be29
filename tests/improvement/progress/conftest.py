"""Reports are drawn with the documents' own fonts."""

from tests.platform.documents.conftest import fonts

__all__ = ["fonts"]
