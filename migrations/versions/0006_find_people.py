"""Find people by name among a hundred thousand; find what speaks of a person."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'

_OF_PERSON = ("holding", "mark_entry", "record_entry")


def upgrade() -> None:
    for table in _OF_PERSON:
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])
    if op.get_bind().dialect.name == "sqlite" or _has_trigrams():
        op.create_index(
            "ix_person_search_text", "person", ["search_text"],
            postgresql_using="gin", postgresql_ops={"search_text": "gin_trgm_ops"},
        )


def downgrade() -> None:
    op.execute("DROP INDEX IF EXISTS ix_person_search_text")
    for table in _OF_PERSON:
        op.drop_index(f"ix_{table}_person_id", table_name=table)


def _has_trigrams() -> bool:
    """Whether PostgreSQL knows trigrams. The owner of a database may add this extension; where even that is not allowed
    or the extension is not installed, search reads every name, which is slower and finds the same."""
    bind = op.get_bind()
    try:
        with bind.begin_nested():
            bind.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except sa.exc.DBAPIError:
        return False
    return True
