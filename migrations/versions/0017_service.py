"""How tiers are served in person, how the programme works in its provinces, and what factories are entitled to."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0017'
down_revision = '0016'


def upgrade() -> None:
    op.create_table('province_mode',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('province', sa.String(), nullable=False),
    sa.Column('mode', sa.Enum('on_site', 'hybrid', 'virtual', name='engagementmode', native_enum=False, length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_province_mode_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_province_mode')),
    sa.UniqueConstraint('programme_id', 'province', 'starts_on', name=op.f('uq_province_mode_programme_id_province_starts_on'))
    )
    op.create_table('service_rule',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('tier', sa.Enum('standard', 'advanced', 'intensive', name='supporttier', native_enum=False, length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_service_rule_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_rule')),
    sa.UniqueConstraint('programme_id', 'tier', 'starts_on', name=op.f('uq_service_rule_programme_id_tier_starts_on'))
    )
    op.create_table('factory_cycle',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_factory_cycle_factory_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_factory_cycle')),
    sa.UniqueConstraint('factory_id', 'starts_on', name=op.f('uq_factory_cycle_factory_id_starts_on'))
    )
    op.create_table('entitlement_entry',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('cycle_on', sa.Date(), nullable=False),
    sa.Column('kind', sa.Enum('half_days', 'seats', name='kind', native_enum=False, length=40), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('cause', sa.Enum('granted', 'used', 'returned', 'corrected', name='cause', native_enum=False, length=40), nullable=False),
    sa.Column('payer', sa.Enum('programme', 'factory', 'brand', 'donor', name='payer', native_enum=False, length=40), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('training_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_entitlement_entry_factory_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_entitlement_entry_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entitlement_entry'))
    )
    op.create_index('ix_entitlement_entry_factory_cycle', 'entitlement_entry', ['factory_id', 'cycle_on'])
    op.create_index(op.f('ix_entitlement_entry_training_id'), 'entitlement_entry', ['training_id'])
    op.create_table('training_charge',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('half_days', 'seats', name='kind', native_enum=False, length=40), nullable=False),
    sa.Column('payer', sa.Enum('programme', 'factory', 'brand', 'donor', name='payer', native_enum=False, length=40), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_training_charge_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_charge')),
    sa.UniqueConstraint('training_id', name=op.f('uq_training_charge_training_id'))
    )


def downgrade() -> None:
    op.drop_table('training_charge')
    op.drop_table('entitlement_entry')
    op.drop_table('factory_cycle')
    op.drop_table('service_rule')
    op.drop_table('province_mode')
