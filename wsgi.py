"""The WSGI entry point: the application, from the environment."""

from clinic import create_app

app = create_app()
