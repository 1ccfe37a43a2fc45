"""Interactive Brokers: the XML of a Flex query as rows with their line numbers.

XML can declare entities that grow to gigabytes or read other files. No Flex query has a document
type at all, so the first sign of one refuses the file, before anything is expanded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from journal.domain.errors import InputError
from journal.importers.ibkr.rows import Execution
from journal.importers.source import SourceFile

_CONTAINERS = ("Trades", "TradeConfirms")
_STATEMENTS, _STATEMENT = "FlexStatements", "FlexStatement"
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WATCH_EVERY = 5_000


@dataclass(slots=True)
class FlexDocument:
    """What a Flex query holds: rows of its trade sections, and what else stands in it."""

    rows: list[Execution] = field(default_factory=list)
    elsewhere: Counter[str] = field(default_factory=Counter)
    has_trades: bool = False


class _Builder:
    """Hears the elements as they are read; nothing is kept of those that are no rows."""

    def __init__(self, file: SourceFile, data: bytes) -> None:
        self.document = FlexDocument()
        self._file, self._data = file, data
        self._open: list[str] = []
        self._announced, self._statements = "", 0
        # Text that entities could grow in is forbidden before its content is looked at.
        self._parser = DefusedXMLParser(target=self, forbid_dtd=True)

    def read(self) -> FlexDocument:
        """Read the whole document, or say at which line it is not sound."""
        try:
            self._parser.feed(self._data)
            self._parser.close()
        except DefusedXmlException as error:
            raise self._refused(
                "the file declares a document type, which no Flex query does", self._line
            ) from error
        except ParseError as error:
            line, _ = error.position
            raise self._refused(f"the file is not sound XML: {error}", line) from error
        if self._announced not in ("", str(self._statements)):
            raise self._refused(
                f"the file announces {self._announced} statements and has {self._statements}", 1
            )
        return self.document

    @property
    def _line(self) -> int:
        return self._parser.parser.CurrentLineNumber

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an element in, by where it stands."""
        parent = self._open[-1] if self._open else ""
        self._open.append(tag)
        if tag in _CONTAINERS:
            self.document.has_trades = True
        elif tag == _STATEMENTS:
            self._announced = attributes.get("count", "")
        elif tag == _STATEMENT:
            self._statements += 1
        elif parent in _CONTAINERS:
            self._row(tag, attributes)
        elif attributes and _STATEMENT in self._open[:-2]:
            self.document.elsewhere[_CAPITAL.sub(" ", tag).lower()] += 1

    def end(self, _tag: str) -> None:
        """Leave an element."""
        self._open.pop()

    def data(self, _text: str) -> None:
        """Pass over text: a Flex query says everything in attributes."""

    def close(self) -> FlexDocument:
        """Return what was built."""
        return self.document

    def _row(self, tag: str, attributes: Mapping[str, str]) -> None:
        line = self._line
        start = self._parser.parser.CurrentByteIndex
        raw = self._data[start : self._data.find(b"<", start + 1)].decode().strip()
        self.document.rows.append(Execution(line, raw, dict(attributes), tag))
        if self._file.watch and len(self.document.rows) % _WATCH_EVERY == 0:
            self._file.watch(line)

    def _refused(self, problem: str, line: int) -> InputError:
        return InputError(
            problem,
            where=f"{self._file.name} line {line}",
            hint="nothing is imported; run the Flex query again and import its file unchanged",
        )


def read_flex_xml(file: SourceFile) -> FlexDocument:
    """Return what a Flex query in XML holds, or refuse it whole."""
    return _Builder(file, file.text().encode()).read()
