"""Add the table of notes.

Revision: 0001
After: nothing, it is the first
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# One migration for every database: MySQL wants lengths, and drops microseconds unless told.
TIME = sa.DateTime(timezone=True).with_variant(mysql.DATETIME(fsp=6), "mysql")
TEXT = sa.String().with_variant(sa.Text(), "mysql")


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.UniqueConstraint("title", name=op.f("uq_notes_title")),
        mysql_charset="utf8mb4",
    )


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("notes")
