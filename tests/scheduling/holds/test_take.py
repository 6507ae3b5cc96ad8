"""Taking time: all of it or none, and being refused is nothing to write home about."""

import logging

import pytest
from flask import Flask
from sqlalchemy import func, select

from clinic.database import database, transaction
from clinic.scheduling import holds
from clinic.scheduling.holds import Claim, TimeTaken
from clinic.scheduling.holds.models import Hold
from clinic.timetable.intervals import Interval
from tests.cast import at

NINE = Interval(at(9), at(10))


def test_who_is_refused_takes_nothing_and_no_log_speaks_of_it(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with transaction():
        holds.take("appointment:1", [Claim("therapist:1", NINE)])

    with caplog.at_level(logging.DEBUG, logger="psycopg"), pytest.raises(TimeTaken) as refusal, transaction():
        holds.take("appointment:2", [Claim("patient:1", NINE), Claim("therapist:1", NINE)])

    assert refusal.value.holders == {"therapist:1"}
    assert database.session.scalar(select(func.count()).select_from(Hold)) == 12
    assert caplog.messages == []
