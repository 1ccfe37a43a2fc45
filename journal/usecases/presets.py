"""Ready-made policies: journal text that ships with the program, to be read before it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import journal
from journal.domain.errors import InputError
from journal.domain.event import PolicyEntry
from journal.domain.moment import Moment
from journal.domain.money import clip
from journal.domain.notation import parse
from journal.usecases.near_matches import near_matches

_FOLDER = Path(journal.__file__).parent / "presets"
_SUFFIX = ".journal"
# A preset has no time of its own: it counts from when it is used.
_ANY_TIME = Moment.of(datetime(2000, 1, 1, tzinfo=UTC))

OF_THE_VENUE = frozenset(
    {"taker", "maker", "minimum_fee", "maintenance_margin", "day_starts", "parity"}
)
"""What a venue or an account is like, which no style of trading changes: presets leave it alone."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A policy by name: what it is for, its text, and what it sets."""

    name: str
    about: str
    text: str
    settings: Mapping[str, str]


def presets() -> list[Preset]:
    """Return all presets in order of name."""
    return [_read(path) for path in sorted(_FOLDER.glob(f"*{_SUFFIX}"))]


def preset(name: str) -> Preset:
    """Return a preset, or refuse a name there is none of."""
    known = {each.name: each for each in presets()}
    if name not in known:
        raise InputError(
            f"there is no preset {clip(name)!r}",
            hint=near_matches(name, known) or "presets: " + ", ".join(known),
        )
    return known[name]


def _read(path: Path) -> Preset:
    text = path.read_text("utf-8")
    (event,) = parse(text, now=_ANY_TIME, source=path.name)
    if not isinstance(event.body, PolicyEntry):
        msg = f"{path.name} holds no policy"
        raise TypeError(msg)
    comment = text.partition("\n\n")[0].splitlines()
    about = " ".join(line.removeprefix(";").strip() for line in comment)
    return Preset(path.stem, about, text, event.body.settings)
