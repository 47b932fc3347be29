"""Read the names of people in their order on PostgreSQL too, and stop when a page is full."""

from alembic import op

revision = '0010'
down_revision = '0009'

_NAME = "ix_person_in_order"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f'CREATE INDEX {_NAME} ON person (substr(search_text, 1, 200) COLLATE "C", id)')


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP INDEX {_NAME}")
