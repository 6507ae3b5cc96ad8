"""A gate before the server: what a page sends waits here until it is let through."""

import re

import pytest
from playwright.sync_api import Page, Route

PROBE = re.compile(r"favicon\.svg\?gate$")


class Gate:
    """What the desk's pages post from now on, or ask of one address, waits until all is let through."""

    def __init__(self, page: Page, at: str = "**/desk/**", *, method: str = "POST") -> None:
        self.page, self.method, self.shut = page, method, True
        self.waiting: list[Route] = []
        page.route(at, self._hold)
        self._until_it_holds()

    def _until_it_holds(self) -> None:
        """Wait until the browser asks here first: just after a route was set it may still go by the old way."""
        caught: list[Route] = []
        self.page.route(PROBE, lambda route: (caught.append(route), route.fulfill(body=""))[1])
        for _ in range(100):
            self.page.evaluate("() => fetch('/static/favicon.svg?gate', { cache: 'no-store' }).then(() => null)")
            if caught:
                return
        pytest.fail("no question comes to the gate")

    def _hold(self, route: Route) -> None:
        if self.shut and route.request.method == self.method:
            self.waiting.append(route)
        else:
            route.fallback()

    def wait_for(self, count: int) -> None:
        """Wait until so much was sent."""
        for _ in range(500):
            if len(self.waiting) >= count:
                return
            self.page.wait_for_timeout(20)
        pytest.fail(f"{len(self.waiting)} were sent, not {count}")

    def open(self) -> None:
        """Let through what waits, one at least, and what comes after it."""
        self.wait_for(max(1, len(self.waiting)))
        self.shut = False
        for route in self.waiting:
            route.continue_()
