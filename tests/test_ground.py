"""The ground holds: migrations up and down, and the trail that only grows."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from clinic import SITE, audit
from clinic.database import database, transaction
from clinic.people.patients.models import Patient
from clinic.scheduling import booking
from clinic.scheduling.holds import Stretch
from tests import cast


def test_the_cast_is_on_stage(app: Flask) -> None:
    names = database.session.scalars(select(Patient.name).order_by(Patient.id)).all()

    assert names == ["Ada Moore", "Ben Novak", "Cleo Hayes"]


def test_the_models_and_the_migrations_agree(app: Flask) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, database.metadata) == []


def test_migrations_go_down_and_up_again_with_data(app: Flask) -> None:
    from flask_migrate import downgrade, upgrade

    folder = str(SITE / "migrations")

    downgrade(folder, "base")
    upgrade(folder)

    assert database.session.scalars(select(Patient.name)).all() == []


def test_what_is_read_of_taken_time_is_made_from_the_holds(app: Flask) -> None:
    from flask_migrate import downgrade, upgrade

    with transaction():
        booking.book(
            patient_id=cast.CAST.ada,
            therapist_id=cast.CAST.dana,
            type_id=cast.CAST.gait_lab,
            starts_at=cast.at(9),
            by=cast.KIM,
            now=cast.NOW,
        )
    stretches = select(Stretch.owner, Stretch.holder, Stretch.first, Stretch.lane, Stretch.until)
    before = sorted(map(tuple, database.session.execute(stretches)))
    database.session.remove()

    downgrade(str(SITE / "migrations"), "a_the_house")
    upgrade(str(SITE / "migrations"))

    assert len(before) == 4
    assert sorted(map(tuple, database.session.execute(stretches))) == before


@pytest.mark.parametrize("sql", ["UPDATE audit_entries SET what = 'nothing'", "DELETE FROM audit_entries"])
def test_the_trail_cannot_be_changed_even_by_raw_sql(app: Flask, sql: str) -> None:
    with transaction():
        audit.record("moved", about="appointment:1", by=cast.KIM, now=cast.NOW)

    with pytest.raises(DBAPIError, match="only ever added"), transaction() as session:
        session.execute(text(sql))
