"""Pictures that came in while a guide was written, and the discussions that guides began as."""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('composed_pictures',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_composed_pictures_guide_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_composed_pictures'))
    )
    with op.batch_alter_table('composed_pictures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_composed_pictures_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_composed_pictures_guide_id'), ['guide_id'], unique=False)

    op.create_table('guide_origins',
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('discussion_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['discussion_id'], ['discussions.id'], name=op.f('fk_guide_origins_discussion_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_guide_origins_group_id')),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_guide_origins_guide_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('guide_id', name=op.f('pk_guide_origins'))
    )
    with op.batch_alter_table('guide_origins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guide_origins_discussion_id'), ['discussion_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guide_origins_group_id'), ['group_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('guide_origins', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guide_origins_group_id'))
        batch_op.drop_index(batch_op.f('ix_guide_origins_discussion_id'))

    op.drop_table('guide_origins')
    with op.batch_alter_table('composed_pictures', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_composed_pictures_guide_id'))
        batch_op.drop_index(batch_op.f('ix_composed_pictures_created_at'))

    op.drop_table('composed_pictures')
