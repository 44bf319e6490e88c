"""Files of guides with their versions and words; what a virus scanner said of stored files."""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('stored_files', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state', sa.String(length=10), server_default='ready', nullable=False))
        batch_op.create_index(batch_op.f('ix_stored_files_state_created_at'), ['state', 'created_at'], unique=False)
        batch_op.add_column(sa.Column('whole_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_stored_files_whole_id'), ['whole_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_stored_files_whole_id'), 'stored_files', ['whole_id'], ['id'], ondelete='CASCADE')

    op.create_table('guide_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=False),
    sa.Column('description', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_guide_files_guide_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guide_files'))
    )
    with op.batch_alter_table('guide_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guide_files_guide_id_number'), ['guide_id', 'number'], unique=True)

    op.create_table('guide_file_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('stored_id', sa.Integer(), nullable=False),
    sa.Column('words_state', sa.String(length=10), nullable=False),
    sa.Column('fault', sa.String(length=100), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.CheckConstraint("words_state IN ('waiting', 'read', 'none', 'failed')", name=op.f('ck_guide_file_versions_words_state')),
    sa.ForeignKeyConstraint(['file_id'], ['guide_files.id'], name=op.f('fk_guide_file_versions_file_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stored_id'], ['stored_files.id'], name=op.f('fk_guide_file_versions_stored_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guide_file_versions')),
    sa.UniqueConstraint('stored_id', name=op.f('uq_guide_file_versions_stored_id'))
    )
    with op.batch_alter_table('guide_file_versions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guide_file_versions_file_id_number'), ['file_id', 'number'], unique=True)
        batch_op.create_index(batch_op.f('ix_guide_file_versions_words_state'), ['words_state'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('guide_file_versions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guide_file_versions_words_state'))
        batch_op.drop_index(batch_op.f('ix_guide_file_versions_file_id_number'))

    op.drop_table('guide_file_versions')
    with op.batch_alter_table('guide_files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guide_files_guide_id_number'))

    op.drop_table('guide_files')

    with op.batch_alter_table('stored_files', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_stored_files_whole_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_stored_files_whole_id'))
        batch_op.drop_column('whole_id')
        batch_op.drop_index(batch_op.f('ix_stored_files_state_created_at'))
        batch_op.drop_column('state')
