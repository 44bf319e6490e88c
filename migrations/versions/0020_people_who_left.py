"""People who left: a row without a handle, the name that stays on guides, and handles that are nobody's any more."""

import sqlalchemy as sa
from alembic import op


revision = '0020'
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.alter_column('handle', existing_type=sa.String(length=60), nullable=True)
        batch_op.add_column(sa.Column('credit', sa.String(length=100), nullable=True))

    with op.batch_alter_table('former_handles', schema=None) as batch_op:
        batch_op.alter_column('person_id', existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM former_handles WHERE person_id IS NULL")
    op.execute("UPDATE people SET handle = 'former-member-' || id WHERE handle IS NULL")
    with op.batch_alter_table('former_handles', schema=None) as batch_op:
        batch_op.alter_column('person_id', existing_type=sa.Integer(), nullable=False)

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('credit')
        batch_op.alter_column('handle', existing_type=sa.String(length=60), nullable=False)
