"""The line above OKX's header: `UID:...,Account Type:Main,Time Zone:UTC+8`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from journal.domain.errors import InputError
from journal.importers.source import SourceFile
from journal.importers.table import Layout, preamble_of
from journal.importers.zones import Zone, asked_zone, zone_of

# The labels may be in the user's language; what stands behind them is not.
_ZONE = re.compile(r"[:\uff1a]\s*((?:UTC|GMT)[^,\"]*|[A-Za-z]+/[A-Za-z_/+-]+)", re.IGNORECASE)
_UID = re.compile(r"UID\s*[:\uff1a]\s*(\d{1,30})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Preamble:
    """Whose file it is and which clock printed its times; `asked` if that is the user's word."""

    zone: Zone
    account: str | None
    asked: bool

    @classmethod
    def of(cls, file: SourceFile, layout: Layout, zone: Zone | None) -> Preamble:
        """Read the line, where there is one; without a zone in it, take the one asked for."""
        text = "".join(preamble_of(file, layout))
        uid, printed = _UID.search(text), _ZONE.search(text)
        account = uid[1] if uid else None
        try:
            if printed:
                return cls(zone_of(printed[1].strip()), account, asked=False)
            return cls(asked_zone(zone), account, asked=True)
        except InputError as error:
            raise error.located(file.name) from error
