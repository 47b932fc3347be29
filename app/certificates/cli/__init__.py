"""`flask certificates`."""

from app.certificates.cli.group import certificates
from app.certificates.cli.issuing import issue, revoke
from app.certificates.cli.judging import verify
from app.certificates.cli.keys import keys
from app.certificates.cli.packing import zip_
from app.certificates.cli.rendering import render_sample

__all__ = ["certificates", "issue", "keys", "render_sample", "revoke", "verify", "zip_"]
