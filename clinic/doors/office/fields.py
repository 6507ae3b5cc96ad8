"""Fields of the office's forms: they keep what was typed, and leave the rules to the rooms."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import Field, HiddenField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import DateInput, Input, TextInput, TimeInput

from clinic.doors.threshold import Form
from clinic.refusals import Refusal, Unacceptable
from clinic.timetable.wall import from_wall, parse_day

TOO_OLD = "This page is too old, or was not complete. Open it again."
MIDNIGHT = 1440
TIME = re.compile("([0-9]{1,2}):([0-9]{2})(?::00)?")


def whole(text: Any) -> int | None:
    """Return a whole number, None for nothing, and -1, which no rule accepts, for anything else."""
    typed = str("" if text is None else text).strip()
    if not typed:
        return None
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def showable(text: str) -> str:
    """Return ``text`` without the control characters that no page may hold."""
    return "".join(character for character in text if unicodedata.category(character) != "Cc")


class TextField(StringField):
    """A line of text; what no page may hold is left out when it is shown again."""

    def _value(self) -> str:
        return showable(str(self.data or ""))


class TypedField(Field):
    """A field whose input is shown again as it was typed."""

    widget: Input = TextInput()
    typed: str | None = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what was typed, and read it."""
        self.typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if self.typed:
            self.data = self.read(self.typed)

    def read(self, typed: str) -> Any:
        """Return what ``typed`` means. Raises ``ValueError``."""
        return typed

    def written(self, value: Any) -> str:
        """Return how a value is typed."""
        return str(value)

    def _value(self) -> str:
        if self.typed is not None:
            return showable(self.typed)
        return "" if self.data is None else self.written(self.data)


class NumberField(TypedField):
    """A whole number; what is none becomes -1, which the rooms refuse with their bounds."""

    def read(self, typed: str) -> int | None:
        """Read digits."""
        return whole(typed)


class DayField(TypedField):
    """A date."""

    widget = DateInput()

    def read(self, typed: str) -> date:
        """Read a date."""
        try:
            return parse_day(typed)
        except Refusal as refusal:
            raise ValueError(refusal.sentence) from refusal


class TimeField(TypedField):
    """A time of day, as minutes after midnight."""

    widget = TimeInput()

    def read(self, typed: str) -> int:
        """Read hours and minutes; 24:00 is the end of the day."""
        found = TIME.fullmatch(typed)
        hour, minute = (int(found[1]), int(found[2])) if found else (MIDNIGHT, 0)
        if hour * 60 + minute > MIDNIGHT or minute > 59:
            raise ValueError("Write a time of day, such as 14:30.")
        if minute % 5:
            raise ValueError("Times here go in steps of 5 minutes.")
        return hour * 60 + minute

    def written(self, value: int) -> str:
        """Write hours and minutes; the end of the day as 00:00, which browsers can show."""
        return f"{value // 60 % 24:02d}:{value % 60:02d}"


class VersionForm(Form):
    """A form about something that somebody else may change meanwhile."""

    version = HiddenField(validators=[InputRequired(TOO_OLD)])

    @property
    def seen(self) -> int:
        """The version that the page showed."""
        return whole(self.version.data) or 0

    def show(self, facts: dict[str, Any], *, version: int) -> None:
        """Fill in how things stand."""
        for name, value in facts.items():
            self[name].data = value
        self.version.data = str(version)

    def compare(self, facts: dict[str, Any], *, version: int) -> list[str]:
        """Return, in words, how things stand now where that is not what was typed; to save again is then deliberate."""
        self.version.data = str(version)
        different = [name for name, value in facts.items() if (self[name].data or "") != (value or "")]
        return [f"{self[name].label.text}: {_said(facts[name])}" for name in different]


def instant(on: date, minute: int, zone: ZoneInfo, *, fold: int | None, field: str) -> datetime:
    """Return the instant of a wall time. Raises ``Unacceptable`` where the clock skips or repeats it."""
    try:
        whole_days, rest = divmod(minute, MIDNIGHT)
        wall = datetime.combine(on + timedelta(days=whole_days), time(rest // 60, rest % 60))
    except OverflowError:
        raise Unacceptable("That is too far away.", field=field) from None
    return from_wall(wall, zone, fold=fold, field=field)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (", ".join(value) if isinstance(value, list) else str(value)) or "nothing"
