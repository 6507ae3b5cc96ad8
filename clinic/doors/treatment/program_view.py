"""What the page of a home program shows beside its entries: the library, the warnings, what to leave out."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from clinic.care import gait, homecare
from clinic.care.homecare import Entry, Weighed
from clinic.care.homecare.library import Exercise, Irritability, Preference
from clinic.care.homecare.library.amount import too_many
from clinic.care.homecare.library.guard import exercises_to_stop, things_to_stop
from clinic.care.homecare.queries import what_is_left
from clinic.care.homecare.rules.drinking import Gate
from clinic.care.homecare.rules.ladder import BEYOND, LADDER, stage_words
from clinic.care.homecare.rules.thermal import INSTRUCTIONS
from clinic.care.homecare.rules.volume import growth_warning
from clinic.care.homecare.shown import shown
from clinic.care.notes import content_of
from clinic.care.notes.queries import evaluation_of
from clinic.doors.treatment.outcomes_view import day_of_wall

WEEK = timedelta(days=7)
DIRECTIONS = {
    "extension": Preference.EXTENSION,
    "flexion": Preference.FLEXION,
    "lateral left": Preference.LATERAL_LEFT,
    "lateral right": Preference.LATERAL_RIGHT,
    "none": Preference.NONE,
}


class Proposal(NamedTuple):
    """Something that this patient should leave out, for the therapist to nod."""

    code: str
    name: str
    why: str


def weighed_by(episode_id: int) -> Weighed:
    """Return against what an exercise is weighed: the direction and irritability of the episode's evaluation."""
    note = evaluation_of(episode_id)
    evaluation = content_of(note).evaluation if note is not None else None
    if evaluation is None:
        return Weighed()
    irritability = evaluation.irritability if evaluation.irritability in set(Irritability) else "low"
    return Weighed(DIRECTIONS.get(evaluation.direction, Preference.UNTESTED), Irritability(irritability))


def program_page(episode_id: int, *, today: date) -> dict[str, Any]:
    """Return everything that the page of a home program shows."""
    weighed, everything = weighed_by(episode_id), homecare.all_of(episode_id)
    entries = what_is_left(everything)
    active = [one for one in entries if one.holds and one.item.kind not in ("avoid", "rest", "hydration")]
    over = [one for one in reversed(everything) if one.status == "stopped"]
    avoided = [one for one in entries if one.item.kind == "avoid"]
    return {
        "entries": [shown(one) for one in entries if one.item.kind != "avoid"],
        "avoided": avoided,
        "over": over,
        "library": homecare.exercises(),
        "preference": weighed.preference,
        "again": homecare.to_weigh_again(entries, weighed),
        "too_many": too_many(len(active)),
        "proposals": _proposals(weighed, {one.item.code for one in avoided} | {one.item.name for one in avoided}),
        "volume": _volume(everything, entries, today=today),
        "reasons": homecare.REASONS,
        "kinds_there": {one.item.kind for one in entries},
        "instructions": INSTRUCTIONS,
        "stages": [(one.number, one.words) for one in LADDER] + [(BEYOND, stage_words(BEYOND))],
        "gates": list(Gate),
        "target_spm": gait.newest_target(episode_id),
        "today": today,
    }


def _volume(everything: Sequence[Entry], entries: Sequence[Entry], *, today: date) -> str | None:
    """Return the warning where this week was raised by more than the convention, over what held a week before."""
    run = next((one.item for one in entries if one.item.kind == "running"), None)
    if run is None or run.weekly_km is None or today - day_of_wall(run.at) >= WEEK:
        return None
    older = [
        one.item.weekly_km
        for one in everything
        if one.item.kind == "running" and one.item.weekly_km is not None and run.at - one.item.at >= WEEK
    ]
    return growth_warning(last_km=older[-1], next_km=run.weekly_km) if older else None


def _proposals(weighed: Weighed, there: set[str]) -> list[Proposal]:
    against: Sequence[Exercise] = exercises_to_stop(weighed.preference)
    goes = f"It goes against {weighed.preference}, which eases your back."
    found = [Proposal(one.code, one.name, goes) for one in against]
    found += [Proposal(one.key, one.name, one.why) for one in things_to_stop(weighed.preference, weighed.irritability)]
    return [one for one in found if one.code not in there and one.name not in there]
