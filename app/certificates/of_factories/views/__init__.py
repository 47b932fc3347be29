"""The doors to factories' certificates."""

from app.certificates.of_factories.views import certificates, ruling
from app.certificates.of_factories.views.blueprint import bp

__all__ = ["bp", "certificates", "ruling"]
