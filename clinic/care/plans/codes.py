"""Diagnosis codes of ICD-10-CM: search by code and words, and the official yearly file."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select

from clinic.care.plans.models import DiagnosisCode
from clinic.database import database
from clinic.refusals import Unacceptable

MOST = 12
LONGEST = 8
DAY = timedelta(days=1)
CODE, BILLABLE, TITLE = slice(6, 13), 14, slice(77, None)
"""Where the official order file has the code, whether it may be billed, and the long title."""


class Imported(NamedTuple):
    """What an import did."""

    added: int
    changed: int
    ended: int
    unchanged: int


class NoSuchCode(Unacceptable):
    """The code does not exist, or not on that day."""


def search_codes(text: str, *, on: date) -> Sequence[DiagnosisCode]:
    """Return the billable codes valid on a day whose code begins so, or whose title has all the words; at most 12."""
    words = text.casefold().split()[:8]
    if not words:
        return []
    code = "".join(words).replace(".", "").upper()[:LONGEST]
    dotted = dotted_code(code)
    titled = [DiagnosisCode.search.contains(word, autoescape=True) for word in words]
    query = (
        select(DiagnosisCode)
        .where(DiagnosisCode.billable, *_valid(on))
        .where(or_(DiagnosisCode.code.startswith(dotted, autoescape=True), and_(*titled)))
        .order_by(DiagnosisCode.code.startswith(dotted, autoescape=True).desc(), DiagnosisCode.code)
    )
    return database.session.scalars(query.limit(MOST)).all()


def code_on(code: str, *, on: date) -> DiagnosisCode:
    """Return a code that may be used on a day. Raises ``NoSuchCode``, which says since when it may not, or not yet."""
    wanted = dotted_code(code.strip().upper().replace(".", ""))
    rows = database.session.scalars(
        select(DiagnosisCode).where(DiagnosisCode.code == wanted).order_by(DiagnosisCode.valid_from.desc())
    ).all()
    for row in rows:
        if row.billable and row.valid_from <= on and (row.valid_until is None or row.valid_until >= on):
            return row
    if rows and not rows[0].billable:
        raise NoSuchCode(f"{wanted} is only a heading. Choose one of the codes below it.", field="diagnosis")
    ended = next((row.valid_until for row in rows if row.valid_until is not None and row.valid_until < on), None)
    if ended is not None:
        raise NoSuchCode(f"{wanted} is not valid since {_in_words(ended + DAY)}.", field="diagnosis")
    if rows:
        raise NoSuchCode(f"{wanted} is valid only from {_in_words(rows[-1].valid_from)} on.", field="diagnosis")
    raise NoSuchCode("There is no such code. Search by its words.", field="diagnosis")


def import_codes(lines: Iterable[str], *, valid_from: date, source: str) -> Imported:
    """Take over the official order file of one year, whose codes hold from ``valid_from``; the caller commits.

    A code that is no longer in the file ends the day before; one with a new title gets a new row. Doing it twice
    changes nothing. Raises ``Unacceptable`` for a file that is another.
    """
    found = {code: (title, billable) for code, title, billable in map(_read, filter(str.strip, lines))}
    if len(found) < 10:
        raise Unacceptable("This is not the order file of ICD-10-CM (icd10cm_order_….txt).")
    standing = {
        row.code: row
        for row in database.session.scalars(select(DiagnosisCode).where(DiagnosisCode.valid_until.is_(None)))
    }
    added = changed = ended = unchanged = 0
    for code, row in standing.items():
        if code not in found and row.valid_from < valid_from:
            row.valid_until = valid_from - DAY
            ended += 1
    for code, (title, billable) in found.items():
        old = standing.get(code)
        if old is not None and (old.title, old.billable) == (title, billable):
            unchanged += 1
            continue
        if old is not None and old.valid_from >= valid_from:
            old.title, old.billable, old.search, old.source = title, billable, title.casefold(), source
            changed += 1
            continue
        if old is not None:
            old.valid_until = valid_from - DAY
            changed += 1
        else:
            added += 1
        database.session.add(
            DiagnosisCode(
                code=code,
                title=title,
                search=title.casefold(),
                valid_from=valid_from,
                billable=billable,
                source=source,
                note="",
            )
        )
    return Imported(added, changed, ended, unchanged)


def dotted_code(code: str) -> str:
    """Return a code with its dot: M5459 is M54.59."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def _in_words(on: date) -> str:
    return f"{on:%B} {on.day}, {on.year}"


def _read(line: str) -> tuple[str, str, bool]:
    code, title = line[CODE].strip(), line[TITLE].strip()
    well_formed = line[:5].isdigit() and code.isalnum() and code[:1].isalpha() and line[BILLABLE : BILLABLE + 1] in "01"
    if not well_formed or not title or len(code) > LONGEST - 1:
        raise Unacceptable("This is not the order file of ICD-10-CM (icd10cm_order_….txt).")
    return dotted_code(code.upper()), title[:300], line[BILLABLE] == "1"


def _valid(on: date) -> tuple[ColumnElement[bool], ...]:
    row = DiagnosisCode
    return (row.valid_from <= on, or_(row.valid_until.is_(None), row.valid_until >= on))
