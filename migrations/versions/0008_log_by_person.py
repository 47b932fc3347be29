"""Find what somebody did in a long log."""

from alembic import op

revision = '0008'
down_revision = '0007'


def upgrade() -> None:
    op.create_index("ix_audit_entry_person_id", "audit_entry", ["person_id"])


def downgrade() -> None:
    op.drop_index("ix_audit_entry_person_id", table_name="audit_entry")
