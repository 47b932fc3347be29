"""The verbs of roadmaps."""

from app.improvement.roadmap.operations.adding import Plan, add, add_for_finding, change
from app.improvement.roadmap.operations.ending import close, drop
from app.improvement.roadmap.operations.moving import mark_step, settle, settle_seats

__all__ = ["Plan", "add", "add_for_finding", "change", "close", "drop", "mark_step", "settle", "settle_seats"]
