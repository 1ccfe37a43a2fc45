"""What is drawn of the demo's week has not changed unnoticed."""

from __future__ import annotations

import json
import re
from difflib import unified_diff
from functools import cache
from math import isclose
from typing import Any

import pytest
from figures import NAMES, SNAPSHOTS, figures, written

drawn = cache(figures)


def same(found: Any, kept: Any) -> bool:  # noqa: ANN401 - JSON
    """Compare, numbers to nine places: the last ones are the processor's."""
    if isinstance(kept, dict):
        return found.keys() == kept.keys() and all(same(found[key], kept[key]) for key in kept)
    if isinstance(kept, list):
        return len(found) == len(kept) and all(map(same, found, kept))
    if isinstance(kept, float):
        return isclose(found, kept, rel_tol=1e-9)
    return bool(found == kept)


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_as_it_was(name: str) -> None:
    kept = (SNAPSHOTS / f"{name}.json").read_text()
    now = drawn()[name]
    difference = unified_diff(kept.splitlines(), written(now).splitlines(), lineterm="")
    message = "\n".join(difference) + "\nlook at it, then run `python tests/reporting/figures.py`"
    assert same(json.loads(written(now)), json.loads(kept)), message


def test_every_figure_named_is_kept_and_no_other() -> None:
    assert {path.stem for path in SNAPSHOTS.glob("*.json")} == set(NAMES)


def test_colours_are_meanings_and_sentences_are_sentences() -> None:
    for name, figure in drawn().items():
        drawn_as = json.dumps(figure["layout"]) + json.dumps(figure["data"])
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b\"", drawn_as), name
        assert figure["says"].endswith("."), name
        assert not figure["says"].lower().startswith(("chart", "graph")), name
