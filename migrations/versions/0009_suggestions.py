"""Suggestions, who was told of them, and whom a version credits."""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('suggestion_mutes',
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_suggestion_mutes_guide_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_suggestion_mutes_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('guide_id', 'person_id', name=op.f('pk_suggestion_mutes'))
    )
    with op.batch_alter_table('suggestion_mutes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggestion_mutes_person_id'), ['person_id'], unique=False)

    op.create_table('suggestions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('base_version', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=False),
    sa.Column('summary', sa.String(length=300), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.Column('thread_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('passed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by', sa.Integer(), nullable=True),
    sa.Column('answer', sa.String(length=300), nullable=False),
    sa.Column('accepted_version', sa.Integer(), nullable=True),
    sa.Column('partly', sa.Boolean(), nullable=False),
    sa.CheckConstraint("(state = 'accepted') = (accepted_version IS NOT NULL)", name=op.f('ck_suggestions_accepted_version')),
    sa.CheckConstraint("(state = 'draft') = (number IS NULL)", name=op.f('ck_suggestions_number')),
    sa.CheckConstraint("state NOT IN ('declined', 'hidden') OR answer != ''", name=op.f('ck_suggestions_refused_why')),
    sa.CheckConstraint("state IN ('draft', 'open', 'accepted', 'declined', 'withdrawn', 'hidden')", name=op.f('ck_suggestions_state')),
    sa.ForeignKeyConstraint(['answered_by'], ['people.id'], name=op.f('fk_suggestions_answered_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_suggestions_author_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_suggestions_guide_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_suggestions_organisation_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['thread_id'], ['threads.id'], name=op.f('fk_suggestions_thread_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestions')),
    sa.UniqueConstraint('thread_id', name=op.f('uq_suggestions_thread_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_suggestions_uuid'))
    )
    with op.batch_alter_table('suggestions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggestions_author_id_state'), ['author_id', 'state'], unique=False)
        batch_op.create_index('ix_suggestions_draft', ['guide_id', 'author_id'], unique=True, sqlite_where=sa.text("state = 'draft'"), postgresql_where=sa.text("state = 'draft'"))
        batch_op.create_index(batch_op.f('ix_suggestions_guide_id_number'), ['guide_id', 'number'], unique=True)
        batch_op.create_index(batch_op.f('ix_suggestions_state_passed_at'), ['state', 'passed_at'], unique=False)

    op.create_table('suggestion_notices',
    sa.Column('suggestion_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_suggestion_notices_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestions.id'], name=op.f('fk_suggestion_notices_suggestion_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('suggestion_id', 'person_id', 'what', name=op.f('pk_suggestion_notices'))
    )
    with op.batch_alter_table('suggestion_notices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggestion_notices_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('guide_versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('suggested_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_guide_versions_suggested_by_id'), 'people', ['suggested_by_id'], ['id'], ondelete='SET NULL')



def downgrade() -> None:
    with op.batch_alter_table('guide_versions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_guide_versions_suggested_by_id'), type_='foreignkey')
        batch_op.drop_column('suggested_by_id')

    with op.batch_alter_table('suggestion_notices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_suggestion_notices_person_id'))

    op.drop_table('suggestion_notices')
    with op.batch_alter_table('suggestions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_suggestions_state_passed_at'))
        batch_op.drop_index(batch_op.f('ix_suggestions_guide_id_number'))
        batch_op.drop_index('ix_suggestions_draft', sqlite_where=sa.text("state = 'draft'"), postgresql_where=sa.text("state = 'draft'"))
        batch_op.drop_index(batch_op.f('ix_suggestions_author_id_state'))

    op.drop_table('suggestions')
    with op.batch_alter_table('suggestion_mutes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_suggestion_mutes_person_id'))

    op.drop_table('suggestion_mutes')
