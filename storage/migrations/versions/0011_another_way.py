"""Another way"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent_counts",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "month", name=op.f("pk_sent_counts")),
    )
    op.create_table(
        "failovers",
        sa.Column("outbox_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_address_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_address_id"], ["addresses.id"], name=op.f("fk_failovers_from_address_id")
        ),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_failovers_outbox_id")),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_failovers")),
    )
    op.create_index(op.f("ix_failovers_at"), "failovers", ["at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_failovers_at"), table_name="failovers")
    op.drop_table("failovers")
    op.drop_table("sent_counts")
