"""People and access: groups, holidays, terms, committees, headcounts, merges, second factors, cards, links, notices."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.create_table('factory_group',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_factory_group')),
    sa.UniqueConstraint('code', name=op.f('uq_factory_group_code'))
    )
    op.create_table('holiday',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('name', types.Json, nullable=False),
    sa.Column('is_provisional', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_holiday_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holiday')),
    sa.UniqueConstraint('programme_id', 'day', name=op.f('uq_holiday_programme_id_day'))
    )
    op.create_table('not_the_same',
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_not_the_same_in_order')),
    sa.ForeignKeyConstraint(['first_id'], ['person.id'], name=op.f('fk_not_the_same_first_id')),
    sa.ForeignKeyConstraint(['second_id'], ['person.id'], name=op.f('fk_not_the_same_second_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_not_the_same')),
    sa.UniqueConstraint('first_id', 'second_id', name=op.f('uq_not_the_same_first_id_second_id'))
    )
    op.create_table('notice_shown',
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_notice_shown_account_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_shown_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_shown'))
    )
    with op.batch_alter_table('notice_shown', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_shown_person_id'), ['person_id'], unique=False)

    op.create_table('one_time_link',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(40), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('created_at', types.UtcDateTime(), nullable=False),
    sa.Column('expires_at', types.UtcDateTime(), nullable=False),
    sa.Column('used_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_one_time_link_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_one_time_link_token_hash'))
    )
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_one_time_link_account_id'), ['account_id'], unique=False)

    op.create_table('passkey',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('credential_id', sa.LargeBinary(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('created_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_passkey_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkey')),
    sa.UniqueConstraint('credential_id', name=op.f('uq_passkey_credential_id'))
    )
    with op.batch_alter_table('passkey', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passkey_account_id'), ['account_id'], unique=False)

    op.create_table('person_card',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('issued_at', types.UtcDateTime(), nullable=False),
    sa.Column('revoked_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_card_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_card')),
    sa.UniqueConstraint('token', name=op.f('uq_person_card_token'))
    )
    with op.batch_alter_table('person_card', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_card_person_id'), ['person_id'], unique=False)

    op.create_table('person_merge',
    sa.Column('winner_id', sa.Integer(), nullable=False),
    sa.Column('loser_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('merged_at', types.UtcDateTime(), nullable=False),
    sa.Column('moved', types.Json, nullable=False),
    sa.Column('undone_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['loser_id'], ['person.id'], name=op.f('fk_person_merge_loser_id')),
    sa.ForeignKeyConstraint(['winner_id'], ['person.id'], name=op.f('fk_person_merge_winner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_merge'))
    )
    with op.batch_alter_table('person_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_merge_loser_id'), ['loser_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_merge_winner_id'), ['winner_id'], unique=False)

    op.create_table('recovery_code',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(), nullable=False),
    sa.Column('used_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_recovery_code_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code'))
    )
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_code_account_id'), ['account_id'], unique=False)

    op.create_table('committee',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_committee_factory_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee'))
    )
    with op.batch_alter_table('committee', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_committee_factory_id'), ['factory_id'], unique=False)

    op.create_table('factory_term',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(40), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_factory_term_factory_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_factory_term')),
    sa.UniqueConstraint('factory_id', 'kind', 'starts_on', name=op.f('uq_factory_term_factory_id_kind_starts_on'))
    )
    op.create_table('headcount',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('lines', sa.Integer(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('received_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_headcount_factory_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_headcount')),
    sa.UniqueConstraint('factory_id', 'as_of', 'source', name=op.f('uq_headcount_factory_id_as_of_source'))
    )
    op.create_table('committee_member',
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_committee_member_committee_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_committee_member_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee_member')),
    sa.UniqueConstraint('committee_id', 'person_id', 'starts_on', name=op.f('uq_committee_member_committee_id_person_id_starts_on'))
    )
    with op.batch_alter_table('committee_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_committee_member_person_id'), ['person_id'], unique=False)

    op.create_table('headcount_count',
    sa.Column('headcount_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(40), nullable=False),
    sa.Column('sex', sa.String(40), nullable=True),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['headcount_id'], ['headcount.id'], name=op.f('fk_headcount_count_headcount_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_headcount_count'))
    )
    with op.batch_alter_table('headcount_count', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_headcount_count_headcount_id'), ['headcount_id'], unique=False)

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('totp_secret', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('totp_step', sa.Integer(), nullable=True))

    with op.batch_alter_table('employment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('end_reason', sa.String(40), nullable=True))

    with op.batch_alter_table('factory', schema=None) as batch_op:
        batch_op.add_column(sa.Column('group_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('export_zone', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('rest_days', types.Json, nullable=True))
        batch_op.add_column(sa.Column('status', sa.String(40), server_default='active', nullable=False))
        batch_op.create_index(batch_op.f('ix_factory_group_id'), ['group_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_factory_group_id'), 'factory_group', ['group_id'], ['id'])

    with op.batch_alter_table('line', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(40), server_default='line', nullable=False))
        batch_op.add_column(sa.Column('closed_on', sa.Date(), nullable=True))

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('birth_band', sa.String(length=9), nullable=True))
        batch_op.add_column(sa.Column('merged_into_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('erased_at', types.UtcDateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_person_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_person_merged_into_id'), 'person', ['merged_into_id'], ['id'])

    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('group_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('training_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('starts_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('ends_on', sa.Date(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_role_grant_group_id'), 'factory_group', ['group_id'], ['id'])

    with op.batch_alter_table('roster_import', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rows_done', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('undo', types.Json, nullable=True))

    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.add_column(sa.Column('factor_at', types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('is_kiosk', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_column('is_kiosk')
        batch_op.drop_column('factor_at')

    with op.batch_alter_table('roster_import', schema=None) as batch_op:
        batch_op.drop_column('undo')
        batch_op.drop_column('rows_done')

    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_role_grant_group_id'), type_='foreignkey')
        batch_op.drop_column('ends_on')
        batch_op.drop_column('starts_on')
        batch_op.drop_column('training_id')
        batch_op.drop_column('group_id')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_person_merged_into_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_person_merged_into_id'))
        batch_op.drop_column('erased_at')
        batch_op.drop_column('merged_into_id')
        batch_op.drop_column('birth_band')

    with op.batch_alter_table('line', schema=None) as batch_op:
        batch_op.drop_column('closed_on')
        batch_op.drop_column('kind')

    with op.batch_alter_table('factory', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_factory_group_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_factory_group_id'))
        batch_op.drop_column('status')
        batch_op.drop_column('rest_days')
        batch_op.drop_column('export_zone')
        batch_op.drop_column('group_id')

    with op.batch_alter_table('employment', schema=None) as batch_op:
        batch_op.drop_column('end_reason')

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_column('totp_step')
        batch_op.drop_column('totp_secret')

    with op.batch_alter_table('headcount_count', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_headcount_count_headcount_id'))

    op.drop_table('headcount_count')
    with op.batch_alter_table('committee_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_committee_member_person_id'))

    op.drop_table('committee_member')
    op.drop_table('headcount')
    op.drop_table('factory_term')
    with op.batch_alter_table('committee', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_committee_factory_id'))

    op.drop_table('committee')
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recovery_code_account_id'))

    op.drop_table('recovery_code')
    with op.batch_alter_table('person_merge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_merge_winner_id'))
        batch_op.drop_index(batch_op.f('ix_person_merge_loser_id'))

    op.drop_table('person_merge')
    with op.batch_alter_table('person_card', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_card_person_id'))

    op.drop_table('person_card')
    with op.batch_alter_table('passkey', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_passkey_account_id'))

    op.drop_table('passkey')
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_one_time_link_account_id'))

    op.drop_table('one_time_link')
    with op.batch_alter_table('notice_shown', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_shown_person_id'))

    op.drop_table('notice_shown')
    op.drop_table('not_the_same')
    op.drop_table('holiday')
    op.drop_table('factory_group')
