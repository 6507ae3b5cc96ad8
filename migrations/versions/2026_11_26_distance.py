"""How far a run was: told by the patient beside its minutes, so that pain is seen against a week's distance."""

import sqlalchemy as sa
from alembic import op

revision = "g_distance"
down_revision = "f_treatment"


def upgrade() -> None:
    op.add_column("runs", sa.Column("km", sa.Numeric(precision=6, scale=1), nullable=True))


def downgrade() -> None:
    op.drop_column("runs", "km")
