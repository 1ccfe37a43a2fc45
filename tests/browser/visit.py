"""A page opened in the browser, with everything it should not do written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

_DRAWN = """() => [...document.querySelectorAll('[data-chart]')]
    .every((place) => place.querySelector('svg.main-svg') !== null)"""


@dataclass
class Visit:
    """An open page; `trouble` lists errors, console messages, dialogs and network requests."""

    page: Page
    trouble: list[str] = field(default_factory=list)

    def seen(self, script: str, argument: object = None) -> Any:  # noqa: ANN401 - what it returns
        """Return what a script finds in the page."""
        return self.page.evaluate(script, argument)


@contextmanager
def visit(
    browser: Browser,
    path: Path,
    *,
    width: int = 1280,
    height: int = 900,
    scheme: str = "light",
    policy: bool = True,
) -> Iterator[Visit]:
    """Open a page's file and wait until its charts are drawn.

    Nothing but the file is let through. Without its `policy` the page must still run nothing.
    """
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=not policy,
        service_workers="block",
    )
    page = context.new_page()
    found = Visit(page)
    own = path.absolute().as_uri()

    def through(route: Route) -> None:
        if route.request.url.partition("#")[0] == own:
            route.continue_()
        else:
            found.trouble.append(f"request {route.request.url}")
            route.abort()

    page.route("**/*", through)
    page.on("console", lambda said: found.trouble.append(f"console {said.type}: {said.text}"))
    page.on("pageerror", lambda error: found.trouble.append(f"error {error}"))

    def dismissed(dialog: Any) -> None:  # noqa: ANN401 - Playwright's dialog
        found.trouble.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismissed)
    try:
        page.goto(own)
        page.wait_for_function(_DRAWN)
        yield found
    finally:
        context.close()
