"""A headless Chromium with a fresh profile, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class AbsentError(Exception):
    """What looking at pages takes is not installed."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser; each page opened in a context has a profile of its own."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it may be absent
    except ImportError as error:
        raise AbsentError("playwright") from error
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        raise AbsentError("chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        yield started
        started.close()
