"""The strength of units"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_IN_FORCE = sa.text("until_at IS NULL")
_OF_CELLS = sa.text("cell_id IS NOT NULL")


def upgrade() -> None:
    _create("member_counts", sa.Column("members", sa.Integer(), nullable=False), positive="members")
    _create("last_admissions", sa.Column("admitted_on", sa.Date(), nullable=False))
    op.create_index(
        "ix_admissions_cell_id",
        "admissions",
        ["cell_id"],
        sqlite_where=_OF_CELLS,
        postgresql_where=_OF_CELLS,
    )


def _create(table: str, told: sa.Column[object], positive: str | None = None) -> None:
    checks = (
        [] if positive is None else [sa.CheckConstraint(f"{positive} > 0", name=op.f(f"ck_{table}_somebody"))]
    )
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        told,
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        *checks,
        sa.ForeignKeyConstraint(["by_person_id"], ["people.id"], name=op.f(f"fk_{table}_by_person_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f(f"fk_{table}_inbox_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f(f"fk_{table}_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(
        f"uq_{table}_current",
        table,
        ["unit_id"],
        unique=True,
        sqlite_where=_IN_FORCE,
        postgresql_where=_IN_FORCE,
    )


def downgrade() -> None:
    op.drop_index("ix_admissions_cell_id", "admissions")
    op.drop_index("uq_last_admissions_current", "last_admissions")
    op.drop_table("last_admissions")
    op.drop_index("uq_member_counts_current", "member_counts")
    op.drop_table("member_counts")
