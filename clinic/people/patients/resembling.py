"""Is this somebody we may know? A family may share a phone and a mailbox, so it only warns."""

from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_

from clinic.database import database
from clinic.people.patients.contact import normal_email, normal_phone
from clinic.people.patients.found import Found, select_found
from clinic.people.patients.models import Patient
from clinic.people.patients.names import fold
from clinic.refusals import Unacceptable

ALIKE = 0.8
MOST_READ = 200


class Resemblance(NamedTuple):
    """Somebody in the register, and in what they are alike."""

    patient: Found
    why: tuple[str, ...]


class Description(NamedTuple):
    """What is known so far, in the register's own form; empty where it cannot be read yet."""

    words: tuple[str, ...]
    phone: str
    email: str
    born_on: date | None


def resembling(
    *,
    name: str = "",
    phone: str = "",
    email: str = "",
    born_on: date | None = None,
    except_id: int | None = None,
    limit: int = 3,
) -> list[Resemblance]:
    """Return those in the register who share a phone, an e-mail, all words of the name, or a birth date and a name
    much like it; the most alike first.

    What cannot be read yet, such as half a phone number, is left out.
    """
    known = Description(tuple(sorted(fold(name).split())), _phone(phone), _email(email), born_on)
    conditions = _conditions(known)
    if not conditions:
        return []
    query = select_found().where(or_(*conditions)).order_by(Patient.id).limit(MOST_READ)
    if except_id is not None:
        query = query.where(Patient.id != except_id)
    candidates = [Found(*row) for row in database.session.execute(query)]
    alike = [Resemblance(found, _why(found, known)) for found in candidates]
    return sorted((one for one in alike if one.why), key=lambda one: -len(one.why))[:limit]


def _conditions(known: Description) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if known.phone:
        found.append(Patient.phone == known.phone)
    if known.email:
        found.append(func.lower(Patient.email) == known.email)
    if known.words:
        found.append(and_(*(Patient.search_name.contains(word, autoescape=True) for word in known.words)))
    if known.born_on:
        found.append(Patient.born_on == known.born_on)
    return found


def _why(found: Found, known: Description) -> tuple[str, ...]:
    words = tuple(sorted(fold(found.name).split()))
    same_name = len(known.words) > 1 and words == known.words
    same_day = known.born_on is not None and found.born_on == known.born_on
    similar = same_day and not same_name and _much_like(words, known.words)
    reasons = {
        "same name": same_name,
        "similar name": similar,
        "same birth date": same_day and (same_name or similar),
        "same phone": bool(known.phone) and found.phone == known.phone,
        "same e-mail": bool(known.email) and found.email.lower() == known.email,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def _much_like(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return bool(set(one) & set(other)) or SequenceMatcher(None, " ".join(one), " ".join(other)).ratio() >= ALIKE


def _phone(text: str) -> str:
    try:
        return normal_phone(text)
    except Unacceptable:
        return ""


def _email(text: str) -> str:
    try:
        return normal_email(text).lower()
    except Unacceptable:
        return ""
