"""Calls to units"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_UNASKED = sa.text("kind <> 'reply' OR state = 'failed'")


def upgrade() -> None:
    op.create_table(
        "call_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "result <> 'promised' OR promised_on IS NOT NULL",
            name=op.f("ck_call_notes_a_promise_has_a_day"),
        ),
        sa.ForeignKeyConstraint(["by_person_id"], ["people.id"], name=op.f("fk_call_notes_by_person_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_call_notes_inbox_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_call_notes_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_notes")),
    )
    op.create_index("ix_call_notes_quarter_unit_id", "call_notes", ["quarter", "unit_id"])
    op.create_index(
        "ix_outbox_unasked",
        "outbox",
        ["address_id", "created_at"],
        sqlite_where=_UNASKED,
        postgresql_where=_UNASKED,
    )
    op.add_column("invitations", sa.Column("phone", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("invitations") as batch_op:
        batch_op.drop_column("phone")
    op.drop_index("ix_outbox_unasked", table_name="outbox")
    op.drop_index("ix_call_notes_quarter_unit_id", table_name="call_notes")
    op.drop_table("call_notes")
