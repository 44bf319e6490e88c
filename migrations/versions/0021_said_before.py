"""What colleagues said of the use of a guide before somebody else's words took the place of theirs."""

import sqlalchemy as sa
from alembic import op


revision = '0021'
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('adoption_earlier',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('adoption_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('result', sa.String(length=24), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['adoption_id'], ['adoptions.id'], name=op.f('fk_adoption_earlier_adoption_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_adoption_earlier_person_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adoption_earlier'))
    )
    with op.batch_alter_table('adoption_earlier', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_adoption_earlier_adoption_id'), ['adoption_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_adoption_earlier_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_table('adoption_earlier')
