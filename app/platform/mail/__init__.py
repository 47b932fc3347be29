"""Mail: messages are rows, sending is a job, every fate is written down."""

from app.platform.mail.operations import Mail, queue, queue_all

__all__ = ["Mail", "queue", "queue_all"]
