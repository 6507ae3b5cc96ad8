"""Who opens a chart: the caseload to its borders, others with a reason for an hour; and all of it in the trail."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from clinic.audit.models import Entry
from clinic.care import charts, notes
from clinic.care.charts import Breach
from clinic.care.signatures import Clinician
from clinic.database import database, transaction
from clinic.people.accounts.roles import Role, may_open
from clinic.refusals import NotFound, Unacceptable
from clinic.scheduling import booking
from clinic.scheduling.practice.models import Therapist
from tests.care.acts import begun, clinician, episode, plan_signed, planned, saved, signed, visit, visit_facts, within
from tests.cast import CAST, KIM, NOW, at

pytestmark = pytest.mark.usefixtures("app")

EVERYBODY = ("Dana", "Noor", "Sam", "Kim", "Max")
MINUTE = timedelta(minutes=1)


def who_opens(*, now: datetime = NOW, patient_id: int = CAST.ada) -> list[str]:
    """Return the first names of those to whom a patient's chart opens without a reason."""
    people = {name: clinician(name) for name in EVERYBODY}
    return [name for name, who in people.items() if charts.is_in_caseload(patient_id, of=who, now=now)]


def supervise(therapist_id: int, *, by: int | None) -> None:
    """Name who signs after somebody."""
    within(lambda: setattr(database.session.get_one(Therapist, therapist_id), "supervisor_id", by))


def test_a_chart_opens_to_the_therapist_in_charge_and_to_no_stranger() -> None:
    episode()

    assert who_opens() == ["Dana"]
    assert who_opens(now=at(9, day=400)) == ["Dana"]
    assert who_opens(patient_id=CAST.ben) == []
    assert charts.caseload(of=clinician("Dana"), now=NOW) == {CAST.ada}
    assert charts.caseload(of=clinician("Noor"), now=NOW) == set()


def test_an_appointment_opens_the_chart_from_thirty_days_before_to_fourteen_after() -> None:
    start = at(9)
    visit(starts_at=start, therapist_id=CAST.noor)
    moments = {
        "31 days ahead": start - timedelta(days=31),
        "30 days and a minute ahead": start - timedelta(days=30) - MINUTE,
        "30 days ahead": start - timedelta(days=30) + MINUTE,
        "14 days ago": start + timedelta(days=14) - MINUTE,
        "14 days and a minute ago": start + timedelta(days=14) + MINUTE,
        "15 days ago": start + timedelta(days=15),
    }

    opened = {words: who_opens(now=now) for words, now in moments.items()}

    assert opened == {
        "31 days ahead": [],
        "30 days and a minute ahead": [],
        "30 days ahead": ["Noor"],
        "14 days ago": ["Noor"],
        "14 days and a minute ago": [],
        "15 days ago": [],
    }
    noor = clinician("Noor")
    assert [charts.caseload(of=noor, now=now) for now in moments.values()] == [
        set(),
        set(),
        {CAST.ada},
        {CAST.ada},
        set(),
        set(),
    ]


def test_a_canceled_appointment_opens_nothing() -> None:
    appointment = visit(therapist_id=CAST.noor)

    within(lambda: booking.cancel(appointment_id=appointment, by=KIM, now=NOW))

    assert who_opens() == []


def test_the_supervisor_opens_what_those_after_whom_they_sign_open() -> None:
    visit(therapist_id=CAST.sam)
    alone = who_opens()

    supervise(CAST.sam, by=CAST.noor)

    assert (alone, who_opens()) == (["Sam"], ["Noor", "Sam"])
    assert charts.caseload(of=clinician("Noor"), now=NOW) == set()


def test_who_signs_after_somebody_opens_the_chart_for_good() -> None:
    appointment = visit(therapist_id=CAST.sam)
    episode()
    supervise(CAST.sam, by=CAST.noor)
    note = signed(saved(begun(appointment, who="Sam"), visit_facts(), who="Sam"), who="Sam")
    supervise(CAST.sam, by=None)
    year = at(9, day=365)

    before = who_opens(now=year)
    noor = clinician("Noor")
    within(lambda: notes.cosign_note(note_id=note.id, by=noor, now=at(13)))

    assert (before, who_opens(now=year)) == (["Dana", "Noor"], ["Dana", "Noor"])


def test_an_author_opens_the_chart_until_what_they_began_is_signed() -> None:
    appointment = visit(therapist_id=CAST.noor)
    plan = planned(episode(), who="Noor")
    note = saved(begun(appointment, who="Noor"), visit_facts(), who="Noor")
    later, opened = at(9, day=60), []

    for done in (lambda: None, lambda: signed(note, who="Noor"), lambda: plan_signed(plan, who="Noor")):
        done()
        opened.append(who_opens(now=later))

    assert opened == [["Dana", "Noor"], ["Dana", "Noor"], ["Dana"]]


def test_neither_reception_nor_a_manager_alone_opens_a_chart_even_with_a_door() -> None:
    visit()
    episode()
    people = [clinician(name) for name in ("Kim", "Max")]

    assert [charts.is_in_caseload(CAST.ada, of=who, now=NOW) for who in people] == [False, False]
    assert [may_open("treatment", who.roles) for who in people] == [False, False]
    assert [may_open("treatment", frozenset({role})) for role in Role] == [
        role in (Role.THERAPIST, Role.ASSISTANT, Role.STUDENT) for role in Role
    ]


def broken(who: str = "Noor", reason: str = "Dana is ill, and Ada called", *, now: datetime = NOW) -> Breach:
    """Open Ada's chart with a reason."""
    by = clinician(who)
    return within(lambda: charts.break_the_glass(patient_id=CAST.ada, reason=reason, by=by, now=now))


def test_a_reason_opens_one_chart_to_one_person_for_an_hour() -> None:
    episode()
    breach = broken()
    noor, sam = clinician("Noor"), clinician("Sam")

    def opens(who: Clinician, *, at_: timedelta, patient_id: int = CAST.ada) -> bool:
        return charts.open_breach(patient_id, of=who, now=NOW + at_) is not None

    hour = timedelta(hours=1)
    assert [opens(noor, at_=time) for time in (timedelta(0), hour - MINUTE, hour)] == [True, True, False]
    assert (opens(sam, at_=MINUTE), opens(noor, at_=MINUTE, patient_id=CAST.ben)) == (False, False)
    assert who_opens() == ["Dana"]
    again = broken(now=NOW + hour)
    assert (again.id != breach.id, opens(noor, at_=hour)) == (True, True)


def test_a_reason_is_a_sentence_about_a_patient_who_is_there() -> None:
    for reason in ("", "  why   not ", "a\x00bcdefghijkl", "x" * 301):
        with pytest.raises(Unacceptable) as refused:
            broken(reason=reason)
        assert refused.value.field == "reason"
    noor = clinician("Noor")
    with pytest.raises(NotFound):
        within(lambda: charts.break_the_glass(patient_id=99, reason="Somebody called", by=noor, now=NOW))

    assert database.session.scalars(select(Breach)).all() == []


def test_the_manager_reads_every_opened_chart_unread_ones_first() -> None:
    first, second = broken(), broken(who="Sam", reason="Covers the ward today")
    max_ = clinician("Max").actor

    within(lambda: charts.take_note(breach_id=second.id, by=max_, now=at(8)))
    within(lambda: charts.take_note(breach_id=second.id, by=KIM, now=at(9)))
    listed = [(row.name, row.reason, name, row.seen_by, row.seen_at) for row, name in charts.breaches()]

    assert listed == [
        (first.name, "Dana is ill, and Ada called", "Ada Moore", "", None),
        ("Sam Osei", "Covers the ward today", "Ada Moore", "Max Weller", at(8)),
    ]
    with pytest.raises(NotFound):
        within(lambda: charts.take_note(breach_id=99, by=max_, now=at(8)))


def test_every_reading_and_writing_of_a_chart_is_in_the_trail_by_patient() -> None:
    appointment = visit()
    one = episode()
    signed(saved(begun(appointment), visit_facts()))
    planned(one)
    broken()
    dana = clinician("Dana")
    within(lambda: charts.note_reading(patient_id=CAST.ada, page="overview", by=dana, now=at(14)))

    query = select(Entry.what, Entry.by, Entry.reason).where(Entry.patient_id == CAST.ada).order_by(Entry.id)
    rows = [tuple(row) for row in database.session.execute(query)]
    assert rows[1:] == [
        ("episode opened", "Dana Ruiz", ""),
        ("note begun", "Dana Ruiz", ""),
        ("note saved", "Dana Ruiz", ""),
        ("note signed", "Dana Ruiz", ""),
        ("plan begun", "Dana Ruiz", ""),
        ("plan saved", "Dana Ruiz", ""),
        ("chart opened with a reason", "Noor Haddad", "Dana is ill, and Ada called"),
        ("chart read", "Dana Ruiz", ""),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE chart_breaches SET reason = 'none'",
        "UPDATE chart_breaches SET until = at",
        "DELETE FROM chart_breaches",
    ],
)
def test_an_opened_chart_stays_on_record(statement: str) -> None:
    episode()
    broken()

    database.session.rollback()
    with pytest.raises(DBAPIError), transaction() as session:
        session.execute(text(statement))
    with transaction() as session:
        session.execute(text("UPDATE chart_breaches SET seen_by = 'Max'"))

    assert database.session.scalars(select(Breach.seen_by)).all() == ["Max"]
