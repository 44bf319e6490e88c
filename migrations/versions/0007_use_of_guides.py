"""When to ask how a use went, whom to write to, and what lists and pages need to know of use and adaptations."""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('adoptions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ask_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_adoptions_ask_at'), ['ask_at'], unique=False)

    with op.batch_alter_table('adoption_reporters', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mails', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('told_version', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('guides', schema=None) as batch_op:
        batch_op.add_column(sa.Column('adoption_count', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('adaptation_count', sa.Integer(), nullable=False, server_default='0'))
        batch_op.drop_index(batch_op.f('ix_guides_state_use_count_group_id'))
        batch_op.create_index(batch_op.f('ix_guides_state_use_count_published_at_group_id'), ['state', 'use_count', 'published_at', 'group_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('guides', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guides_state_use_count_published_at_group_id'))
        batch_op.create_index(batch_op.f('ix_guides_state_use_count_group_id'), ['state', 'use_count', 'group_id'], unique=False)
        batch_op.drop_column('adaptation_count')
        batch_op.drop_column('adoption_count')

    with op.batch_alter_table('adoption_reporters', schema=None) as batch_op:
        batch_op.drop_column('told_version')
        batch_op.drop_column('mails')

    with op.batch_alter_table('adoptions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_adoptions_ask_at'))
        batch_op.drop_column('asked_at')
        batch_op.drop_column('ask_at')
