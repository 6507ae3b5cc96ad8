"""Put labels where they cover nothing; what finds no room is left out, since a table stands beside each chart."""

from collections.abc import Iterable, Sequence

from clinic.care.outcomes.charts.shapes import TEXT, WIDE, Box, Segment, Text, number

ABOVE, BELOW = -10.0, 19.0
DOT = 5.0
ROW = 15.0


class Room:
    """The room of one chart: what is drawn in it, and the labels placed so far."""

    def __init__(self, *, within: Box, dots: Iterable[tuple[float, float]], lines: Iterable[Segment]) -> None:
        self.within = within
        self.lines = list(lines)
        self.taken = [Box(left=x - DOT, top=y - DOT, right=x + DOT, bottom=y + DOT) for x, y in dots]

    def place(self, candidates: Sequence[Text]) -> Text | None:
        """Return the candidate that crosses the fewest lines, the first of equals, and keep its room."""
        free = [one for one in candidates if self._is_free(one.box)]
        if not free:
            return None
        best = min(free, key=lambda one: sum(one.box.meets(line) for line in self.lines))
        self.taken.append(best.box)
        return best

    def _is_free(self, box: Box) -> bool:
        return self.within.holds(box) and not any(box.overlaps(other) for other in self.taken)


def beside(words: str, *, x: float, y: float) -> list[Text]:
    """Return the places for the label of a dot: above, below, then a little to either side."""
    aside = len(words) * TEXT * WIDE / 2 + DOT
    return [
        Text(x=number(x + across), y=number(y + down), words=words)
        for across in (0.0, aside, -aside)
        for down in (ABOVE, BELOW)
    ]


def along(words: str, *, y: float, left: float, right: float, first: float, then: float) -> list[Text]:
    """Return the places for the label of a horizontal line: at its ends, ``first`` or ``then`` below it."""
    middle = (left + right) / 2
    return [
        place
        for down in (first, then)
        for place in (
            Text(x=number(left + 5), y=number(y + down), words=words, anchor="start"),
            Text(x=number(right - 5), y=number(y + down), words=words, anchor="end"),
            Text(x=number(middle), y=number(y + down), words=words, anchor="middle"),
        )
    ]


def in_rows(wanted: Sequence[tuple[float, str]], *, right: float, left: float, rows: int) -> list[Text | None]:
    """Return labels for vertical lines at x, beside them in up to ``rows`` rows from y = 0 down; None without room."""
    placed: list[Text] = []
    found: list[Text | None] = []
    for x, words in wanted:
        places = [
            place
            for row in range(rows)
            for place in (
                Text(x=number(x + 4), y=number(row * ROW + 11), words=words, anchor="start"),
                Text(x=number(x - 4), y=number(row * ROW + 11), words=words, anchor="end"),
            )
        ]
        free = (
            one
            for one in places
            if left <= one.box.left
            and one.box.right <= right
            and not any(one.box.overlaps(other.box) for other in placed)
        )
        text = next(free, None)
        found.append(text)
        if text is not None:
            placed.append(text)
    return found


def thinned(labels: Sequence[Text]) -> list[Text | None]:
    """Return the labels of an axis, None for those without room: the first and the last are kept before others."""
    kept: dict[int, Text] = {}
    order = [0, len(labels) - 1, *range(1, len(labels) - 1)] if labels else []
    for at in order:
        box = labels[at].box
        apart = Box(left=box.left - 6, top=box.top, right=box.right + 6, bottom=box.bottom)
        if at in kept or any(apart.overlaps(other.box) for other in kept.values()):
            continue
        kept[at] = labels[at]
    return [kept.get(at) for at in range(len(labels))]
