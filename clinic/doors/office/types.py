"""Kinds of appointment."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.doors.office import door
from clinic.doors.office.answering import Why, answer, press
from clinic.doors.office.type_forms import NEEDED, TypeForm
from clinic.doors.threshold import actor
from clinic.scheduling import practice
from clinic.scheduling.practice.kinds import NEEDS, add_type, change_type, restore_type, retire_type
from clinic.scheduling.practice.models import AppointmentType
from clinic.scheduling.practice.office_queries import needs_written, one

STEPS: dict[str, Callable[..., Any]] = {"retire": retire_type, "restore": restore_type}


@door.get("/types", endpoint="types")
def show() -> ResponseReturnValue:
    """Show all kinds of appointment."""
    kinds = practice.types(with_retired=True)
    needs = {kind.id: [NEEDED[what].lower() for what, _, _ in needs_written(kind.id)] for kind in kinds}
    return render_template("office/types.html", kinds=kinds, needs=needs)


@door.get("/types/new", endpoint="new_type")
def new() -> ResponseReturnValue:
    """Show an empty form."""
    form = TypeForm()
    form.begin()
    return _page(form, None)


@door.post("/types/new", endpoint="add_type")
def add() -> ResponseReturnValue:
    """Add a kind of appointment."""
    form, by, now = TypeForm(), actor(), clock.now()
    return answer(
        form,
        lambda: add_type(**form.facts(), by=by, now=now),
        page=partial(_page, form, None),
        to=lambda: url_for("office.types"),
    )


@door.get("/types/<int:type_id>", endpoint="type")
def show_one(type_id: int) -> ResponseReturnValue:
    """Show one kind, to change it."""
    form = TypeForm()
    form.show(one(AppointmentType, type_id), needs_written(type_id))
    return _page(form, type_id)


@door.post("/types/<int:type_id>", endpoint="change_type")
def change(type_id: int) -> ResponseReturnValue:
    """Change a kind; what is booked stays as it is."""
    form, by, now = TypeForm(), actor(), clock.now()
    return answer(
        form,
        lambda: change_type(type_id=type_id, **form.facts(), by=by, now=now),
        page=partial(_page, form, type_id),
        to=lambda: url_for("office.types"),
    )


@door.post("/types/<int:type_id>/<any('retire','restore'):step>", endpoint="type_step")
def take(type_id: int, step: str) -> ResponseReturnValue:
    """Offer a kind no longer, or again."""
    by, now = actor(), clock.now()
    return press(
        lambda: STEPS[step](type_id=type_id, by=by, now=now),
        page=partial(_page, TypeForm(formdata=None), type_id),
        to=url_for("office.types"),
    )


def _page(form: TypeForm, type_id: int | None, *, why: Why | None = None) -> str:
    kind = one(AppointmentType, type_id) if type_id is not None else None
    return render_template("office/type.html", form=form, kind=kind, needs=NEEDS, why=why)
