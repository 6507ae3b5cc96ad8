"""Users, their sign-ins, and the tries that were refused."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from clinic.audit import Actor
from clinic.database import Base
from clinic.people.accounts.roles import Role


class Roles(TypeDecorator[frozenset[Role]]):
    """A set of roles, kept as their names in order, between spaces."""

    impl = String(80)
    cache_ok = True

    def process_bind_param(self, value: frozenset[Role] | None, dialect: Dialect) -> str:
        """Write the names in order."""
        return " ".join(sorted(role.value for role in value or ()))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[Role]:
        """Read the names back."""
        return frozenset(Role(name) for name in (value or "").split())


class User(Base):
    """Somebody who works here. Disabled when they leave, never deleted: the trail names them."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(320), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    roles: Mapped[frozenset[Role]] = mapped_column(Roles)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def actor(self) -> Actor:
        """This user as the trail names them."""
        return Actor(name=self.name, user_id=self.id)


class SignIn(Base):
    """One browser that is signed in. Only the sha256 of its token is kept."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index("ix_sign_ins_user_id_ended_at", "user_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    device: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RefusedTry(Base):
    """A sign-in that failed: counted for throttling, tidied away after a day."""

    __tablename__ = "refused_tries"
    __table_args__ = (
        Index("ix_refused_tries_account_hash_at", "account_hash", "at"),
        Index("ix_refused_tries_address_hash_at", "address_hash", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account_hash: Mapped[str] = mapped_column(String(64))
    address_hash: Mapped[str] = mapped_column(String(64))
    device_hash: Mapped[str | None] = mapped_column(String(64))
