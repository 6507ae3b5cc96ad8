"""Who works here."""

from datetime import datetime
from functools import partial
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.audit import Actor
from clinic.doors.office import door
from clinic.doors.office.answering import Why, answer, explain
from clinic.doors.office.fields import VersionForm
from clinic.doors.office.people_forms import NewPersonForm, PasswordForm, PersonForm, SupervisorForm, Typed
from clinic.doors.threshold import Form, actor, person, redo
from clinic.letters.calendars.tokens import revoke_all
from clinic.people import accounts
from clinic.people.accounts import Role, User
from clinic.people.accounts.roles import TREATING, own_door
from clinic.refusals import ChangedMeanwhile, NotFound, Refusal
from clinic.scheduling import practice
from clinic.scheduling.practice.office_queries import therapist_of
from clinic.scheduling.practice.therapists import add_therapist, change_therapist, let_therapist_leave, set_supervisor

NOBODY = "There is no such person."


@door.get("/people", endpoint="people")
def show() -> ResponseReturnValue:
    """Show everybody, and the order of those who treat."""
    return render_template("office/people.html", people=accounts.users(), treating=practice.colleagues())


@door.get("/people/new", endpoint="new_person")
def new() -> ResponseReturnValue:
    """Show an empty form."""
    return _new_page(NewPersonForm())


@door.post("/people/new", endpoint="add_person")
def add() -> ResponseReturnValue:
    """Add somebody, with a first password that they must change."""
    form, by, now = NewPersonForm(), actor(), clock.now()

    def work() -> None:
        typed = form.typed()
        user = accounts.add_user(**typed.user, password=form.new_password.data or "", by=by, now=now)
        _fit_therapist(user, typed, by=by, now=now)

    return answer(form, work, page=partial(_new_page, form), to=lambda: url_for("office.people"))


@door.get("/people/<int:user_id>", endpoint="person")
def show_one(user_id: int) -> ResponseReturnValue:
    """Show one person, to change them."""
    form, user = PersonForm(), _user(user_id)
    form.show(_facts(user), version=user.version)
    return _page(user_id, form=form)


@door.post("/people/<int:user_id>", endpoint="change_person")
def change(user_id: int) -> ResponseReturnValue:
    """Change somebody's name, address, roles, and what is known of those who treat."""
    form, by, now, me = PersonForm(), actor(), clock.now(), person().id

    def work() -> None:
        typed = form.typed()
        user = accounts.change_user(user_id=user_id, **typed.user, seen=form.seen, by=by, now=now)
        _fit_therapist(user, typed, by=by, now=now)

    def to() -> str:
        left = user_id == me and Role.MANAGER not in form.typed().user["roles"]
        return own_door(form.typed().user["roles"]) if left else url_for("office.people")

    return answer(form, work, page=partial(_page, user_id, form=form), to=to)


@door.post("/people/<int:user_id>/supervisor", endpoint="supervise_person")
def supervise(user_id: int) -> ResponseReturnValue:
    """Name who signs after an assistant or a student."""
    form, by, now = SupervisorForm(), actor(), clock.now()

    def work() -> None:
        row = therapist_of(_user(user_id).id)
        if row is None:
            raise NotFound(NOBODY)
        set_supervisor(therapist_id=row.id, supervisor_id=form.supervisor_id.data, by=by, now=now)

    return answer(
        form, work, page=partial(_page, user_id, supervisor=form), to=lambda: url_for("office.person", user_id=user_id)
    )


@door.post("/people/<int:user_id>/password", endpoint="reset_password")
def reset_password(user_id: int) -> ResponseReturnValue:
    """Give somebody a first password that they must change; all their sign-ins end."""
    form, by, now = PasswordForm(), actor(), clock.now()

    def work() -> None:
        accounts.reset_password(user_id=user_id, password=form.new_password.data or "", by=by, now=now)

    return answer(
        form, work, page=partial(_page, user_id, password=form), to=lambda: url_for("office.person", user_id=user_id)
    )


@door.post("/people/<int:user_id>/<any('disable','enable'):step>", endpoint="person_step")
def take(user_id: int, step: str) -> ResponseReturnValue:
    """Let somebody in no longer, or again."""
    verb, form = {"disable": accounts.disable, "enable": accounts.enable}[step], VersionForm()
    by, now = actor(), clock.now()
    if not form.validate():
        return _page(user_id, step=form), 422

    def work() -> None:
        verb(user_id=user_id, seen=form.seen, by=by, now=now)
        if step == "disable":
            revoke_all(user_id=user_id, by=by, now=now)

    try:
        redo(work)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(user_id, why=explain(refusal), pressed=True), refusal.status
    return redirect(url_for("office.person", user_id=user_id), 303)


def _fit_therapist(user: User, typed: Typed, *, by: Actor, now: datetime) -> None:
    """Let somebody with a role that treats have a column on the board, and nobody else."""
    row = therapist_of(user.id)
    active = row is not None and row.left_at is None
    if not user.roles & TREATING:
        if row is not None and active:
            let_therapist_leave(therapist_id=row.id, by=by, now=now)
    elif row is not None and active:
        change_therapist(therapist_id=row.id, **typed.therapist, by=by, now=now)
    else:
        add_therapist(user=user, **typed.therapist, by=by, now=now)


def _user(user_id: int) -> User:
    found = accounts.user(user_id)
    if found is None:
        raise NotFound(NOBODY)
    return found


def _facts(user: User) -> dict[str, Any]:
    row = therapist_of(user.id)
    return {
        "name": user.name,
        "email": user.email,
        "roles": [role.value for role in Role if role in user.roles],
        "license_number": row.license_number if row else "",
        "credentials": row.credentials if row else "",
        "focus": row.focus if row else "",
    }


def _new_page(form: NewPersonForm, *, why: Why | None = None) -> str:
    return render_template("office/new_person.html", form=form, why=why)


def _page(
    user_id: int,
    *,
    form: PersonForm | None = None,
    password: PasswordForm | None = None,
    supervisor: SupervisorForm | None = None,
    step: Form | None = None,
    why: Why | None = None,
    pressed: bool = False,
) -> str:
    user, meanwhile = _user(user_id), list[str]()
    if form is None:
        form = PersonForm(formdata=None)
        form.show(_facts(user), version=user.version)
    elif why and isinstance(why.refusal, ChangedMeanwhile):
        meanwhile = form.compare(_facts(user), version=user.version)
    return render_template(
        "office/person.html",
        user=user,
        form=form,
        password=password or PasswordForm(formdata=None),
        step=step,
        meanwhile=meanwhile,
        why=why,
        pressed=pressed,
        therapist=therapist_of(user_id),
        supervisor=_supervisor(user_id, supervisor),
    )


def _supervisor(user_id: int, form: SupervisorForm | None) -> SupervisorForm:
    """Return the form about who signs after somebody, with the therapists to choose from."""
    row = therapist_of(user_id)
    if form is None:
        form = SupervisorForm(formdata=None)
        form.supervisor_id.data = row.supervisor_id if row else None
    able = [one for one in practice.colleagues() if Role.THERAPIST in one.roles and one.user_id != user_id]
    form.supervisor_id.choices = [("", "Nobody"), *((one.id, one.name) for one in able)]
    return form
