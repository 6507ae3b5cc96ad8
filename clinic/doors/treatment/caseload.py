"""The own patients, and what waits for the own signature."""

from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.care import charts, signatures
from clinic.care.episodes.queries import episodes_of
from clinic.care.notes.queries import how_it_stands
from clinic.doors import wording
from clinic.doors.threshold import person
from clinic.doors.treatment import door
from clinic.doors.treatment.my_day_view import dues_of, waiting
from clinic.people import patients
from clinic.scheduling.booking.queries import next_visits_of

FAR = date.max


@door.get("/caseload", endpoint="caseload")
def caseload() -> ResponseReturnValue:
    """Show the own patients, those under treatment first, with where their plan stands and what comes due."""
    by, now, zone, today = signatures.clinician(person()), clock.now(), wording.zone(), wording.today()
    lines = []
    for patient_id in charts.caseload(of=by, now=now):
        patient = patients.patient(patient_id)
        open_ones = [one for one in episodes_of(patient_id) if one.closed_at is None]
        episode = open_ones[0] if open_ones else None
        standing = how_it_stands(episode, zone=zone, today=today) if episode is not None else None
        dues = dues_of(standing, patient.name, today=today) if standing is not None else []
        lines.append((patient, episode, standing, dues))
    lines.sort(key=lambda line: (line[1] is None, line[0].search_name))
    coming = next_visits_of([line[0].id for line in lines], now=now)
    dues = sorted((due for line in lines for due in line[3]), key=lambda due: due.on or FAR)
    return render_template("treatment/caseload.html", lines=lines, coming=coming, dues=dues)


@door.get("/unsigned", endpoint="unsigned")
def unsigned() -> ResponseReturnValue:
    """Show what waits for the own signature."""
    return render_template("treatment/unsigned.html", waiting=waiting(person().id, now=clock.now()))
