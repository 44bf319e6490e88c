"""Checks with both answers, flags, what became of guides, and reminders; a guide may be flagged."""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = "0007"
branch_labels = None
depends_on = None

STATES = "'in-date', 'due', 'overdue', "


def upgrade() -> None:
    op.create_table('absent_owners',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_absent_owners_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_absent_owners'))
    )
    op.create_table('check_reminders',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_check_reminders_guide_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_check_reminders_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'guide_id', name=op.f('pk_check_reminders'))
    )
    with op.batch_alter_table('check_reminders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_reminders_guide_id'), ['guide_id'], unique=False)

    op.create_table('guide_checks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('facts_right', sa.Boolean(), nullable=False),
    sa.Column('advice_right', sa.Boolean(), nullable=False),
    sa.Column('next_due', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_guide_checks_guide_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_guide_checks_person_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guide_checks'))
    )
    with op.batch_alter_table('guide_checks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guide_checks_guide_id_at'), ['guide_id', 'at'], unique=False)

    op.create_table('guide_flags',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('from_check', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=12), nullable=False),
    sa.Column('answer_text', sa.String(length=300), nullable=False),
    sa.Column('answered_by', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer_told_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("answer IN ('', 'mended', 'still-right', 'taken-back', 'withdrawn')", name=op.f('ck_guide_flags_answer')),
    sa.ForeignKeyConstraint(['answered_by'], ['people.id'], name=op.f('fk_guide_flags_answered_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_guide_flags_guide_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_guide_flags_person_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guide_flags'))
    )
    with op.batch_alter_table('guide_flags', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guide_flags_guide_id_answer'), ['guide_id', 'answer'], unique=False)
        batch_op.create_index(batch_op.f('ix_guide_flags_person_id'), ['person_id'], unique=False)

    op.create_table('guide_turns',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.String(length=400), nullable=False),
    sa.Column('as_administrator', sa.Boolean(), nullable=False),
    sa.CheckConstraint("kind IN ('withdrawn', 'restored', 'inherited', 'taken-over')", name=op.f('ck_guide_turns_kind')),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_guide_turns_guide_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_guide_turns_person_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guide_turns'))
    )
    with op.batch_alter_table('guide_turns', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guide_turns_guide_id_at'), ['guide_id', 'at'], unique=False)

    op.create_table('quiet_guides',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_quiet_guides_guide_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_quiet_guides_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'guide_id', name=op.f('pk_quiet_guides'))
    )
    with op.batch_alter_table('quiet_guides', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quiet_guides_guide_id'), ['guide_id'], unique=False)

    # One question was asked until now: is all of it still right?
    op.execute(
        'INSERT INTO guide_checks (guide_id, person_id, "at", version, facts_right, advice_right, next_due)'
        " SELECT id, checked_by, checked_at, version, (1 = 1), (1 = 1), check_due FROM guides"
        " WHERE checked_at IS NOT NULL AND state <> 'draft'"
    )
    op.execute(
        'INSERT INTO guide_turns (guide_id, kind, person_id, "at", text, as_administrator)'
        " SELECT id, 'withdrawn', withdrawn_by, withdrawn_at, withdrawn_reason, (1 = 0) FROM guides"
        " WHERE state = 'withdrawn' AND withdrawn_at IS NOT NULL"
    )
    with op.batch_alter_table('guides', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_guides_check_state'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_guides_check_state'), f"check_state IN ({STATES}'flagged', 'unchecked')")


def downgrade() -> None:
    op.execute("UPDATE guides SET check_state = 'unchecked' WHERE check_state = 'flagged'")
    with op.batch_alter_table('guides', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_guides_check_state'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_guides_check_state'), f"check_state IN ({STATES}'unchecked')")

    with op.batch_alter_table('quiet_guides', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_quiet_guides_guide_id'))

    op.drop_table('quiet_guides')
    with op.batch_alter_table('guide_turns', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guide_turns_guide_id_at'))

    op.drop_table('guide_turns')
    with op.batch_alter_table('guide_flags', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guide_flags_person_id'))
        batch_op.drop_index(batch_op.f('ix_guide_flags_guide_id_answer'))

    op.drop_table('guide_flags')
    with op.batch_alter_table('guide_checks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guide_checks_guide_id_at'))

    op.drop_table('guide_checks')
    with op.batch_alter_table('check_reminders', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_check_reminders_guide_id'))

    op.drop_table('check_reminders')
    op.drop_table('absent_owners')
