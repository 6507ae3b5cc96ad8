"""Clinical defaults of the clinic's own: a version may carry a label, so a key need not be one that is shipped."""

import sqlalchemy as sa
from alembic import op

revision = "e_own_defaults"
down_revision = "d_chart"


def upgrade() -> None:
    op.add_column("default_versions", sa.Column("label", sa.String(length=120), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("default_versions", "label")
