"""Which section a suggestion changes, which of its changes were taken, and whom we told that they are co-authors."""

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('suggestions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('section', sa.String(length=150), server_default='', nullable=False))
        batch_op.add_column(sa.Column('taken', sa.JSON(none_as_null=True), nullable=True))

    op.create_table('co_author_notices',
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_co_author_notices_guide_id_guides'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_co_author_notices_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('guide_id', 'person_id', name=op.f('pk_co_author_notices'))
    )
    with op.batch_alter_table('co_author_notices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_co_author_notices_person_id'), ['person_id'], unique=False)

    op.create_table('co_author_mutes',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_co_author_mutes_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_co_author_mutes'))
    )


def downgrade() -> None:
    op.drop_table('co_author_mutes')
    with op.batch_alter_table('co_author_notices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_co_author_notices_person_id'))

    op.drop_table('co_author_notices')
    with op.batch_alter_table('suggestions', schema=None) as batch_op:
        batch_op.drop_column('taken')
        batch_op.drop_column('section')
