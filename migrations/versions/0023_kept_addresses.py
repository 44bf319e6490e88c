"""What is kept for somebody keeps the whole address of its page, however much of the writing stands in that."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("kept_forms", schema=None) as batch_op:
        batch_op.alter_column("path", existing_type=sa.String(length=500), type_=sa.Text(), existing_nullable=False)


def downgrade() -> None:
    # What is kept is kept a day; half an address leads nowhere.
    op.execute("DELETE FROM kept_forms WHERE length(path) > 500")
    with op.batch_alter_table("kept_forms", schema=None) as batch_op:
        batch_op.alter_column("path", existing_type=sa.Text(), type_=sa.String(length=500), existing_nullable=False)
