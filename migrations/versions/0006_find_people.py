"""Find people by name among a hundred thousand; find what speaks of a person."""

import contextlib

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'

_OF_PERSON = ("holding", "mark_entry", "record_entry")


def upgrade() -> None:
    for table in _OF_PERSON:
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_person_search_text", "person", ["search_text"])
    else:
        _index_trigrams()


def downgrade() -> None:
    op.execute("DROP INDEX IF EXISTS ix_person_search_text")
    for table in _OF_PERSON:
        op.drop_index(f"ix_{table}_person_id", table_name=table)


def _index_trigrams() -> None:
    """The owner of a database may add this extension of PostgreSQL; where even that is not allowed, or where it is not
    installed or lies out of reach, search reads every name, which is slower and finds the same."""
    bind = op.get_bind()
    with contextlib.suppress(sa.exc.DBAPIError), bind.begin_nested():
        bind.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.create_index(
            "ix_person_search_text", "person", ["search_text"],
            postgresql_using="gin", postgresql_ops={"search_text": "gin_trgm_ops"},
        )
