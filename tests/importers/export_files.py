"""The project's own exports, each beside the journal text that it says.

`exports/FORMAT/NAME.EXT` is a file as the venue writes it, with invented values, and
`exports/FORMAT/NAME.journal` what must be read from it. Comments at the top of the text say how:

    ; timezone Europe/Berlin      the options of `journal import`
    ; repeated-hour first
    ; lines 2-13                  which lines stand for themselves and may be cut, turned, shuffled
                                  (all below the first by default); `lines none` where none do
    ; order kept                  only the file's own order tells what came first in an instant

and what else was found in it: what is ignored, refused, noted, asked for. Tables that no format
claims lie in `exports/mapped`, each beside its map `NAME.toml` and the draft of one, `NAME.draft`.

`python tests/importers/export_files.py [FORMAT...]` writes the texts anew, and what becomes of
damaged copies; read the difference.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from journal.domain.notation import format_events
from journal.importers.archives import unpacked
from journal.importers.importer import choose, read_file
from journal.importers.mapped.draft import draft
from journal.importers.mapped.fills import importer_of
from journal.importers.mapped.toml import read_map
from journal.importers.reading import Reading, ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile
from journal.importers.zones import RepeatedHour, zone_of

_FOLDER = Path(__file__).with_name("exports")
_OPTION = re.compile(r"; (timezone|repeated-hour|lines|order) (.+)")


@dataclass(frozen=True)
class ExportFile:
    """One export and the text beside it."""

    path: Path

    def __str__(self) -> str:
        return f"{self.format}-{self.path.stem}"

    @property
    def format(self) -> str:
        """Return the name of the format that must claim it."""
        return self.path.parent.name

    @property
    def map(self) -> Path | None:
        """Return the map that it is read by, if any."""
        path = self.path.with_suffix(".toml")
        return path if path.exists() else None

    @property
    def drafted(self) -> Path:
        """Return where the draft of a map for it lies."""
        return self.path.with_suffix(".draft")

    @property
    def expected(self) -> Path:
        """Return where its journal text lies."""
        return self.path.with_suffix(".journal")

    @property
    def damages(self) -> Path:
        """Return where it is written what becomes of damaged copies."""
        return self.path.with_suffix(".damage")

    @cached_property
    def data(self) -> bytes:
        """Return its bytes."""
        return self.path.read_bytes()

    @cached_property
    def settings(self) -> dict[str, str]:
        """Return the options at the top of the text."""
        if not self.expected.exists():
            return {}
        found = (_OPTION.fullmatch(line) for line in self.expected.read_text("utf-8").splitlines())
        return {match[1]: match[2] for match in found if match}

    @property
    def options(self) -> ReadOptions:
        """Return how it is read."""
        zone = self.settings.get("timezone")
        if self.map:
            zone = zone or read_map(SourceFile.at(self.map)).zone
        repeated = self.settings.get("repeated-hour")
        hour = RepeatedHour(repeated) if repeated else None
        return ReadOptions(zone_of(zone, hour) if zone else None)

    @property
    def command(self) -> list[str]:
        """Return the options of `journal import` that it needs."""
        mapped = ["--map", str(self.map)] if self.map else []
        return mapped + [
            word
            for name in ("timezone", "repeated-hour")
            if name in self.settings
            for word in (f"--{name}", self.settings[name])
        ]

    @property
    def is_text(self) -> bool:
        """Whether its lines can be handled one by one."""
        return not self.data.startswith((b"PK", b"\x1f\x8b", b"\xff\xfe"))

    def parts(self) -> tuple[list[bytes], list[bytes], list[bytes]]:
        """Return the lines above, those that stand for themselves, and those below."""
        lines = self.data.splitlines(keepends=True)
        said = self.settings.get("lines", f"2-{len(lines)}")
        if said == "none":
            return lines, [], []
        first, last = (int(number) for number in said.split("-"))
        return lines[: first - 1], lines[first - 1 : last], lines[last:]


def all_exports() -> list[ExportFile]:
    """Return every export, by format and name."""
    texts = {".journal", ".damage", ".toml", ".draft"}
    return [
        ExportFile(path)
        for path in sorted(_FOLDER.glob("*/*.*"))
        if path.suffix not in texts and not path.name.startswith(".")
    ]


def read_export(export: ExportFile, data: bytes | None = None) -> Reading:
    """Read an export, or other bytes in its place, as the command line would.

    A damaged header may look like another format's, which then has to refuse the file.
    """
    packed = SourceFile(export.path.name, export.data if data is None else data)
    (file,) = unpacked(packed)
    if export.map:
        importer = importer_of(read_map(SourceFile.at(export.map)))
    else:
        importer = choose(file, IMPORTERS)
        assert importer.name == export.format or data is not None
    reading = read_file(importer, file, export.options)
    assert export.map or importer.name == export.format or not reading.rows
    return reading


def text_of(export: ExportFile, reading: Reading) -> str:
    """Return what was read as the text that lies beside the export."""
    comments = [f"; {name} {value}" for name, value in export.settings.items()]
    comments += _findings(reading)
    events = [*reading.declarations, *(row.event for row in reading.rows)]
    head = "".join(f"{line}\n" for line in comments)
    return head + ("\n" if head and events else "") + format_events(events, {})


def _findings(reading: Reading) -> Iterator[str]:
    for account in dict.fromkeys(row.account for row in reading.rows):
        if account is not None:
            yield f"; account {account}"
    for kind, count in reading.ignored.items():
        yield f"; {count} ignored: {kind}"
    for row in reading.refused:
        yield f"; line {row.number} refused: {row.reason}"
    for note in reading.notes:
        yield f"; note: {note}"
    for symbol in reading.multiplier_needed:
        yield f"; multiplier asked for: {symbol}"


def _write_all(formats: list[str]) -> None:
    from test_export_damage import damage_text  # noqa: PLC0415 - which needs this module

    for export in all_exports():
        if not formats or export.format in formats:
            export.expected.write_text(text_of(export, read_export(export)), "utf-8")
            export.damages.write_text(damage_text(export), "utf-8")
            if export.map:
                export.drafted.write_text(draft(SourceFile.at(export.path)), "utf-8")
            sys.stdout.write(f"{export}\n")


if __name__ == "__main__":
    _write_all(sys.argv[1:])
