"""`flask certificates`."""

from app.certificates.cli.group import certificates
from app.certificates.cli.keys import keys

__all__ = ["certificates", "keys"]
