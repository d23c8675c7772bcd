"""Mailings"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reach", sa.JSON(), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("last_id", sa.Integer(), nullable=True),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_person_id"], ["people.id"], name=op.f("fk_mailings_by_person_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_mailings_inbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailings")),
    )
    op.create_index(
        "ix_mailings_due",
        "mailings",
        ["due_at"],
        sqlite_where=sa.text("done_at IS NULL AND until_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND until_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_mailings_due", "mailings")
    op.drop_table("mailings")
