"""Paper: evaluation, visit, report, discharge, plan of care and home program, to print or as PDF."""

import logging
from datetime import date
from io import BytesIO
from typing import Any

import segno
from flask import Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic.care import episodes, homecare, notes, signatures
from clinic.care.homecare.doses import from_fields
from clinic.care.homecare.library.figure.paper import in_ink
from clinic.care.homecare.queries import in_order
from clinic.care.homecare.rules.ladder import RESTED_UNTIL
from clinic.care.homecare.shown import Shown, shown
from clinic.care.homecare.ticks import days_from, ticks_of, ticks_of_runs
from clinic.care.notes.measures import measures
from clinic.care.notes.written import write
from clinic.care.plans.compare import frequency_words
from clinic.care.plans.queries import diagnoses_of, interventions_of
from clinic.care.plans.queries import plan as plan_by_id
from clinic.database import database
from clinic.doors import wording
from clinic.doors.threshold import settings
from clinic.doors.treatment import door
from clinic.doors.treatment.charts import Chart, chart_page, own_episode
from clinic.doors.treatment.note import own_note
from clinic.doors.treatment.note_view import goal_lines, note_facts
from clinic.doors.treatment.paper_parts import gait_on_paper, points_on_paper
from clinic.doors.treatment.plan_view import FACES
from clinic.people import patients
from clinic.people.patients.contact import shown_phone
from clinic.people.patients.home_link import home_token, is_open
from clinic.refusals import NotFound
from clinic.scheduling import practice

SIZES = ("letter", "a4")
NOWHERE = "http://clinic.invalid/"
"""The address that a document's own files seem to have while it is made."""


@door.get("/patients/<int:patient_id>/notes/<int:note_id>/print", endpoint="print_note")
@chart_page("note on paper")
def note(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Show a note on paper."""
    content = notes.content_of(own_note(chart, note_id))
    facts = note_facts(content, measures(), chart)
    facts |= {
        "note": content.note,
        "content": content,
        "episode": episodes.episode(content.note.episode_id),
        "written": write(content),
        "gait": gait_on_paper(content.note),
        "points": points_on_paper(note_id),
    }
    back = url_for("treatment.note", patient_id=chart.patient.id, note_id=note_id)
    return _paper("paper/note.html", chart, back=back, **facts)


@door.get("/patients/<int:patient_id>/plans/<int:plan_id>/print", endpoint="print_plan")
@chart_page("plan of care on paper")
def plan(chart: Chart, plan_id: int) -> ResponseReturnValue:
    """Show a version of a plan on paper, with a line for the referrer's signature."""
    found = plan_by_id(plan_id)
    if found.patient_id != chart.patient.id:
        raise NotFound("There is no such plan.")
    rows = interventions_of(plan_id)
    return _paper(
        "paper/plan.html",
        chart,
        back=url_for("treatment.plan", patient_id=chart.patient.id, episode_id=found.episode_id),
        plan=found,
        episode=own_episode(chart, found.episode_id),
        diagnoses=diagnoses_of(plan_id),
        goals=goal_lines(found.episode_id, measures(), up_to=found.number),
        faces=[(kind, [row for row in rows if row.kind == kind]) for kind in FACES],
        frequency=frequency_words(found),
        signed_by=signatures.signatures_of(found.key),
    )


@door.get("/patients/<int:patient_id>/episodes/<int:episode_id>/program/print", endpoint="print_program")
@chart_page("home program on paper")
def program(chart: Chart, episode_id: int) -> ResponseReturnValue:
    """Show the home program on paper: two weeks from today, with the code of the patient's link."""
    own_episode(chart, episode_id)
    today = wording.today()
    entries = [shown(one) for one in in_order(homecare.todays(homecare.program_of(episode_id), today=today))]
    kept = [one for one in entries if one.item.kind != "avoid"]
    exercises = [one for one in kept if one.item.kind == "exercise"]
    days = days_from(today)
    return _paper(
        "paper/program.html",
        chart,
        back=url_for("treatment.program", patient_id=chart.patient.id, episode_id=episode_id),
        days=days,
        exercises=exercises,
        others=[one for one in kept if one.item.kind != "exercise"],
        avoided=[one for one in entries if one.item.kind == "avoid"],
        rows=_rows(kept, days),
        ceiling=min((from_fields(one.item.dose).pain_ceiling for one in exercises), default=3),
        qr=_code_of(chart, today),
        by=chart.by,
    )


def _rows(entries: list[Shown], days: list[date]) -> list[tuple[str, list[bool]]]:
    """Return the rows to tick: exercises with their numbers, runs, heat and cold."""
    found, number = [], 0
    for one in entries:
        if one.item.kind == "exercise":
            number += 1
            found.append((f"{number}. {one.name}", ticks_of(from_fields(one.item.dose), days)))
        elif one.item.kind == "running":
            found.append((one.name, ticks_of_runs(days, rest_between=one.item.details["stage"] < RESTED_UNTIL)))
        elif one.item.kind in ("heat", "cold"):
            found.append((one.name, [True] * len(days)))
    return found


def _code_of(chart: Chart, today: date) -> str:
    """Return the QR code of the patient's link as SVG; empty where there is none that works."""
    link = patients.home_link_of(chart.patient.id)
    if link is None or not is_open(link, today=today):
        return ""
    address = f"{settings().base_url}/home/{home_token(link, secret=settings().secret_key)}"
    code = segno.make(address, error="m")
    return code.svg_inline(border=0, omitsize=True, title="The address of your home program")


def _paper(template: str, chart: Chart, *, back: str, **facts: Any) -> ResponseReturnValue:
    location, size = practice.location(), request.args.get("size", SIZES[0])
    frame = {
        "patient": chart.patient,
        "clinic": practice.clinic(),
        "location": location,
        "phone": shown_phone(location.phone),
        "size": size if size in SIZES else SIZES[0],
        "here": request.path,
        "back": back,
        "for_pdf": False,
        "no_pdf": False,
    }
    if request.args.get("as") == "pdf":
        page = render_template(template, **(facts | frame | {"for_pdf": True}))
        database.session.rollback()  # a document takes a second, and nothing is read for it any more
        made = _pdf(page)
        if made is not None:
            return Response(
                made, mimetype="application/pdf", headers={"Content-Disposition": "inline; filename=document.pdf"}
            )
        frame["no_pdf"] = True
    return render_template(template, **(facts | frame))


def _pdf(page: str) -> bytes | None:
    """Return a page as tagged PDF; None where WeasyPrint, an extra, or the libraries that it needs are missing."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError):
        return None

    class OurOwn(URLFetcher):
        """Fetches stylesheets and fonts of this program, and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            path = url.removeprefix(f"{NOWHERE}static/")
            if path == url or ".." in path:
                raise ValueError("only our own files go into a document")
            with current_app.open_resource(f"static/{path}") as file:
                kind = "text/css" if path.endswith(".css") else "font/woff2"
                return URLFetcherResponse(url, file.read(), {"Content-Type": kind})

    out = BytesIO()
    for noisy in ("weasyprint", "fontTools"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    HTML(string=in_ink(page), base_url=NOWHERE, url_fetcher=OurOwn()).write_pdf(out, pdf_variant="pdf/ua-1")
    return out.getvalue()
