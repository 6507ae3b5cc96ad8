"""The address of a patient's page between visits stands in their letters, for as long as it works."""

from collections.abc import Callable
from datetime import date

import pytest

from clinic.database import database, transaction
from clinic.letters.reminders import Desk
from clinic.letters.reminders.facts import facts_about
from clinic.people.patients import make_home_link, revoke_home_link
from clinic.people.patients.home_link import end_home_link
from clinic.scheduling.booking import Appointment
from tests.cast import CAST, KIM, NOW

DESK = Desk("https://clinic.example", "a secret of forty characters for the test")
Book = Callable[..., Appointment]


@pytest.fixture
def home(book: Book) -> Callable[[], str]:
    """What a letter about Ada's appointment says of her page."""
    appointment = book()

    def _home() -> str:
        database.session.rollback()
        facts = facts_about(appointment.key, now=NOW)
        assert facts is not None
        return DESK.home(facts)

    return _home


def test_without_a_link_a_letter_names_none(home: Callable[[], str]) -> None:
    assert home() == ""


def test_a_link_is_named_until_it_ends_or_is_revoked(home: Callable[[], str]) -> None:
    with transaction():
        make_home_link(patient_id=CAST.ada, by=KIM, now=NOW)
    named = home()
    database.session.rollback()
    with transaction():
        end_home_link(patient_id=CAST.ada, on=date(2026, 11, 23))
    ended = home()
    database.session.rollback()
    with transaction():
        end_home_link(patient_id=CAST.ada, on=None)
        revoke_home_link(patient_id=CAST.ada, by=KIM, now=NOW)

    assert named.startswith("https://clinic.example/home/")
    assert (ended, home()) == ("", "")
