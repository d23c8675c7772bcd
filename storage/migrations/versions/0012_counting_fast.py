"""Counting fast"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_SQLITE = sa.text("until_at IS NULL AND withdrawn IS 0")
_POSTGRESQL = sa.text("until_at IS NULL AND withdrawn IS FALSE")
_COUNTED = (
    "unit_id",
    "ceremony_on",
    "decision_on",
    "gender",
    "minority",
    "religious",
    "youth",
    "rural",
    "private_sector",
    "village_head",
    "schooling",
    "withdrawn",
    "until_at",
)


def upgrade() -> None:
    op.create_index(
        "ix_admission_revisions_counted",
        "admission_revisions",
        list(_COUNTED),
        sqlite_where=_SQLITE,
        postgresql_where=_POSTGRESQL,
    )
    op.create_index("ix_admission_revisions_from_at", "admission_revisions", ["from_at"])
    op.create_index(
        "ix_admission_revisions_until_at",
        "admission_revisions",
        ["until_at"],
        sqlite_where=sa.text("until_at IS NOT NULL"),
        postgresql_where=sa.text("until_at IS NOT NULL"),
    )
    op.create_index(
        "ix_targets_counted",
        "targets",
        ["unit_id", "quarter", "assigned", "until_at"],
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    )
    op.create_index("ix_targets_from_at", "targets", ["from_at"])
    op.create_index(
        "ix_targets_until_at",
        "targets",
        ["until_at"],
        sqlite_where=sa.text("until_at IS NOT NULL"),
        postgresql_where=sa.text("until_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_targets_until_at", table_name="targets")
    op.drop_index("ix_targets_from_at", table_name="targets")
    op.drop_index("ix_targets_counted", table_name="targets")
    op.drop_index("ix_admission_revisions_until_at", table_name="admission_revisions")
    op.drop_index("ix_admission_revisions_from_at", table_name="admission_revisions")
    op.drop_index("ix_admission_revisions_counted", table_name="admission_revisions")
