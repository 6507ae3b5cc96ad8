"""The web process: gunicorn with threads, and whether its port is free."""

import errno
import socket
from typing import Any

from gunicorn.app.base import BaseApplication

from clinic.settings import Misconfigured, Settings

PROCESSES = 2
THREADS = 4


class Web(BaseApplication):
    """gunicorn around an application that is already made; nothing is read from gunicorn's own files."""

    def __init__(self, app: Any, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        options = {
            "bind": [_address(self._settings)],
            "workers": PROCESSES,
            "threads": THREADS,
            "preload_app": True,
            "graceful_timeout": 5,
            "loglevel": "warning",
            "accesslog": None,  # ours has routes instead of paths, so it holds no tokens
            "control_socket_disable": True,
            "forwarded_allow_ips": "",  # CLINIC_PROXIES decides whom to believe
            "proc_name": "clinic web",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application."""
        return self._app


def serve(app: Any, settings: Settings) -> None:
    """Serve ``app`` until the process is told to end. Raises ``Misconfigured`` where the port cannot be had."""
    check_port(settings)
    Web(app, settings).run()


def check_port(settings: Settings) -> None:
    """Raise ``Misconfigured`` when something else listens on the port, or when it cannot be listened on."""
    family = socket.AF_INET6 if ":" in settings.listen else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.listen, settings.port))
        except OSError as trouble:
            if trouble.errno == errno.EADDRINUSE:
                other = settings.port + 1 if settings.port < 65535 else 8000
                raise Misconfigured(
                    f"Port {settings.port} is taken by another program. Choose another one, such as PORT={other}."
                ) from trouble
            raise Misconfigured(
                f"Port {settings.port} on {settings.listen} cannot be used ({trouble.strerror}). "
                "Choose a PORT above 1023, and for CLINIC_LISTEN an address of this machine."
            ) from trouble


def _address(settings: Settings) -> str:
    host = f"[{settings.listen}]" if ":" in settings.listen else settings.listen
    return f"{host}:{settings.port}"
