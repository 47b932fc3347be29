"""The doors to designs, drafts with their previews, and who signs."""

from app.certificates.designs.views import designs, drafts, previews, signatories
from app.certificates.designs.views.blueprint import bp

__all__ = ["bp", "designs", "drafts", "previews", "signatories"]
