"""Imports by the web, and sources that members name for their own imports."""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('import_jobs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('folder', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('problem', sa.String(length=300), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('reading', 'ready', 'running', 'done', 'failed')", name=op.f('ck_import_jobs_state')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_import_jobs_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_jobs')),
    sa.UniqueConstraint('folder', name=op.f('uq_import_jobs_folder'))
    )
    with op.batch_alter_table('import_jobs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_jobs_person_id_created_at'), ['person_id', 'created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_jobs_state_touched_at'), ['state', 'touched_at'], unique=False)

    op.create_table('import_items',
    sa.Column('job_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('path', sa.String(length=500), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('words', sa.Integer(), nullable=False),
    sa.Column('pictures', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('remarks', sa.JSON(), nullable=False),
    sa.Column('standing', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('before_id', sa.Integer(), nullable=True),
    sa.Column('slug', sa.String(length=90), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("outcome IN ('', 'made', 'renewed', 'left-out', 'broken')", name=op.f('ck_import_items_outcome')),
    sa.CheckConstraint("standing IN ('new', 'changed', 'same', 'edited', 'published', 'refused')", name=op.f('ck_import_items_standing')),
    sa.ForeignKeyConstraint(['before_id'], ['guides.id'], name=op.f('fk_import_items_before_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_import_items_guide_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['job_id'], ['import_jobs.id'], name=op.f('fk_import_items_job_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('job_id', 'number', name=op.f('pk_import_items'))
    )
    with op.batch_alter_table('import_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_items_before_id'), ['before_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_items_guide_id'), ['guide_id'], unique=False)

    with op.batch_alter_table('import_sources', schema=None) as batch_op:
        batch_op.add_column(sa.Column('named_by', sa.String(length=40), server_default='', nullable=False))
        batch_op.drop_constraint(batch_op.f('uq_import_sources_name'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_import_sources_name_named_by'), ['name', 'named_by'])


def downgrade() -> None:
    # What two members called alike gets names apart.
    op.execute(
        "UPDATE import_sources SET name = substr(name, 1, 180) || ' (' || id || ')' WHERE named_by <> ''"
        " AND EXISTS (SELECT 1 FROM import_sources o WHERE o.name = import_sources.name AND o.id <> import_sources.id)"
    )
    with op.batch_alter_table('import_sources', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_import_sources_name_named_by'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_import_sources_name'), ['name'])
        batch_op.drop_column('named_by')

    with op.batch_alter_table('import_items', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_items_guide_id'))
        batch_op.drop_index(batch_op.f('ix_import_items_before_id'))

    op.drop_table('import_items')
    with op.batch_alter_table('import_jobs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_jobs_state_touched_at'))
        batch_op.drop_index(batch_op.f('ix_import_jobs_person_id_created_at'))

    op.drop_table('import_jobs')
