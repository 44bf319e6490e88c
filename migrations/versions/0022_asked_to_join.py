"""What is remembered of a request to join a closed group: when its facilitators were told, and why it was declined."""

import sqlalchemy as sa
from alembic import op


revision = '0022'
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('asked_to_join',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.CheckConstraint("declined_at IS NULL OR reason != ''", name=op.f('ck_asked_to_join_reason')),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_asked_to_join_group_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_asked_to_join_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('group_id', 'person_id', name=op.f('pk_asked_to_join'))
    )
    with op.batch_alter_table('asked_to_join', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_asked_to_join_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_table('asked_to_join')
