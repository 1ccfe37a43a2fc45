"""Fixtures for all tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from journal.storage.database import open_journal

# The examples are the same on every run, so that a failure is the change's own; CI draws more of
# them. `--hypothesis-profile=fast --hypothesis-seed=N` looks elsewhere.
# A busy machine is not a failure: no deadline, no complaint about slow data.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fast", _PATIENT, max_examples=100, derandomize=True)
settings.register_profile("deep", _PATIENT, max_examples=400, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

_ROOT = Path(__file__).parent.parent


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument, not by what they hold.

    Bytes made while tests are collected may hold the moment they were made, and the processes that
    share the tests among them must find the same names.
    """
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real exports beside the checkout; where there is none, skip."""
    folder = _ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real exports are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def journal_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty journal, migrated once; copy it, do not write to it."""
    path = tmp_path_factory.mktemp("template") / "journal.db"
    open_journal(path, create=True).close()
    return path


@pytest.fixture
def journal_db(journal_template: Path, tmp_path: Path) -> Path:
    """Return the path of an empty journal of the test's own."""
    return Path(shutil.copy(journal_template, tmp_path / "journal.db"))
