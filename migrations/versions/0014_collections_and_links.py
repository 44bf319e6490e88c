"""Collections, links between our own texts, links that lead outside, and what a guide's page needs to know of them."""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('outside_addresses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=1000), nullable=False),
    sa.Column('host', sa.String(length=255), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('moved_to', sa.String(length=1000), nullable=False),
    sa.Column('said', sa.String(length=100), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('failing_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('unchecked', 'fine', 'moved', 'failing', 'broken', 'unclear', 'refused')", name=op.f('ck_outside_addresses_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_addresses')),
    sa.UniqueConstraint('address', name=op.f('uq_outside_addresses_address'))
    )
    with op.batch_alter_table('outside_addresses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outside_addresses_host_checked_at'), ['host', 'checked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_outside_addresses_next_at'), ['next_at'], unique=False)

    op.create_table('own_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(length=500), nullable=False),
    sa.Column('words', sa.String(length=150), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('row_id', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_own_links'))
    )
    with op.batch_alter_table('own_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_own_links_source_source_id_place_path'), ['source', 'source_id', 'place', 'path'], unique=True)
        batch_op.create_index(batch_op.f('ix_own_links_subject_row_id'), ['subject', 'row_id'], unique=False)

    op.create_table('collections',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('slug', sa.String(length=90), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=False),
    sa.Column('purpose', sa.String(length=300), nullable=False),
    sa.Column('keeper_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_by', sa.Integer(), nullable=True),
    sa.Column('hidden_reason', sa.String(length=300), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.CheckConstraint('keeper_id IS NULL OR group_id IS NULL', name=op.f('ck_collections_one_keeper')),
    sa.ForeignKeyConstraint(['created_by'], ['people.id'], name=op.f('fk_collections_created_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_collections_group_id')),
    sa.ForeignKeyConstraint(['hidden_by'], ['people.id'], name=op.f('fk_collections_hidden_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['keeper_id'], ['people.id'], name=op.f('fk_collections_keeper_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collections')),
    sa.UniqueConstraint('slug', name=op.f('uq_collections_slug')),
    sa.UniqueConstraint('uuid', name=op.f('uq_collections_uuid'))
    )
    with op.batch_alter_table('collections', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_collections_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_collections_keeper_id'), ['keeper_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_collections_updated_at'), ['updated_at'], unique=False)

    op.create_table('collection_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('collection_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('added_by', sa.Integer(), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['added_by'], ['people.id'], name=op.f('fk_collection_items_added_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['collection_id'], ['collections.id'], name=op.f('fk_collection_items_collection_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collection_items'))
    )
    with op.batch_alter_table('collection_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_collection_items_collection_id_subject_subject_id'), ['collection_id', 'subject', 'subject_id'], unique=True)
        batch_op.create_index(batch_op.f('ix_collection_items_subject_subject_id'), ['subject', 'subject_id'], unique=False)

    op.create_table('outside_links',
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('address_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=150), nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['outside_addresses.id'], name=op.f('fk_outside_links_address_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_outside_links_guide_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('guide_id', 'address_id', name=op.f('pk_outside_links'))
    )
    with op.batch_alter_table('outside_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outside_links_address_id'), ['address_id'], unique=False)

    with op.batch_alter_table('guides', schema=None) as batch_op:
        batch_op.add_column(sa.Column('link_count', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('broken_link_count', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('related', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('related_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('guides', schema=None) as batch_op:
        batch_op.drop_column('related_at')
        batch_op.drop_column('related')
        batch_op.drop_column('broken_link_count')
        batch_op.drop_column('link_count')

    with op.batch_alter_table('outside_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outside_links_address_id'))

    op.drop_table('outside_links')
    with op.batch_alter_table('collection_items', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_collection_items_subject_subject_id'))
        batch_op.drop_index(batch_op.f('ix_collection_items_collection_id_subject_subject_id'))

    op.drop_table('collection_items')
    with op.batch_alter_table('collections', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_collections_updated_at'))
        batch_op.drop_index(batch_op.f('ix_collections_keeper_id'))
        batch_op.drop_index(batch_op.f('ix_collections_group_id'))

    op.drop_table('collections')
    with op.batch_alter_table('own_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_own_links_subject_row_id'))
        batch_op.drop_index(batch_op.f('ix_own_links_source_source_id_place_path'))

    op.drop_table('own_links')
    with op.batch_alter_table('outside_addresses', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outside_addresses_next_at'))
        batch_op.drop_index(batch_op.f('ix_outside_addresses_host_checked_at'))

    op.drop_table('outside_addresses')
