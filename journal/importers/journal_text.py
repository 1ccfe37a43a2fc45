"""The journal's own text as a file to import: what `journal export` writes, or a plan by hand."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from journal.domain.event import FactKind
from journal.domain.notation import parse
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample
from journal.importers.reading import Reading, ReadOptions, Row
from journal.importers.source import SourceFile

_DIRECTIVE = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}\S*[ \t]+(?:{'|'.join(FactKind)})\b", re.ASCII)


def identify(sample: Sample) -> Identified:
    """Claim a file whose first line, comments aside, is a dated directive."""
    for line in sample.text.splitlines():
        if line.strip() and not line.lstrip().startswith(";"):
            return MINE if _DIRECTIVE.match(line) else NOT_MINE
    return NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Parse it all: one directive that is wrong refuses the file, so that nothing goes missing."""
    events = parse(file.text(), options.known, zone=_named_zone(options), source=file.name)
    return Reading([Row(event, number=event.line or 0) for event in events])


def _named_zone(options: ReadOptions) -> ZoneInfo | None:
    """Return the zone for local times in the text, which has its own words for offsets."""
    info = options.zone.info if options.zone else None
    return info if isinstance(info, ZoneInfo) else None


IMPORTER = Importer("journal", "journal text", identify, read)
