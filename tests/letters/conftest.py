"""Booking in one line."""

from tests.acts import book, do

__all__ = ["book", "do"]
