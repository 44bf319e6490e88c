"""Who said how the use of a guide went, who said that it ended, and why words about it are hidden."""

import sqlalchemy as sa
from alembic import op


revision = '0017'
down_revision = "0016"
branch_labels = None
depends_on = None

# Where one person reported a use, the words are theirs; of several, nobody can tell any more whose they were.
ALONE = "(SELECT count(*) FROM adoption_reporters WHERE adoption_reporters.adoption_id = adoptions.id) = 1"
REPORTER = "(SELECT person_id FROM adoption_reporters WHERE adoption_reporters.adoption_id = adoptions.id)"


def upgrade() -> None:
    with op.batch_alter_table('adoptions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('stopped_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('hidden_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('hidden_reason', sa.String(length=300), nullable=False, server_default=''))
        batch_op.create_foreign_key(batch_op.f('fk_adoptions_hidden_by'), 'people', ['hidden_by'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_adoptions_told_by'), 'people', ['told_by'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_adoptions_stopped_by'), 'people', ['stopped_by'], ['id'], ondelete='SET NULL')

    op.execute(f"UPDATE adoptions SET told_by = {REPORTER} WHERE (result <> '' OR text <> '') AND {ALONE}")
    op.execute(f"UPDATE adoptions SET stopped_by = {REPORTER} WHERE stopped_on IS NOT NULL AND {ALONE}")


def downgrade() -> None:
    with op.batch_alter_table('adoptions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_adoptions_stopped_by'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_adoptions_told_by'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_adoptions_hidden_by'), type_='foreignkey')
        batch_op.drop_column('hidden_reason')
        batch_op.drop_column('hidden_by')
        batch_op.drop_column('stopped_by')
        batch_op.drop_column('told_by')
