"""The rows of HTML tables: hidden cells, wide cells, line numbers, broken markup."""

from __future__ import annotations

from journal.importers.mt5.html_rows import html_records


def test_rows_have_the_cells_that_a_browser_shows() -> None:
    text = (
        "<table>\n<tr><th colspan='3'><div><b>Deals</b></div></th></tr>\n"
        '<tr><td>a&nbsp;b</td><td class="x hidden" colspan="8">no</td>\n<td>&lt;1&gt;</td></tr>'
        "</table>"
    )
    assert [(row.number, row.cells) for row in html_records(text)] == [
        (2, ["Deals", "", ""]),
        (3, ["a b", "<1>"]),
    ]
    assert html_records(text)[1].raw == "a b\t<1>"


def test_rows_that_are_not_closed_end_where_the_next_begins() -> None:
    text = "<table><tr><td>1<td>2<tr><td colspan='x'>3</td></table>"
    assert [row.cells for row in html_records(text)] == [["1", "2"], ["3"]]
