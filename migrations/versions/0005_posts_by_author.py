"""Find a person's posts without reading them."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_posts_author_id_created_at", table_name="posts")
    columns = ["author_id", "created_at", "id", "withdrawn_at", "number", "thread_id"]
    op.create_index("ix_posts_by_author", "posts", columns)


def downgrade() -> None:
    op.drop_index("ix_posts_by_author", table_name="posts")
    op.create_index("ix_posts_author_id_created_at", "posts", ["author_id", "created_at"])
