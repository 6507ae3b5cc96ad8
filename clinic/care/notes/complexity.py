"""The level of an evaluation, from its four components; pure (clinical reference F1: sources 71 and 72)."""

LEVELS = ("low", "moderate", "high")
PRESENTATION = {"stable": 0, "evolving": 1, "unstable": 2}


def level(*, history_factors: int | None, examined: int | None, presentation: str, decision: str) -> str:
    """Return low, moderate or high: every component must reach a level, so the lowest decides; empty while unknown.

    History factors: 0, 1 to 2, 3 or more. Examined elements: 1 to 2, 3, 4 or more.
    """
    if history_factors is None or examined is None or presentation not in PRESENTATION or decision not in LEVELS:
        return ""
    history = 0 if history_factors == 0 else 1 if history_factors <= 2 else 2
    elements = 0 if examined <= 2 else 1 if examined == 3 else 2
    return LEVELS[min(history, elements, PRESENTATION[presentation], LEVELS.index(decision))]
