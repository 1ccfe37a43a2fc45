"""Interactive Brokers: a Flex query as XML, of activity or of trade confirmations.

The query's author chooses sections and fields. Executions are read; orders, closed lots and sums
that repeat them are passed over by kind, and so are the rows of other sections.
"""

from __future__ import annotations

from dataclasses import replace

from journal.domain.errors import InputError
from journal.importers.ibkr.report import FETCH_QUERY, read_executions
from journal.importers.importer import (
    MINE,
    NOT_MINE,
    Identified,
    Importer,
    Sample,
    other_export,
)
from journal.importers.reading import Reading, ReadOptions
from journal.importers.source import SourceFile

NAME = "ibkr-flex"


def identify(sample: Sample) -> Identified:
    """Claim a Flex query's report; know the web service's own answers apart from it."""
    text = sample.text
    if not text.lstrip().startswith("<"):
        return NOT_MINE
    if "<FlexQueryResponse" in text or "<FlexStatements" in text:
        return MINE
    if "<FlexStatementResponse" in text:
        return other_export(
            "this is an answer of IBKR's Flex web service, not the report that it announces",
            "fetch the report by its reference code, or " + FETCH_QUERY,
        )
    return NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the executions of all accounts in the file, oldest first."""
    from journal.importers.ibkr.flex_xml import (  # noqa: PLC0415 - only for XML
        read_flex_xml,
    )

    document = read_flex_xml(file)
    if not document.has_trades:
        raise InputError("this Flex query has no trades", where=file.name, hint=FETCH_QUERY)
    reading = read_executions(NAME, file, document.rows, options)
    return replace(reading, ignored=reading.ignored + document.elsewhere)


IMPORTER = Importer(NAME, "Interactive Brokers Flex query (XML)", identify, read)
