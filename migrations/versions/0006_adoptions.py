"""Adoptions, and what the page of a guide needs to know at once of what the library holds about it."""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('adoptions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('organisation_name', sa.String(length=150), nullable=False),
    sa.Column('alone_id', sa.Integer(), nullable=True),
    sa.Column('result', sa.String(length=24), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('stopped_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.CheckConstraint("result IN ('', 'worked', 'worked-after-changes', 'did-not-work', 'too-early')", name=op.f('ck_adoptions_result')),
    sa.CheckConstraint('(organisation_id IS NULL) <> (alone_id IS NULL)', name=op.f('ck_adoptions_whose')),
    sa.ForeignKeyConstraint(['alone_id'], ['people.id'], name=op.f('fk_adoptions_alone_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_adoptions_guide_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_adoptions_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adoptions')),
    sa.UniqueConstraint('uuid', name=op.f('uq_adoptions_uuid'))
    )
    with op.batch_alter_table('adoptions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_adoptions_alone_id'), ['alone_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_adoptions_guide_id_alone_id'), ['guide_id', 'alone_id'], unique=True)
        batch_op.create_index(batch_op.f('ix_adoptions_guide_id_organisation_id'), ['guide_id', 'organisation_id'], unique=True)
        batch_op.create_index(batch_op.f('ix_adoptions_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('adoption_reporters',
    sa.Column('adoption_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('may_be_asked', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['adoption_id'], ['adoptions.id'], name=op.f('fk_adoption_reporters_adoption_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_adoption_reporters_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('adoption_id', 'person_id', name=op.f('pk_adoption_reporters'))
    )
    with op.batch_alter_table('adoption_reporters', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_adoption_reporters_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('guides', schema=None) as batch_op:
        batch_op.add_column(sa.Column('check_months', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('adapted_from_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('use_count', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('flagged_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('suggestion_count', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('file_count', sa.Integer(), nullable=False, server_default='0'))
        batch_op.create_index(batch_op.f('ix_guides_adapted_from_id'), ['adapted_from_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guides_state_use_count_group_id'), ['state', 'use_count', 'group_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_guides_adapted_from_id'), 'guides', ['adapted_from_id'], ['id'], ondelete='SET NULL')



def downgrade() -> None:
    with op.batch_alter_table('guides', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_guides_adapted_from_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_guides_state_use_count_group_id'))
        batch_op.drop_index(batch_op.f('ix_guides_adapted_from_id'))
        batch_op.drop_column('file_count')
        batch_op.drop_column('suggestion_count')
        batch_op.drop_column('flagged_at')
        batch_op.drop_column('use_count')
        batch_op.drop_column('adapted_from_id')
        batch_op.drop_column('check_months')

    with op.batch_alter_table('adoption_reporters', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_adoption_reporters_person_id'))

    op.drop_table('adoption_reporters')
    with op.batch_alter_table('adoptions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_adoptions_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_adoptions_guide_id_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_adoptions_guide_id_alone_id'))
        batch_op.drop_index(batch_op.f('ix_adoptions_alone_id'))

    op.drop_table('adoptions')
