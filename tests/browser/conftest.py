"""One Chromium for all tests of pages, and the pages they look at."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from journal.usecases.demo import DEMO_NOW, REVIEWED_WEEK, make_demo

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.register_assert_rewrite("drawn")

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def _absent(what: str) -> None:
    """Skip where somebody may do without a browser; where everything must hold, fail."""
    reason = f"{what} is not installed, which looking at pages takes"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the browser; each page is opened in a context, that is a profile, of its own."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it may be absent
    except ImportError:
        _absent("playwright")
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        _absent("chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        yield started
        started.close()


@pytest.fixture(scope="module", autouse=True)
def _on_the_demos_day() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOURNAL_NOW", DEMO_NOW.isoformat().replace("+00:00", "Z"))
        yield


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the demo's week; its journal lies beside it."""
    made = make_demo(tmp_path_factory.mktemp("demo"))
    assert made.review.label == REVIEWED_WEEK
    return made.page
