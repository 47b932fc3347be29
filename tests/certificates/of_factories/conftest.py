"""Certificates of factories are drawn with the documents' own fonts."""

from tests.certificates.verification.conftest import fresh_counters
from tests.platform.documents.conftest import fonts

__all__ = ["fonts", "fresh_counters"]
