"""Thirty clients at once want one opening after another, over HTTP: one gets it, the others are told kindly."""

from typing import Any

from bench.rush import fight


def test_one_of_thirty_wins_each_opening_over_http(engine: Any) -> None:
    came = fight(engine, attempts=300, clients=30)

    assert (came.won, came.wanted, came.doubled, came.wrong_holds) == (10, 10, 0, 0)
    assert came.statuses == {303: 10, 409: 290}
