"""Stretches of grid cells as the bits of one integer: bit n is the n-th cell of a day.

A complement has endless ones to the left, so ``~taken`` is free for as long as anybody asks.
"""

from collections.abc import Iterable, Iterator


def bitmap(spans: Iterable[range], *, first: int = 0) -> int:
    """Return the bits of all cells in ``spans``; bit 0 is cell ``first``, and earlier cells fall away."""
    bits = 0
    for span in spans:
        start, stop = span.start - first, span.stop - first
        if start < 0:
            start = 0
        if stop > start:
            bits |= (1 << stop) - (1 << start)
    return bits


def runs(bits: int, length: int) -> int:
    """Return a bitmap of where ``length`` bits in a row are set: each bit is the first of such a run."""
    reached = 1
    while 2 * reached <= length:
        bits &= bits >> reached
        reached *= 2
    return bits & bits >> length - reached


def every(step: int, width: int) -> int:
    """Return a bitmap of at least ``width`` bits with bit 0 and every ``step``-th after it set."""
    count = -(-width // step)
    return ((1 << count * step) - 1) // ((1 << step) - 1)


def ones(bits: int) -> Iterator[int]:
    """Yield the numbers of the set bits of a bitmap without endless ones, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def ones_before(bits: int, place: int) -> int:
    """Return how many bits in a row are set just below ``place``."""
    return place - (~bits & ((1 << place) - 1)).bit_length()


def ones_from(bits: int, place: int) -> int:
    """Return how many bits in a row are set from ``place`` on, in a bitmap without endless ones."""
    rest = bits >> place
    return (~rest & (rest + 1)).bit_length() - 1
