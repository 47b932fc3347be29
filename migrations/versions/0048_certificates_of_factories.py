"""Certificates of factories: rules in versions, the certificates, and every check."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0048'
down_revision = '0047'

IN_FORCE = sa.text('revoked_at IS NULL AND replaced_at IS NULL AND downgraded_at IS NULL')
ACTIVE = sa.text('ended_at IS NULL')


def upgrade() -> None:
    op.create_table('factory_certificate_rule',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', types.Json, nullable=False),
    sa.Column('conditions', types.Json, nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('grace_days', sa.Integer(), nullable=False),
    sa.Column('made_at', types.UtcDateTime(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('ended_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_factory_certificate_rule_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_factory_certificate_rule')),
    sa.UniqueConstraint('programme_id', 'number', 'version', name=op.f('uq_factory_certificate_rule_programme_id_number_version'))
    )
    op.create_index('uq_factory_certificate_rule_active', 'factory_certificate_rule', ['programme_id', 'number'], unique=True, sqlite_where=ACTIVE, postgresql_where=ACTIVE)
    op.create_table('factory_certificate',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('face', types.Json, nullable=False),
    sa.Column('issued_at', types.UtcDateTime(), nullable=False),
    sa.Column('valid_until', types.UtcDateTime(), nullable=False),
    sa.Column('downgrade_on', sa.Date(), nullable=True),
    sa.Column('suspended_at', types.UtcDateTime(), nullable=True),
    sa.Column('suspended_reason', sa.String(), nullable=True),
    sa.Column('replaced_at', types.UtcDateTime(), nullable=True),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.Column('downgraded_at', types.UtcDateTime(), nullable=True),
    sa.Column('lost', types.Json, nullable=True),
    sa.Column('revoked_at', types.UtcDateTime(), nullable=True),
    sa.Column('revoked_reason', sa.String(), nullable=True),
    sa.Column('file_key', sa.String(), nullable=True),
    sa.Column('rendered_at', types.UtcDateTime(), nullable=True),
    sa.Column('key_name', sa.String(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_factory_certificate_factory_id')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['factory_certificate.id'], name=op.f('fk_factory_certificate_replaced_by_id')),
    sa.ForeignKeyConstraint(['rule_id'], ['factory_certificate_rule.id'], name=op.f('fk_factory_certificate_rule_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_factory_certificate')),
    sa.UniqueConstraint('code', name=op.f('uq_factory_certificate_code')),
    sa.UniqueConstraint('number', name=op.f('uq_factory_certificate_number'))
    )
    for column in ('factory_id', 'file_key', 'replaced_by_id', 'rule_id'):
        op.create_index(op.f(f'ix_factory_certificate_{column}'), 'factory_certificate', [column])
    op.create_index('uq_factory_certificate_in_force', 'factory_certificate', ['factory_id', 'rule_id'], unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE)
    op.create_table('factory_certificate_check',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('met', sa.Boolean(), nullable=False),
    sa.Column('counts', types.Json, nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_factory_certificate_check_factory_id')),
    sa.ForeignKeyConstraint(['rule_id'], ['factory_certificate_rule.id'], name=op.f('fk_factory_certificate_check_rule_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_factory_certificate_check'))
    )
    op.create_index('ix_factory_certificate_check_factory', 'factory_certificate_check', ['factory_id', 'rule_id', 'id'])
    op.create_index(op.f('ix_factory_certificate_check_rule_id'), 'factory_certificate_check', ['rule_id'])


def downgrade() -> None:
    op.drop_table('factory_certificate_check')
    op.drop_table('factory_certificate')
    op.drop_table('factory_certificate_rule')
