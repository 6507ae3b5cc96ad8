"""The doors by which people come in, one package per audience."""

from flask import Flask

from clinic.settings import Settings


def open_doors(app: Flask, settings: Settings) -> None:
    """Hang every door into ``app``; whatever belongs to no door stays shut."""
    from clinic.doors import answers, desk, entrance, feeds, office, portal, shell, threshold, treatment, wording
    from clinic.doors.entrance import signed_in

    answers.install(app, settings)
    app.before_request(threshold.deny_by_default)
    signed_in.install(app)
    shell.install(app)
    wording.install(app)
    for door in (entrance.door, desk.door, treatment.door, office.door, portal.door, portal.home.door, feeds.door):
        app.register_blueprint(door)
