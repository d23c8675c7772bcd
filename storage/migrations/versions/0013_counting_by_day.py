"""Counting by day"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TABLE = "admission_revisions"
_DATES = ["ceremony_on", "decision_on"]
_GROUPS = ["gender", "minority", "religious", "youth", "rural", "private_sector", "village_head", "schooling"]
_STATE = ["withdrawn", "until_at"]


def _of_those_in_force(name: str, columns: list[str]) -> None:
    op.create_index(
        name,
        _TABLE,
        columns,
        sqlite_where=sa.text("until_at IS NULL AND withdrawn IS 0"),
        postgresql_where=sa.text("until_at IS NULL AND withdrawn IS FALSE"),
    )


def upgrade() -> None:
    op.drop_index("ix_admission_revisions_count", table_name=_TABLE)
    op.drop_index("ix_admission_revisions_counted", table_name=_TABLE)
    op.create_index("ix_admission_revisions_unit_id", _TABLE, ["unit_id"])
    _of_those_in_force("ix_admission_revisions_counted", ["unit_id", *_DATES, *_STATE])
    _of_those_in_force("ix_admission_revisions_grouped", [*_DATES, *_GROUPS, *_STATE])


def downgrade() -> None:
    op.drop_index("ix_admission_revisions_grouped", table_name=_TABLE)
    op.drop_index("ix_admission_revisions_counted", table_name=_TABLE)
    op.drop_index("ix_admission_revisions_unit_id", table_name=_TABLE)
    _of_those_in_force("ix_admission_revisions_counted", ["unit_id", *_DATES, *_GROUPS, *_STATE])
    op.create_index("ix_admission_revisions_count", _TABLE, ["unit_id", *_DATES, "from_at", "until_at"])
