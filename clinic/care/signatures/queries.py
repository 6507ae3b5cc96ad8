"""Read signatures and addenda."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from clinic.care.signatures.models import Addendum, Signature
from clinic.database import database


def signatures_of(about: str) -> Sequence[Signature]:
    """Return who signed a document, the author first."""
    query = select(Signature).where(Signature.about == about)
    return database.session.scalars(query.order_by(Signature.id)).all()


def addenda_of(about: str) -> Sequence[Addendum]:
    """Return what was added to a document, in order."""
    return database.session.scalars(select(Addendum).where(Addendum.about == about).order_by(Addendum.id)).all()


def cosigned(abouts: Iterable[str]) -> set[str]:
    """Return which of these documents a co-signer has signed."""
    query = select(Signature.about).where(Signature.about.in_(list(abouts)), Signature.part == "co-signer")
    return set(database.session.scalars(query))
