"""The blueprint of these pages."""

from app.access.permissions import Permission
from app.platform.web import Blueprint

bp = Blueprint("designs", __name__)

MAY = Permission.CERTIFICATES_DESIGN
DESIGN = "/certificate-designs/<int:design_id>"
DRAFT = f"{DESIGN}/draft"
SIGNATORIES = "/programmes/<code>/certificate-signatories"
SIGNATORY = "/certificate-signatories/<int:signatory_id>"
