"""Which other words for a topic are its former names: their addresses lead on for ever."""

import sqlalchemy as sa
from alembic import op


revision = '0025'
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('topic_aliases', schema=None) as batch_op:
        batch_op.add_column(sa.Column('former', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('topic_aliases', schema=None) as batch_op:
        batch_op.alter_column('former', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('topic_aliases', schema=None) as batch_op:
        batch_op.drop_column('former')
