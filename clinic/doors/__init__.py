"""The doors by which people come in, one package per audience."""

from flask import Flask

from clinic.settings import Settings


def open_doors(app: Flask, settings: Settings) -> None:
    """Hang every door into ``app``."""
    from clinic import everything  # noqa: F401
