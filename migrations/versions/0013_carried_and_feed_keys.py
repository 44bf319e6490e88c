"""Guides that came from another network with their past, and keys for feed readers."""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('feed_keys',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('secret', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_feed_keys_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_feed_keys')),
    sa.UniqueConstraint('secret', name=op.f('uq_feed_keys_secret'))
    )
    op.create_table('carried_guides',
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('network', sa.String(length=150), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('has_source', sa.Boolean(), nullable=False),
    sa.Column('versions', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_carried_guides_guide_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('guide_id', name=op.f('pk_carried_guides'))
    )


def downgrade() -> None:
    op.drop_table('carried_guides')
    op.drop_table('feed_keys')
