"""One Chromium for all tests of pages, and the pages they look at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import AbsentError, chromium

from journal.usecases.demo import DEMO_NOW, REVIEWED_WEEK, make_demo

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.register_assert_rewrite("drawn")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the browser; each page is opened in a context, that is a profile, of its own.

    Without one the tests are skipped; where everything must hold, they fail.
    """
    try:
        with chromium() as started:
            yield started
    except AbsentError as error:
        reason = f"{error} is not installed, which looking at pages takes"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="module", autouse=True)
def _on_the_demos_day() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOURNAL_NOW", DEMO_NOW.isoformat().replace("+00:00", "Z"))
        yield


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the demo's week; its journal lies beside it."""
    made = make_demo(tmp_path_factory.mktemp("demo"))
    assert made.report.review.label == REVIEWED_WEEK
    return made.page
