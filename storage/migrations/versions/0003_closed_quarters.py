"""Closed quarters, and what the books said before they were told otherwise"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("snapshot", sa.JSON(), nullable=True),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_person_id"], ["people.id"], name=op.f("fk_closings_by_person_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_closings_inbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closings")),
    )
    with op.batch_alter_table("closings") as batch_op:
        batch_op.create_index(batch_op.f("ix_closings_quarter"), ["quarter"], unique=False)
        batch_op.create_index(
            "uq_closings_current",
            ["quarter"],
            unique=True,
            sqlite_where=sa.text("until_at IS NULL"),
            postgresql_where=sa.text("until_at IS NULL"),
        )

    op.create_table(
        "former_units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_former_units_parent_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_former_units_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_units")),
    )
    with op.batch_alter_table("former_units") as batch_op:
        batch_op.create_index(batch_op.f("ix_former_units_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "former_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("pledged", sa.Integer(), nullable=False),
        sa.Column("heads_rate", sa.Integer(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_former_plans_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_plans")),
    )
    with op.batch_alter_table("former_plans") as batch_op:
        batch_op.create_index(batch_op.f("ix_former_plans_plan_id"), ["plan_id"], unique=False)

    op.add_column("units", sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("admission_revisions", sa.Column("late_because", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("admission_revisions", "late_because")
    op.drop_column("units", "entered_at")
    op.drop_table("former_plans")
    op.drop_table("former_units")
    op.drop_table("closings")
