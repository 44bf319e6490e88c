"""Which withdrawal of a guide the people who use it were told of."""

import sqlalchemy as sa
from alembic import op


revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("adoption_reporters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told_withdrawal", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("adoption_reporters", schema=None) as batch_op:
        batch_op.drop_column("told_withdrawal")
