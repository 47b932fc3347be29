"""`flask certificates`."""

from app.certificates.cli.group import certificates
from app.certificates.cli.keys import keys
from app.certificates.cli.packing import zip_

__all__ = ["certificates", "keys", "zip_"]
