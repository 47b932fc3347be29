"""The blueprint of services."""

from app.platform.web import Blueprint

bp = Blueprint("services", __name__)
ADDRESS = "/factories/<code>/services"
