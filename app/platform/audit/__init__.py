"""The append-only log of who changed what. It holds ids, never names."""

from app.platform.audit.operations import record

__all__ = ["record"]
