"""Evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_body",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_kept_body")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ground", sa.String(length=16), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["column_id"], ["column.id"], name=op.f("fk_evidence_column_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index("ix_evidence_column_at", "evidence", ["column_id", "at"], unique=False)
    op.create_index("ix_evidence_ground_at", "evidence", ["ground", "at"], unique=False)
    op.create_table(
        "evidence_body",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_body_evidence_id")),
        sa.ForeignKeyConstraint(["sha256"], ["kept_body.sha256"], name=op.f("fk_evidence_body_sha256")),
        sa.PrimaryKeyConstraint("evidence_id", "sha256", name=op.f("pk_evidence_body")),
    )
    op.create_index("ix_evidence_body_sha256", "evidence_body", ["sha256"], unique=False)
