"""The home link: one address by which a patient sees what to do at home, and the devices that showed who they are."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base

WRONG_MOST = 5
"""After so many wrong birth dates the link is locked until the desk opens it again."""


class HomeLink(Base):
    """A patient's home link. ``generation`` is raised to revoke what was given out; ``wrong`` counts wrong birth dates.

    ``ends_on`` is the last day on which it works: care writes it when the last episode is closed, empty until then.
    """

    __tablename__ = "home_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patients.id"), unique=True)
    generation: Mapped[int] = mapped_column(default=1)
    wrong: Mapped[int] = mapped_column(default=0)
    locked_at: Mapped[datetime | None]
    ends_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(200))

    @property
    def key(self) -> str:
        """What the trail calls this link."""
        return f"home-link:{self.id}"


class HomeDevice(Base):
    """A device on which the birth date was right, known by the digest of a cookie, for one generation of the link."""

    __tablename__ = "home_devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("home_links.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    generation: Mapped[int]
    opened_at: Mapped[datetime]
