"""Visits whose patient wants a call are found by an index of their own: the board counts them each time it is shown."""

import sqlalchemy as sa
from alembic import op

revision = "h_calls_wanted"
down_revision = "g_distance"

WANTED = sa.text("call_wanted_at IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_appointments_call_wanted_at",
        "appointments",
        ["call_wanted_at"],
        unique=False,
        sqlite_where=WANTED,
        postgresql_where=WANTED,
    )


def downgrade() -> None:
    op.drop_index("ix_appointments_call_wanted_at", table_name="appointments")
