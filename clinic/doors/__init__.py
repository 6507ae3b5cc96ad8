"""The doors by which people come in, one package per audience."""

from flask import Flask

from clinic.settings import Settings


def open_doors(app: Flask, settings: Settings) -> None:
    """Hang every door into ``app``."""
    from clinic.doors import answers, desk, entrance, feeds, office, portal, shell, treatment, wording

    answers.install(app, settings)
    shell.install(app)
    wording.install(app)
    for room in (entrance, desk, treatment, office, portal, feeds):
        app.register_blueprint(room.door)
