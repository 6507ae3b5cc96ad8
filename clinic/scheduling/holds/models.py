"""Time that is taken: the rule against double booking is the primary key of the one table, reading is the other."""

from sqlalchemy import Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base


class Hold(Base):
    """Five minutes of one therapist, patient, room or device, taken by one owner.

    ``cell`` counts five-minute steps since 1970 in UTC. ``holder`` is a plain key such as ``therapist:3``, ``owner``
    such as ``appointment:12``. A deliberate overlap is a second ``lane``.
    """

    __tablename__ = "holds"
    __table_args__ = (Index("ix_holds_owner", "owner"), {"sqlite_with_rowid": False})

    holder: Mapped[str] = mapped_column(String(40), primary_key=True)
    cell: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lane: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, default=0)
    owner: Mapped[str] = mapped_column(String(40))


class Stretch(Base):
    """The same time as one row for each claim, from ``first`` up to but not including ``until``.

    Cells decide, stretches are read: a day of a large clinic is some hundred of these and some thousand of those.
    """

    __tablename__ = "stretches"
    __table_args__ = (
        Index("ix_stretches_first_until_holder_owner", "first", "until", "holder", "owner"),
        {"sqlite_with_rowid": False},
    )

    owner: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(40), primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lane: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, default=0)
    until: Mapped[int]
