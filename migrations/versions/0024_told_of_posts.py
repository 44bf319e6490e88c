"""What somebody was told of a thread's posts, and who wants no such mails."""

import sqlalchemy as sa
from alembic import op


revision = '0024'
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('post_notices',
    sa.Column('thread_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('again_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['thread_id'], ['threads.id'], name=op.f('fk_post_notices_thread_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_post_notices_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('thread_id', 'person_id', name=op.f('pk_post_notices'))
    )
    with op.batch_alter_table('post_notices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_post_notices_person_id'), ['person_id'], unique=False)

    op.create_table('post_mutes',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_post_mutes_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_post_mutes'))
    )


def downgrade() -> None:
    op.drop_table('post_mutes')
    op.drop_table('post_notices')
