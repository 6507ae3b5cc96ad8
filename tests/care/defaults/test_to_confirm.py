"""The list for a licensed therapist is what the defaults say; ``CLINIC_GOLDEN=write`` writes it anew."""

import os
from pathlib import Path

from clinic.care.defaults.entry import OURS
from clinic.care.defaults.queries import SHIPPED
from tests.care.to_confirm import NO_SOURCE, document, why

LIST = Path(__file__).parents[3] / "docs" / "to-confirm.md"


def test_the_list_of_what_is_to_be_confirmed_is_what_the_defaults_say() -> None:
    written = document()
    if os.environ.get("CLINIC_GOLDEN") == "write":
        LIST.write_text(written, encoding="utf-8")

    again = "CLINIC_GOLDEN=write .venv/bin/pytest tests/care/defaults/test_to_confirm.py writes it anew; then read it"
    assert LIST.read_text(encoding="utf-8") == written, again


def test_every_open_default_is_named_once_and_no_other() -> None:
    lines = LIST.read_text(encoding="utf-8").splitlines()

    named = [one.key for one in SHIPPED for line in lines if line.startswith("**") and f"(`{one.key}`)" in line]
    assert named == [one.key for one in SHIPPED if OURS in one.source]


def test_a_default_says_why_it_is_open() -> None:
    assert why(OURS) == NO_SOURCE
    assert why(f"{OURS}: MDC 2 (from memory)") == "To confirm: MDC 2 (from memory)."
    assert why(f"Long 2004; doses: {OURS}") == "Long 2004; no source was found for the doses."


def test_whatever_is_from_memory_is_marked_as_open() -> None:
    assert [one.key for one in SHIPPED if "memory" in one.source and OURS not in one.source] == []
