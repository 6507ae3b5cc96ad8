"""Time that is taken, also as one row for each claim: what openings are read from."""

import sqlalchemy as sa
from alembic import op

revision = "b_stretches"
down_revision = "a_the_house"

JOINED = """
insert into stretches (owner, holder, lane, first, until)
select owner, holder, lane, min(cell), max(cell) + 1
  from (select owner, holder, lane, cell,
               cell - row_number() over (partition by owner, holder, lane order by cell) as run from holds) as numbered
 group by owner, holder, lane, run
"""


def upgrade() -> None:
    op.create_table(
        "stretches",
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "holder", "first", "lane", name=op.f("pk_stretches")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stretches_first_until_holder_owner", "stretches", ["first", "until", "holder", "owner"])
    op.execute(JOINED)
    op.drop_index("ix_holds_cell_holder_owner", table_name="holds")


def downgrade() -> None:
    op.create_index("ix_holds_cell_holder_owner", "holds", ["cell", "holder", "owner"])
    op.drop_index("ix_stretches_first_until_holder_owner", table_name="stretches")
    op.drop_table("stretches")
