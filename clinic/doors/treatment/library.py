"""The library: every clinical default with its source, and the clinic's own versions of it."""

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.care import defaults
from clinic.care.defaults import Default
from clinic.care.defaults.check import FIXED
from clinic.care.defaults.queries import OWN_GROUPS
from clinic.care.manual_therapy.dictionary import POINT
from clinic.care.plans.templates import PREFIX as TEMPLATE
from clinic.care.plans.templates import Template, template_of
from clinic.database import database
from clinic.doors.threshold import actor, person, redo
from clinic.doors.treatment import door
from clinic.doors.treatment.charts import whole_of
from clinic.doors.treatment.refused import errors_of
from clinic.people.accounts.roles import Role
from clinic.refusals import Refusal, Unacceptable

LABELS = {
    "low": "Lowest possible",
    "high": "Highest possible",
    "normal": "Normal",
    "mdc": "Measurement error (MDC)",
    "mcid": "Important change (MCID)",
    "better": "Better is (lower, higher)",
    "advice": "What is said on a yes",
    "timed": "Counts in timed units",
    "payer_code": "Payer's code, under your own license",
    "retired": "Retired: no longer offered",
    "name": "Full name",
    "position": "Position of ease",
    "kind": "A yes is (absolute, relative)",
    "for": "Asked before (all, counterstrain, thrust)",
    "hold_s": "Hold, seconds",
    "least_hold_s": "Shortest usual hold, seconds",
    "most_hold_s": "Longest usual hold, seconds",
    "goal_percent": "Goal in position, percent less",
    "responds_by": "Responds when less tender by",
    "nearly_gone": "Nearly gone at",
    "drop_after": "Ask to drop it after visits",
}
LONGEST_WORDS = 200
NEW_POINT = ("name", "location", "position")


@door.get("/library", endpoint="library")
def library() -> ResponseReturnValue:
    """Show all clinical defaults, group by group."""
    return _library()


@door.post("/library/points", endpoint="add_default_point")
def add_point() -> ResponseReturnValue:
    """Add a tender point of the clinic's own; only a therapist may."""
    if Role.THERAPIST not in person().roles:
        abort(403)
    form, by, now = request.form, actor(), clock.now()
    database.session.rollback()
    try:
        value = {name: _short_words(form, name) for name in NEW_POINT}
        redo(
            lambda: defaults.add(
                prefix=POINT,
                label=form.get("label", ""),
                value=value,
                source=form.get("source", ""),
                reason=form.get("reason", ""),
                confirmed=bool(form.get("confirmed")),
                by=by,
                now=now,
            )
        )
    except Refusal as refusal:
        database.session.rollback()
        return _library(typed=form, refusal=refusal), refusal.status
    return redirect(url_for("treatment.library", _anchor="points"), 303)


def _short_words(form: Mapping[str, str], name: str) -> str:
    words = form.get(name, "").strip()
    if name != "name" and not words:
        raise Unacceptable("Say where it lies, and in which position it eases.", field=name)
    if len(words) > LONGEST_WORDS:
        raise Unacceptable(f"At most {LONGEST_WORDS} letters.", field=name)
    return words


def _library(*, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None) -> str:
    groups: dict[str, list[Default]] = {}
    for one in defaults.every():
        groups.setdefault(one.group, []).append(one)
    return render_template(
        "treatment/library.html",
        groups=groups,
        said={one.key: said(one) for one in defaults.every()},
        open_count=sum(not one.is_confirmed for one in defaults.every()),
        points_group=OWN_GROUPS[POINT],
        may_add=Role.THERAPIST in person().roles,
        typed=typed or {},
        refusal=refusal,
        errors=errors_of(refusal),
    )


@door.get("/library/<key>", endpoint="default")
def look(key: str) -> ResponseReturnValue:
    """Show one default with its versions."""
    return _page(defaults.current(key))


@door.post("/library/<key>", endpoint="change_default")
def change(key: str) -> ResponseReturnValue:
    """Give a default a new version of the clinic's own; only a therapist may."""
    if Role.THERAPIST not in person().roles:
        abort(403)
    form, by, now = request.form, actor(), clock.now()
    one = defaults.current(key)
    value = {name: _typed(form, name, old) for name, old in _fields(one)}
    database.session.rollback()
    try:
        redo(
            lambda: defaults.change(
                key=key,
                value=value,
                source=form.get("source", ""),
                reason=form.get("reason", ""),
                label=form.get("label"),
                confirmed=bool(form.get("confirmed")),
                seen=whole_of(form.get("seen")),
                by=by,
                now=now,
            )
        )
    except Refusal as refusal:
        database.session.rollback()
        return _page(defaults.current(key), typed=form, refusal=refusal), refusal.status
    return redirect(url_for("treatment.default", key=key), 303)


def said(one: Default) -> str:
    """Return what a default says, in a few words."""
    if one.key.startswith(TEMPLATE):
        return _template_in_words(template_of(one)) + (", retired" if one.value["retired"] else "")
    said = {name: value for name, value in _fields(one) if value is not None and value is not False and value != ""}
    return ", ".join(_part(name, value) for name, value in said.items())


def label_of(name: str) -> str:
    """Return a field's label."""
    return LABELS.get(name, name.replace("_", " ").capitalize())


def _part(name: str, value: Any) -> str:
    """Return one thing that a default says: its label, without the choices that it lists, and the value."""
    label = label_of(name)
    short = label.split(" (")[0] if ", " in label else label
    words = short[0].lower() + short[1:]
    if isinstance(value, bool):
        return words
    return (
        f"{words}: {value}"
        if isinstance(value, str) and not value[0].isdigit() and name != "better"
        else f"{words} {value}"
    )


def _fields(one: Default) -> list[tuple[str, Any]]:
    """Return what a person may type of a default: lists are changed where they are used."""
    return [(name, old) for name, old in one.value.items() if name not in FIXED and not isinstance(old, list)]


def _template_in_words(template: Template) -> str:
    weeks = " then ".join(f"{per_week} a week for {weeks}" for per_week, weeks in template.phases)
    counts = [("goal", len(template.goals)), ("intervention", len(template.interventions))]
    return f"{weeks} weeks, " + ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts)


def _typed(form: Mapping[str, str], name: str, old: Any) -> Any:
    return bool(form.get(name)) if isinstance(old, bool) else form.get(name, "").strip()


def _page(one: Default, *, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None) -> str:
    fields = [
        (name, label_of(name), isinstance(value, bool), (typed or {}).get(name, "" if value is None else value))
        for name, value in _fields(one)
    ]
    return render_template(
        "treatment/default.html",
        one=one,
        fields=fields,
        template=template_of(one) if one.key.startswith(TEMPLATE) else None,
        typed=typed or {},
        refusal=refusal,
        versions=defaults.versions(one.key),
        may_change=Role.THERAPIST in person().roles,
    )
