"""The table of a certification's states, day by day at every boundary.

The evaluation is on Nov 3, 2026: the signature is due Dec 3, and 90 days end Jan 31, 2027.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.care.plans.certification import Certification, CertificationClock, certification
from clinic.care.plans.payer_rules import PayerRules
from tests.care.plans.rules import COMMERCIAL, MEDICARE_B, SELF_PAY

NOT_NEEDED, TO_SEND, SENT, CERTIFIED, BY_EXCEPTION, OVERDUE, EXPIRING, EXPIRED = Certification

unhurried = settings(deadline=None, database=None, max_examples=300)


def day(month: int, number: int) -> date:
    """Return a day between November 2026 and October 2027."""
    return date(2026 if month > 10 else 2027, month, number)


FIRST, DUE, END, LONG = day(11, 3), day(12, 3), day(1, 31), day(2, 26)


def clock(today: date, **changes: Any) -> CertificationClock:
    """Ask for an initial plan under Medicare that outlasts 90 days, of which nothing has happened."""
    facts: dict[str, Any] = {
        "rules": MEDICARE_B,
        "first_treatment_on": FIRST,
        "plan_from": FIRST,
        "plan_until": LONG,
        "sent_on": None,
        "signed_on": None,
        "verbal_on": None,
        "referral_on_file": False,
        "initial": True,
    }
    return certification(**{**facts, **changes}, today=today)


def stands(
    state: Certification, *, due: date | None, days_left: int, alert: bool, sentence: str, ends: date = END
) -> CertificationClock:
    return CertificationClock(
        state=state, due_on=due, ends_on=ends, days_left=days_left, alert=alert, sentence=sentence
    )


@pytest.mark.parametrize("rules", [COMMERCIAL, SELF_PAY])
@pytest.mark.parametrize("today", [FIRST, DUE, LONG + timedelta(days=400)])
def test_a_payer_without_a_certification_clock_needs_none(rules: PayerRules, today: date) -> None:
    assert clock(today, rules=rules, sent_on=FIRST, signed_on=FIRST) == CertificationClock(
        state=NOT_NEEDED,
        due_on=None,
        ends_on=None,
        days_left=None,
        alert=False,
        sentence="No certification needed.",
    )


@pytest.mark.parametrize(
    ("today", "state", "days_left", "alert", "sentence"),
    [
        (day(11, 3), TO_SEND, 30, False, "Send it: the signature is due Dec 3."),
        (day(11, 18), TO_SEND, 15, False, "Send it: the signature is due Dec 3."),
        (day(11, 19), TO_SEND, 14, True, "Send it: the signature is due Dec 3."),
        (day(12, 3), TO_SEND, 0, True, "Send it: the signature is due Dec 3."),
        (day(12, 4), OVERDUE, -1, True, "Not sent. The signature was due Dec 3."),
        (day(1, 31), OVERDUE, -59, True, "Not sent. The signature was due Dec 3, 2026."),
        (
            day(2, 1),
            OVERDUE,
            -60,
            True,
            "Not sent. The signature was due Dec 3, 2026. Its interval ended Jan 31.",
        ),
    ],
)
def test_a_plan_that_is_not_sent(today: date, state: Certification, days_left: int, alert: bool, sentence: str) -> None:
    assert clock(today) == stands(state, due=DUE, days_left=days_left, alert=alert, sentence=sentence)


@pytest.mark.parametrize(
    ("today", "state", "days_left", "alert", "sentence"),
    [
        (day(11, 4), TO_SEND, 29, False, "Send it: the signature is due Dec 3."),
        (day(11, 5), SENT, 28, False, "The signature is due Dec 3."),
        (day(11, 19), SENT, 14, True, "The signature is due Dec 3."),
        (day(12, 3), SENT, 0, True, "The signature is due Dec 3."),
        (day(12, 4), OVERDUE, -1, True, "The signature was due Dec 3."),
    ],
)
def test_a_plan_that_is_sent_and_not_signed(
    today: date, state: Certification, days_left: int, alert: bool, sentence: str
) -> None:
    assert clock(today, sent_on=day(11, 5)) == stands(
        state, due=DUE, days_left=days_left, alert=alert, sentence=sentence
    )


@pytest.mark.parametrize(
    ("today", "state", "days_left", "alert", "sentence"),
    [
        (day(12, 3), CERTIFIED, 59, False, "Certified through Jan 31, 2027."),
        (day(1, 16), CERTIFIED, 15, False, "Certified through Jan 31."),
        (day(1, 17), EXPIRING, 14, True, "Recertify or discharge by Jan 31."),
        (day(1, 31), EXPIRING, 0, True, "Recertify or discharge by Jan 31."),
        (day(2, 1), EXPIRED, -1, True, "Certification ended Jan 31."),
    ],
)
def test_a_plan_that_is_signed_in_time(
    today: date, state: Certification, days_left: int, alert: bool, sentence: str
) -> None:
    assert clock(today, sent_on=FIRST, signed_on=DUE) == stands(
        state, due=None, days_left=days_left, alert=alert, sentence=sentence
    )


def test_a_signature_on_paper_needs_no_sending() -> None:
    assert clock(day(11, 4), signed_on=day(11, 4)).state == CERTIFIED


def test_a_late_signature_certifies_and_says_so() -> None:
    assert clock(day(12, 4), sent_on=FIRST, signed_on=day(12, 4)) == stands(
        CERTIFIED,
        due=None,
        days_left=58,
        alert=False,
        sentence="Certified through Jan 31, 2027, signed late on Dec 4.",
    )


@pytest.mark.parametrize(
    ("today", "state", "due", "days_left", "alert", "sentence"),
    [
        (day(11, 6), TO_SEND, DUE, 27, False, "Send it: the signature is due Dec 3."),
        (day(11, 7), CERTIFIED, day(11, 21), 14, True, "Verbal order: the signature is due Nov 21."),
        (day(11, 21), CERTIFIED, day(11, 21), 0, True, "Verbal order: the signature is due Nov 21."),
        (day(11, 22), TO_SEND, DUE, 11, True, "Send it: the signature is due Dec 3."),
        (day(12, 3), TO_SEND, DUE, 0, True, "Send it: the signature is due Dec 3."),
        (day(12, 4), OVERDUE, DUE, -1, True, "Not sent. The signature was due Dec 3."),
    ],
)
def test_an_early_verbal_order_lapses_and_leaves_the_first_limit(
    today: date, state: Certification, due: date, days_left: int, alert: bool, sentence: str
) -> None:
    assert clock(today, verbal_on=day(11, 7)) == stands(
        state, due=due, days_left=days_left, alert=alert, sentence=sentence
    )


@pytest.mark.parametrize(
    ("today", "state", "days_left", "sentence"),
    [
        (day(12, 3), CERTIFIED, 14, "Verbal order: the signature is due Dec 17."),
        (day(12, 17), CERTIFIED, 0, "Verbal order: the signature is due Dec 17."),
        (day(12, 18), OVERDUE, -1, "The signature was due Dec 17."),
    ],
)
def test_a_verbal_order_on_the_last_day_gives_fourteen_more_for_the_signature(
    today: date, state: Certification, days_left: int, sentence: str
) -> None:
    assert clock(today, sent_on=FIRST, verbal_on=DUE) == stands(
        state, due=day(12, 17), days_left=days_left, alert=True, sentence=sentence
    )


@pytest.mark.parametrize(
    ("today", "state", "due", "days_left", "sentence"),
    [
        (day(12, 4), CERTIFIED, day(12, 18), 14, "Verbal order: the signature is due Dec 18."),
        (day(12, 18), CERTIFIED, day(12, 18), 0, "Verbal order: the signature is due Dec 18."),
        (day(12, 19), OVERDUE, DUE, -16, "The signature was due Dec 3."),
    ],
)
def test_a_late_verbal_order_certifies_for_its_days_but_is_not_in_time(
    today: date, state: Certification, due: date, days_left: int, sentence: str
) -> None:
    assert clock(today, sent_on=FIRST, verbal_on=day(12, 4)) == stands(
        state, due=due, days_left=days_left, alert=True, sentence=sentence
    )


@pytest.mark.parametrize(
    ("verbal_on", "sentence"),
    [
        (day(12, 3), "Certified through Jan 31, 2027."),
        (day(12, 4), "Certified through Jan 31, 2027, signed late on Dec 17."),
        (None, "Certified through Jan 31, 2027, signed late on Dec 17."),
    ],
)
def test_a_signature_after_a_verbal_order_in_time_is_not_late(verbal_on: date | None, sentence: str) -> None:
    assert clock(day(12, 17), verbal_on=verbal_on, signed_on=day(12, 17)).sentence == sentence


@pytest.mark.parametrize(
    ("today", "state", "days_left", "sentence"),
    [
        (day(11, 14), EXPIRING, 2, "Recertify or discharge by Nov 16. Verbal order: the signature is due Nov 17."),
        (day(11, 17), EXPIRED, -1, "Certification ended Nov 16. Verbal order: the signature is due Nov 17."),
    ],
)
def test_a_short_plan_on_a_verbal_order_ends_and_still_owes_the_signature(
    today: date, state: Certification, days_left: int, sentence: str
) -> None:
    ends = day(11, 16)

    assert clock(today, plan_until=ends, verbal_on=FIRST) == stands(
        state, due=day(11, 17), days_left=days_left, alert=True, sentence=sentence, ends=ends
    )


def test_a_short_plan_that_ended_still_owes_its_signature() -> None:
    ends = day(11, 16)

    assert clock(day(11, 17), plan_until=ends, sent_on=FIRST) == stands(
        SENT,
        due=DUE,
        days_left=16,
        alert=True,
        sentence="The signature is due Dec 3. Its interval ended Nov 16.",
        ends=ends,
    )


@pytest.mark.parametrize(
    ("today", "state", "due", "days_left", "alert", "sentence"),
    [
        (day(12, 2), TO_SEND, DUE, 1, True, "Send it by Dec 3."),
        (day(12, 3), BY_EXCEPTION, None, 59, False, "Certified by the referral through Jan 31, 2027."),
        (day(1, 16), BY_EXCEPTION, None, 15, False, "Certified by the referral through Jan 31."),
        (day(1, 17), EXPIRING, None, 14, True, "Recertify or discharge by Jan 31."),
        (day(2, 1), EXPIRED, None, -1, True, "Certification ended Jan 31."),
    ],
)
def test_a_referral_stands_in_for_the_signature_once_the_plan_is_sent_in_time(
    today: date, state: Certification, due: date | None, days_left: int, alert: bool, sentence: str
) -> None:
    assert clock(today, referral_on_file=True, sent_on=DUE) == stands(
        state, due=due, days_left=days_left, alert=alert, sentence=sentence
    )


def test_a_referral_does_not_help_a_plan_that_is_sent_too_late() -> None:
    assert clock(day(12, 4), referral_on_file=True, sent_on=day(12, 4)) == stands(
        OVERDUE, due=DUE, days_left=-1, alert=True, sentence="The signature was due Dec 3."
    )


@pytest.mark.parametrize(
    ("first", "state"), [(date(2024, 12, 31), SENT), (date(2025, 1, 1), BY_EXCEPTION), (date(2025, 1, 2), BY_EXCEPTION)]
)
def test_the_exception_begins_with_2025(first: date, state: Certification) -> None:
    told = clock(first, first_treatment_on=first, plan_from=first, sent_on=first, referral_on_file=True)

    assert told.state == state


def test_a_payer_may_not_know_the_exception() -> None:
    told = clock(FIRST, rules=replace(MEDICARE_B, exception_by_referral=False), sent_on=FIRST, referral_on_file=True)

    assert told.state == SENT


def test_a_signature_is_more_than_the_exception_and_both_more_than_a_verbal_order() -> None:
    sent = {"referral_on_file": True, "sent_on": FIRST, "verbal_on": FIRST}

    assert [clock(FIRST, **sent).state, clock(FIRST, **sent, signed_on=FIRST).state] == [BY_EXCEPTION, CERTIFIED]
    assert clock(FIRST, **sent).due_on is None


@pytest.mark.parametrize(
    ("until", "ends"),
    [(day(1, 30), day(1, 30)), (day(1, 31), day(1, 31)), (day(2, 1), day(1, 31)), (LONG, day(1, 31))],
)
def test_the_interval_ends_with_the_plan_or_on_its_ninetieth_day(until: date, ends: date) -> None:
    assert clock(FIRST, plan_until=until).ends_on == ends
    assert (day(1, 31) - FIRST).days + 1 == 90


def test_without_a_longest_interval_the_plan_is_certified_to_its_end() -> None:
    assert clock(FIRST, rules=replace(MEDICARE_B, interval_days=None)).ends_on == LONG


def test_the_initial_clocks_start_with_the_evaluation_even_if_the_plan_starts_later() -> None:
    told = clock(FIRST, plan_from=day(11, 10))

    assert (told.due_on, told.ends_on) == (DUE, END)


@pytest.mark.parametrize("referral_on_file", [False, True])
@pytest.mark.parametrize(
    ("today", "facts", "state", "due", "sentence"),
    [
        (day(1, 20), {}, TO_SEND, END, "Send it: the signature is due Jan 31."),
        (day(1, 31), {"sent_on": day(1, 20)}, SENT, END, "The signature is due Jan 31."),
        (day(2, 1), {"sent_on": day(1, 20)}, OVERDUE, END, "The signature was due Jan 31."),
        (day(2, 1), {"signed_on": day(1, 31)}, CERTIFIED, None, "Certified through May 1."),
        (day(2, 3), {"signed_on": day(2, 2)}, CERTIFIED, None, "Certified through May 1, signed late on Feb 2."),
        (
            day(2, 1),
            {"verbal_on": day(1, 31)},
            CERTIFIED,
            day(2, 14),
            "Verbal order: the signature is due Feb 14.",
        ),
    ],
)
def test_a_recertification_is_signed_by_the_end_of_the_interval_before(
    referral_on_file: bool,
    today: date,
    facts: dict[str, date],
    state: Certification,
    due: date | None,
    sentence: str,
) -> None:
    again = {"initial": False, "plan_from": day(2, 1), "plan_until": day(6, 30), "referral_on_file": referral_on_file}

    told = clock(today, **again, **facts)

    assert (told.state, told.due_on, told.ends_on, told.sentence) == (state, due, day(5, 1), sentence)
    assert (day(5, 1) - day(2, 1)).days + 1 == 90


@pytest.mark.parametrize(
    ("plan_from", "previous_ends_on", "due"),
    [
        (day(12, 15), END, END),
        (day(2, 1), END, END),
        (day(2, 20), END, day(2, 19)),
        (day(2, 20), None, day(2, 19)),
    ],
)
def test_a_recertification_within_the_interval_has_until_its_end_and_one_after_a_gap_until_it_starts(
    plan_from: date, previous_ends_on: date | None, due: date
) -> None:
    told = clock(
        day(12, 15), initial=False, plan_from=plan_from, plan_until=day(6, 30), previous_ends_on=previous_ends_on
    )

    assert told.due_on == due


maybe_a_day = st.none() | st.dates(date(2026, 10, 20), day(3, 31))
facts_of_a_plan = st.fixed_dictionaries(
    {
        "plan_until": st.dates(day(11, 10), day(3, 15)),
        "sent_on": maybe_a_day,
        "signed_on": maybe_a_day,
        "verbal_on": maybe_a_day,
        "referral_on_file": st.booleans(),
        "initial": st.booleans(),
        "previous_ends_on": maybe_a_day,
    }
)
todays = st.dates(day(11, 3), day(3, 31))


@unhurried
@given(facts_of_a_plan, todays)
def test_what_is_dated_later_has_not_happened(facts: dict[str, Any], today: date) -> None:
    happened = {
        name: None if name in ("sent_on", "signed_on", "verbal_on") and fact is not None and fact > today else fact
        for name, fact in facts.items()
    }

    assert clock(today, **facts) == clock(today, **happened)


@unhurried
@given(facts_of_a_plan, todays)
def test_dates_days_left_and_alert_agree_with_the_state(facts: dict[str, Any], today: date) -> None:
    told = clock(today, **facts)

    assert told.ends_on is not None
    counts_to = told.due_on if told.due_on and told.state not in (EXPIRING, EXPIRED) else told.ends_on
    assert told.days_left == (counts_to - today).days
    assert (told.days_left < 0) == (told.state in (OVERDUE, EXPIRED))
    fortnight = [today + timedelta(days=ahead) for ahead in range(-400, 15)]
    assert told.alert == (told.due_on in fortnight or told.ends_on in fortnight)


@unhurried
@given(facts_of_a_plan, todays)
def test_a_signature_is_owed_until_it_is_there_and_a_signed_plan_never_waits(
    facts: dict[str, Any], today: date
) -> None:
    signed = facts["signed_on"] is not None and facts["signed_on"] <= today

    told = clock(today, **facts)

    assert (told.due_on is None) == (signed or _is_excepted(facts, today))
    assert not (signed and told.state in (TO_SEND, SENT, OVERDUE, BY_EXCEPTION))


def _is_excepted(facts: dict[str, Any], today: date) -> bool:
    sent_on = facts["sent_on"]
    return bool(facts["initial"] and facts["referral_on_file"] and sent_on and sent_on <= min(today, DUE))
