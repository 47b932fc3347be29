"""That the runs of a proposal were made."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class ProposalMade(Base):
    """Somebody pressed the button under a proposal. `token` is that of the form: sent twice, it is pressed once."""

    __tablename__ = "proposal_made"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    token: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int | None]
    made_at: Mapped[datetime]
