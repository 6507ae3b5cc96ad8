"""Kinds of appointment."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.people.accounts.roles import TREATING, Role
from clinic.refusals import NotFound, Unacceptable
from clinic.scheduling.practice.devices import KINDS as DEVICE_KINDS
from clinic.scheduling.practice.fields import clean_number, known_id
from clinic.scheduling.practice.in_use import let_nobody_book
from clinic.scheduling.practice.models import AppointmentType, TypeNeed
from clinic.scheduling.practice.names import free_name
from clinic.scheduling.practice.order import last_place

PURPOSES = ("evaluation", "follow-up", "re-evaluation", "discharge", "other")
TOKENS = ("evaluation", "follow-up", "gait", "manual", "tele")
NEEDS = ("room", *DEVICE_KINDS)
Needed = tuple[str, int, int]


def add_type(
    *,
    name: str,
    purpose: str,
    token: str,
    length: int | None,
    turnover: int | None,
    performed_by: Iterable[Role],
    patients_may_move: bool,
    needs: Sequence[Needed],
    by: Actor,
    now: datetime,
) -> AppointmentType:
    """Add a kind of appointment; ``needs`` are (what, from minute, until minute). The caller commits.

    Raises ``NameTaken`` and ``Unacceptable``.
    """
    let_nobody_book()
    kind = AppointmentType(position=last_place(AppointmentType) + 1)
    _write(kind, name, purpose, token, length, turnover, performed_by, patients_may_move)
    database.session.add(kind)
    database.session.flush()
    _write_needs(kind, needs)
    audit.record("type added", about=f"type:{kind.id}", by=by, now=now, after=_facts(kind))
    return kind


def change_type(
    *,
    type_id: int,
    name: str,
    purpose: str,
    token: str,
    length: int | None,
    turnover: int | None,
    performed_by: Iterable[Role],
    patients_may_move: bool,
    needs: Sequence[Needed],
    by: Actor,
    now: datetime,
) -> AppointmentType:
    """Change a kind of appointment; what is booked keeps its time, room and devices. The caller commits.

    Raises ``NotFound``, ``NameTaken`` and ``Unacceptable``.
    """
    let_nobody_book()
    kind = _kind(type_id)
    before = _facts(kind)
    _write(kind, name, purpose, token, length, turnover, performed_by, patients_may_move)
    _write_needs(kind, needs)
    audit.record("type changed", about=f"type:{kind.id}", by=by, now=now, before=before, after=_facts(kind))
    return kind


def retire_type(*, type_id: int, by: Actor, now: datetime) -> AppointmentType:
    """Offer a kind no longer; what is booked stays. The caller commits."""
    kind = _kind(type_id)
    if kind.retired_at is None:
        kind.retired_at = now
        audit.record("type retired", about=f"type:{kind.id}", by=by, now=now)
    return kind


def restore_type(*, type_id: int, by: Actor, now: datetime) -> AppointmentType:
    """Offer a kind again; the caller commits."""
    kind = _kind(type_id)
    if kind.retired_at is not None:
        kind.retired_at = None
        audit.record("type restored", about=f"type:{kind.id}", by=by, now=now)
    return kind


def _kind(type_id: int) -> AppointmentType:
    sentence = "There is no such kind of appointment."
    found = database.session.get(AppointmentType, known_id(type_id, sentence), with_for_update=True)
    if found is None:
        raise NotFound(sentence)
    return found


def _write(
    kind: AppointmentType,
    name: str,
    purpose: str,
    token: str,
    length: int | None,
    turnover: int | None,
    performed_by: Iterable[Role],
    patients_may_move: bool,
) -> None:
    if purpose not in PURPOSES:
        raise Unacceptable("Please choose what it is for.", field="purpose")
    if token not in TOKENS:
        raise Unacceptable("Please choose its color on the board.", field="token")
    roles = sorted(role.value for role in performed_by if role in TREATING)
    if not roles:
        raise Unacceptable("Please choose who may perform it.", field="performed_by")
    kind.name = free_name(AppointmentType, name, but=kind.id)
    kind.purpose, kind.token = purpose, token
    kind.length = clean_number(length, field="length", least=5, most=480, step=5)
    kind.turnover = clean_number(turnover, field="turnover", least=0, most=60, step=5)
    kind.performed_by, kind.patients_may_move = " ".join(roles), patients_may_move


def _write_needs(kind: AppointmentType, needs: Sequence[Needed]) -> None:
    if len({what for what, _, _ in needs}) < len(needs):
        raise Unacceptable("Each thing can be needed once.", field="needs")
    for what, first, until in needs:
        if what not in NEEDS or not 0 <= first < until <= kind.length or first % 5 or until % 5:
            raise Unacceptable(
                f"What is needed must lie within the {kind.length} minutes, in steps of 5.", field="needs"
            )
    database.session.execute(delete(TypeNeed).where(TypeNeed.type_id == kind.id))
    database.session.add_all(
        TypeNeed(type_id=kind.id, kind=what, from_minute=first, until_minute=until) for what, first, until in needs
    )


def _facts(kind: AppointmentType) -> dict[str, Any]:
    return {"name": kind.name, "length": kind.length, "turnover": kind.turnover, "performed_by": kind.performed_by}
