"""The blueprint of factories' certificates."""

from app.platform.web import Blueprint

bp = Blueprint("factory_certificates", __name__)
