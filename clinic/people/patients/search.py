"""Find a patient while the phone rings."""

from sqlalchemy import ColumnElement, case, literal, or_

from clinic.database import database
from clinic.people.patients.found import Found, select_found
from clinic.people.patients.models import Patient
from clinic.people.patients.search_terms import Terms, terms


def search(text: str, *, limit: int = 8) -> list[Found]:
    """Return patients by any parts of a name, digits of a phone, a birth date, or several of these.

    Accents, case and order do not matter. Names that begin with what was typed come first, active patients before
    others; nothing typed finds nobody.
    """
    asked = terms(text)
    if not any(asked):
        return []
    query = (
        select_found()
        .where(*_conditions(asked))
        .order_by(
            or_(Patient.inactive_at.is_not(None), Patient.deceased_at.is_not(None)),
            _beginnings(asked).desc(),
            Patient.search_name,
            Patient.id,
        )
        .limit(limit)
    )
    return [Found(*row) for row in database.session.execute(query)]


def _conditions(asked: Terms) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Patient.search_name.contains(word, autoescape=True) for word in asked.words]
    found += [Patient.phone.contains(digits, autoescape=True) for digits in asked.digits]
    if asked.born_on:
        found.append(Patient.born_on.in_(asked.born_on))
    return found


def _beginnings(asked: Terms) -> ColumnElement[int]:
    """Count the words that begin a part of the name, and twice that which begins the whole."""
    count: ColumnElement[int] = literal(0)
    for word in asked.words:
        begins = Patient.search_name.startswith(word, autoescape=True)
        inside = Patient.search_name.contains(f" {word}", autoescape=True)
        count = count + case((begins, 2), (inside, 1), else_=0)
    return count
