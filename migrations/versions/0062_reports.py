"""Costs of training sessions; reporting periods with what they froze; files and subscriptions of reports."""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json, UtcDateTime

revision = '0062'
down_revision = '0066'

OPEN_FILE = sa.text('made_at IS NULL AND failed IS NULL')
OPEN_SUBSCRIPTION = sa.text('ended_at IS NULL')


def upgrade() -> None:
    op.create_table(
        'training_cost',
        sa.Column('sent_id', sa.String(32), nullable=True),
        sa.Column('training_id', sa.Integer(), nullable=False),
        sa.Column('payer', sa.String(40), nullable=False),
        sa.Column('payer_name', sa.String(120), nullable=False),
        sa.Column('amount', sa.BigInteger(), nullable=False),
        sa.Column('currency', sa.String(3), nullable=False),
        sa.Column('corrects_id', sa.Integer(), nullable=True),
        sa.Column('at', UtcDateTime(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('ended_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint('amount > 0', name='ck_training_cost_amount'),
        sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name='fk_training_cost_training_id_training_session'),
        sa.ForeignKeyConstraint(['corrects_id'], ['training_cost.id'], name='fk_training_cost_corrects_id_training_cost'),
        sa.PrimaryKeyConstraint('id', name='pk_training_cost'),
        sa.UniqueConstraint('sent_id', name='uq_training_cost_sent_id'),
        sa.UniqueConstraint('corrects_id', name='uq_training_cost_corrects_id'),
    )
    op.create_index('ix_training_cost_training_id', 'training_cost', ['training_id'])
    op.create_table(
        'reporting_period',
        sa.Column('programme_id', sa.Integer(), nullable=True),
        sa.Column('title', sa.String(120), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('created_by', sa.Integer(), nullable=True),
        sa.Column('frozen_at', UtcDateTime(), nullable=True),
        sa.Column('frozen_by', sa.Integer(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint('starts_on <= ends_on', name='ck_reporting_period_in_order'),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name='fk_reporting_period_programme_id_programme'),
        sa.PrimaryKeyConstraint('id', name='pk_reporting_period'),
    )
    op.create_index('ix_reporting_period_programme_id', 'reporting_period', ['programme_id'])
    op.create_table(
        'frozen_report',
        sa.Column('period_id', sa.Integer(), nullable=False),
        sa.Column('frozen_at', UtcDateTime(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('figures', Json, nullable=False),
        sa.Column('facts', sa.Integer(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['period_id'], ['reporting_period.id'], name='fk_frozen_report_period_id_reporting_period'),
        sa.PrimaryKeyConstraint('id', name='pk_frozen_report'),
        sa.UniqueConstraint('period_id', name='uq_frozen_report_period_id'),
    )
    op.create_table(
        'reported_fact',
        sa.Column('period_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(40), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ('factory_id', 'training_id', 'person_id', 'subject_id', 'version_id')),
        *(sa.Column(name, sa.String(20), nullable=False) for name in ('sex', 'person_type', 'modality', 'tier', 'funding', 'word')),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ('number', 'met', 'more')),
        sa.Column('amount', sa.BigInteger(), nullable=False),
        sa.Column('before', sa.Double(), nullable=False),
        sa.Column('after', sa.Double(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['period_id'], ['reporting_period.id'], name='fk_reported_fact_period_id_reporting_period'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_reported_fact_person_id_person'),
        sa.PrimaryKeyConstraint('id', name='pk_reported_fact'),
    )
    op.create_index('ix_reported_fact_period_kind', 'reported_fact', ['period_id', 'kind'])
    op.create_index('ix_reported_fact_person_id', 'reported_fact', ['person_id'])
    op.create_table(
        'promotion_course',
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name='fk_promotion_course_programme_id_programme'),
        sa.ForeignKeyConstraint(['course_id'], ['course.id'], name='fk_promotion_course_course_id_course'),
        sa.PrimaryKeyConstraint('id', name='pk_promotion_course'),
        sa.UniqueConstraint('programme_id', 'course_id', name='uq_promotion_course_programme_id_course_id'),
    )
    op.create_index('ix_promotion_course_course_id', 'promotion_course', ['course_id'])
    op.create_table(
        'report_subscription',
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=True),
        sa.Column('every', sa.String(40), nullable=False),
        sa.Column('ending', sa.String(40), nullable=False),
        sa.Column('language', sa.String(), nullable=False),
        sa.Column('same', sa.String(40), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('sent_until', sa.Date(), nullable=False),
        sa.Column('ended_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name='fk_report_subscription_account_id_account'),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name='fk_report_subscription_programme_id_programme'),
        sa.PrimaryKeyConstraint('id', name='pk_report_subscription'),
    )
    op.create_index('ix_report_subscription_programme_id', 'report_subscription', ['programme_id'])
    op.create_index(
        'uq_report_subscription_open', 'report_subscription', ['account_id', 'same'],
        unique=True, sqlite_where=OPEN_SUBSCRIPTION, postgresql_where=OPEN_SUBSCRIPTION,
    )
    op.create_table(
        'made_report',
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=True),
        sa.Column('period_id', sa.Integer(), nullable=True),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('ending', sa.String(40), nullable=False),
        sa.Column('language', sa.String(), nullable=False),
        sa.Column('same', sa.String(64), nullable=False),
        sa.Column('subscription_id', sa.Integer(), nullable=True),
        sa.Column('ordered_at', UtcDateTime(), nullable=False),
        sa.Column('made_at', UtcDateTime(), nullable=True),
        sa.Column('failed', sa.String(40), nullable=True),
        sa.Column('key', sa.String(), nullable=True),
        sa.Column('size', sa.Integer(), nullable=True),
        sa.Column('expires_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name='fk_made_report_account_id_account'),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name='fk_made_report_programme_id_programme'),
        sa.ForeignKeyConstraint(['period_id'], ['reporting_period.id'], name='fk_made_report_period_id_reporting_period'),
        sa.ForeignKeyConstraint(['subscription_id'], ['report_subscription.id'], name='fk_made_report_subscription_id_report_subscription'),
        sa.PrimaryKeyConstraint('id', name='pk_made_report'),
    )
    for column in ('account_id', 'programme_id', 'period_id', 'subscription_id'):
        op.create_index(f'ix_made_report_{column}', 'made_report', [column])
    op.create_index('uq_made_report_open', 'made_report', ['same'], unique=True, sqlite_where=OPEN_FILE, postgresql_where=OPEN_FILE)


def downgrade() -> None:
    for table in (
        'made_report', 'report_subscription', 'promotion_course', 'reported_fact', 'frozen_report', 'reporting_period',
        'training_cost',
    ):
        op.drop_table(table)
