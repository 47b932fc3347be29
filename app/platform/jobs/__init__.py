"""Durable jobs: rows enqueued in the caller's transaction, done by a worker process, at least once."""

from app.platform.jobs.held import prolong, prolong_in_time
from app.platform.jobs.operations import enqueue, enqueue_all, retry
from app.platform.jobs.outcome import Done, GiveUp, Later, Outcome

__all__ = ["Done", "GiveUp", "Later", "Outcome", "enqueue", "enqueue_all", "prolong", "prolong_in_time", "retry"]
