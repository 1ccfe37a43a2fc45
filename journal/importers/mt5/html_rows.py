"""The rows of the tables of an HTML report, by position, as those of delimited text are."""

from __future__ import annotations

from html.parser import HTMLParser

from journal.importers.table import Record

_CELLS = frozenset({"td", "th"})
_WIDEST = 50


def html_records(text: str) -> list[Record]:
    """Return the rows of all tables; `number` is the line at which one begins.

    Cells over several columns are followed by blank ones; cells of class `hidden` are not shown
    by a browser, and not read. The raw text is the cells, parted by tabs.
    """
    parser = _Rows()
    parser.feed(text)
    parser.close()
    return parser.records


class _Rows(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.records: list[Record] = []
        self._number = 1
        self._cells: list[str] | None = None
        self._text: list[str] | None = None
        self._blank = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
            self._number, self._cells = self.getpos()[0], []
        elif tag in _CELLS and self._cells is not None:
            self._end_cell()
            found = dict(attrs)
            if "hidden" not in (found.get("class") or "").split():
                self._text = []
                self._blank = _span(found.get("colspan")) - 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS:
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is not None and self._cells is not None:
            text = " ".join("".join(self._text).split())
            self._cells += [text, *[""] * self._blank]
        self._text = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells:
            self.records.append(Record(self._number, "\t".join(self._cells), self._cells))
        self._cells = None


def _span(text: str | None) -> int:
    return min(int(text), _WIDEST) if text and text.isdecimal() and int(text) else 1
