"""An exercise gets harder after two good sessions, and easier after pain or lost form."""

from dataclasses import dataclass

import pytest

from clinic.care.homecare.library.progress import Advice, Session, advise

GOOD = Session(at_the_top=True, effort=6, pain=2)


@dataclass(frozen=True)
class _Case:
    sessions: list[Session]
    advice: Advice


@pytest.mark.parametrize(
    "case",
    [
        _Case([], Advice.KEEP),
        _Case([GOOD], Advice.KEEP),
        _Case([GOOD, GOOD], Advice.ADVANCE),
        _Case([GOOD, GOOD._replace(effort=7)], Advice.KEEP),
        _Case([GOOD, GOOD._replace(pain=3)], Advice.KEEP),
        _Case([GOOD, GOOD._replace(at_the_top=False)], Advice.KEEP),
        _Case([GOOD._replace(worse_next_day=True), GOOD], Advice.KEEP),
        _Case([GOOD, GOOD, GOOD._replace(effort=9), GOOD], Advice.KEEP),
        _Case([GOOD._replace(pain=4)], Advice.REGRESS),
        _Case([GOOD._replace(pain=4), GOOD], Advice.KEEP),
        _Case([GOOD._replace(form_failed=True)], Advice.KEEP),
        _Case([GOOD._replace(form_failed=True)] * 2, Advice.REGRESS),
        _Case([GOOD._replace(form_failed=True), GOOD], Advice.KEEP),
    ],
)
def test_the_rule_of_progress(case: _Case) -> None:
    assert advise(case.sessions, pain_ceiling=3) == case.advice
