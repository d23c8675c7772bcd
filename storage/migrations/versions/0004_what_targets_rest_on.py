"""What amended targets rest on"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("targets", sa.Column("decision_no", sa.Text(), nullable=True))
    op.add_column("targets", sa.Column("decision_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("targets", "decision_on")
    op.drop_column("targets", "decision_no")
