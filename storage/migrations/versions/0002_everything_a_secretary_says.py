"""Everything a secretary says"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_calls_inbox_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_calls_person_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["people.id"], name=op.f("fk_calls_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    with op.batch_alter_table("calls") as batch_op:
        batch_op.create_index(batch_op.f("ix_calls_person_id"), ["person_id"], unique=False)

    op.create_table(
        "candidate_closings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("because", sa.String(length=20), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["people.id"], name=op.f("fk_candidate_closings_by_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_candidate_closings_candidate_id")
        ),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_candidate_closings_inbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_closings")),
    )
    with op.batch_alter_table("candidate_closings") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_candidate_closings_candidate_id"), ["candidate_id"], unique=False
        )

    op.create_table(
        "hand_overs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_hand_overs_appointment_id")
        ),
        sa.ForeignKeyConstraint(["by_person_id"], ["people.id"], name=op.f("fk_hand_overs_by_person_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_hand_overs_decided_by_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_hand_overs_inbox_id")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_hand_overs_invitation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
    )
    with op.batch_alter_table("hand_overs") as batch_op:
        batch_op.create_index(batch_op.f("ix_hand_overs_appointment_id"), ["appointment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hand_overs_invitation_id"), ["invitation_id"], unique=False)

    op.create_table(
        "heads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("members >= 0 AND members <= total", name=op.f("ck_heads_part_of_the_whole")),
        sa.ForeignKeyConstraint(["by_person_id"], ["people.id"], name=op.f("fk_heads_by_person_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_heads_inbox_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_heads_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heads")),
    )
    with op.batch_alter_table("heads") as batch_op:
        batch_op.create_index(batch_op.f("ix_heads_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "issues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_person_id"], ["people.id"], name=op.f("fk_issues_by_person_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_issues_inbox_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_issues_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issues")),
    )
    with op.batch_alter_table("issues") as batch_op:
        batch_op.create_index(batch_op.f("ix_issues_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "promises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_person_id"], ["people.id"], name=op.f("fk_promises_by_person_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_promises_inbox_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_promises_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    with op.batch_alter_table("promises") as batch_op:
        batch_op.create_index(
            "uq_promises_current",
            ["unit_id", "quarter"],
            unique=True,
            sqlite_where=sa.text("until_at IS NULL"),
            postgresql_where=sa.text("until_at IS NULL"),
        )

    op.create_table(
        "issue_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_person_id"], ["people.id"], name=op.f("fk_issue_answers_by_person_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_issue_answers_inbox_id")),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_issue_answers_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_answers")),
    )
    with op.batch_alter_table("issue_answers") as batch_op:
        batch_op.create_index(batch_op.f("ix_issue_answers_issue_id"), ["issue_id"], unique=False)

    with op.batch_alter_table("audit") as batch_op:
        batch_op.add_column(sa.Column("line_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("undone_by", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_audit_inbox_id"), ["inbox_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_line_id"), ["line_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_audit_undone_by"), "audit", ["undone_by"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_audit_line_id"), "inbox", ["line_id"], ["id"])

    # Whoever is reported is looked for among all units, to tell of a double.
    op.create_index("ix_admission_revisions_folded", "admission_revisions", ["folded"])

    with op.batch_alter_table("candidate_steps") as batch_op:
        batch_op.add_column(sa.Column("responsible", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("decision_no", sa.Text(), nullable=True))

    # Why somebody left is a fact with its sender and its moment; a row that others refer to is never made anew.
    op.execute(
        "INSERT INTO candidate_closings (candidate_id, closed_on, because, from_at)"
        " SELECT id, closed_on, COALESCE(closed_because, 'withdrew'), created_at"
        " FROM candidates WHERE closed_on IS NOT NULL"
    )
    op.drop_column("candidates", "closed_because")
    op.drop_column("candidates", "closed_on")

    with op.batch_alter_table("inbox") as batch_op:
        batch_op.add_column(sa.Column("message_ref", sa.Text(), nullable=True))
        batch_op.drop_index(batch_op.f("ix_inbox_address_id"))
        batch_op.create_index("ix_inbox_message", ["address_id", "message_ref"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_admission_revisions_folded", "admission_revisions")
    with op.batch_alter_table("inbox") as batch_op:
        batch_op.drop_index("ix_inbox_message")
        batch_op.create_index(batch_op.f("ix_inbox_address_id"), ["address_id"], unique=False)
        batch_op.drop_column("message_ref")

    op.add_column("candidates", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("candidates", sa.Column("closed_because", sa.String(length=20), nullable=True))
    for column, source in (("closed_on", "closed_on"), ("closed_because", "because")):
        op.execute(
            f"UPDATE candidates SET {column} = (SELECT {source} FROM candidate_closings c"  # noqa: S608
            " WHERE c.candidate_id = candidates.id AND c.until_at IS NULL)"
        )

    with op.batch_alter_table("candidate_steps") as batch_op:
        batch_op.drop_column("decision_no")
        batch_op.drop_column("responsible")

    with op.batch_alter_table("audit") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_audit_line_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_audit_undone_by"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_audit_line_id"))
        batch_op.drop_index(batch_op.f("ix_audit_inbox_id"))
        batch_op.drop_column("undone_by")
        batch_op.drop_column("line_id")

    with op.batch_alter_table("issue_answers") as batch_op:
        batch_op.drop_index(batch_op.f("ix_issue_answers_issue_id"))

    op.drop_table("issue_answers")
    with op.batch_alter_table("promises") as batch_op:
        batch_op.drop_index(
            "uq_promises_current",
            sqlite_where=sa.text("until_at IS NULL"),
            postgresql_where=sa.text("until_at IS NULL"),
        )

    op.drop_table("promises")
    with op.batch_alter_table("issues") as batch_op:
        batch_op.drop_index(batch_op.f("ix_issues_unit_id"))

    op.drop_table("issues")
    with op.batch_alter_table("heads") as batch_op:
        batch_op.drop_index(batch_op.f("ix_heads_unit_id"))

    op.drop_table("heads")
    with op.batch_alter_table("hand_overs") as batch_op:
        batch_op.drop_index(batch_op.f("ix_hand_overs_invitation_id"))
        batch_op.drop_index(batch_op.f("ix_hand_overs_appointment_id"))

    op.drop_table("hand_overs")
    with op.batch_alter_table("candidate_closings") as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_closings_candidate_id"))

    op.drop_table("candidate_closings")
    with op.batch_alter_table("calls") as batch_op:
        batch_op.drop_index(batch_op.f("ix_calls_person_id"))

    op.drop_table("calls")
