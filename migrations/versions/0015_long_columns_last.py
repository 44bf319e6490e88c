"""Put the long texts of guides last in their rows: SQLite reads a row up to the last column that is asked for."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

FIRST = (
    *("id", "uuid", "slug", "state", "kind", "title", "sort_title", "summary", "language", "renderer_version", "words"),
    *("licence", "licence_name", "licence_address", "author_id", "owner_person_id", "owner_group_id"),
    *("owner_organisation_id", "organisation_id", "group_id", "thread_id", "comment_count", "version", "created_at"),
    *("updated_at", "published_at", "checked_at", "checked_by", "check_due", "check_state", "check_months"),
    *("superseded_by_id", "adapted_from_id", "use_count", "adoption_count", "adaptation_count", "flagged_at"),
    *("suggestion_count", "file_count", "link_count", "broken_link_count", "related_at", "withdrawn_at"),
    *("withdrawn_by", "withdrawn_reason", "source_id", "source_path", "source_digest", "source_version"),
    *("imported_at", "revision"),
)
LAST = ("body", "html", "headings", "related")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("guides", recreate="always", partial_reordering=[(*FIRST, *LAST)]):
            pass
        op.execute("ANALYZE guides")  # Its statistics went with the old table, and without them ids are looked up late.


def downgrade() -> None:
    """Where columns stand makes no difference to anything else."""
