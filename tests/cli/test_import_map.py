"""`journal import --map`, `--draft-map` and `--formats`: a table that no format claims."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal

from journal.importers.registry import IMPORTERS

TABLE = """\
Executed;Symbol;Type;Qty;Price;Total;Fee (EUR)
13.03.2026 09:30:05;SAP;Buy;10;172,50;1.726,00;1,00
16.03.2026 15:02:41;SAP;Sell;4;175,00;699,00;1,00
"""
KNOWN = """\
portfolio,trade id,product,side,created at,size,size unit,price,fee,total,price/fee/total unit
p,1,SOL-EUR,BUY,2026-02-03T09:15:02.114Z,1,SOL,2,0.1,-2.1,EUR
"""


@pytest.fixture
def table(tmp_path: Path) -> str:
    """Return the path of a table that no format claims."""
    path = tmp_path / "trades.csv"
    path.write_text(TABLE)
    return str(path)


@pytest.fixture
def drafted(terminal: Terminal, table: str, tmp_path: Path) -> str:
    """Return the path of a map: the draft as it was printed."""
    path = tmp_path / "my.toml"
    path.write_text(terminal.run("import", table, "--draft-map").out)
    return str(path)


def test_from_an_unknown_file_to_its_fills(terminal: Terminal, table: str, drafted: str) -> None:
    unknown = terminal.tried("import", table)
    assert unknown.code == 2
    assert "`journal import FILE --draft-map > my.toml`" in unknown.err
    unclear = terminal.tried("import", table, "--map", drafted)
    assert "the times in this file have no time zone" in unclear.err
    zoned = ("import", table, "--map", drafted, "--timezone", "Europe/Berlin")
    tried = terminal.run(*zoned, "--dry-run").out.splitlines()
    assert tried[0] == "trades.csv (my-broker): 2 new, 0 known"
    assert tried[2].startswith("  2026-03-13T08:30:05Z fill SAP buy 10 @ 172.5 fee 1 EUR")
    assert tried[-1] == "dry run: nothing was stored"
    terminal.run(*zoned)
    assert terminal.run("export").out.count("source my-broker") == 2
    # The same map again: its zone is remembered as a venue's is, and nothing is new.
    again = terminal.run("import", table, "--map", drafted).out.splitlines()
    assert again[0] == "trades.csv (my-broker): 0 new, 2 known"


def test_the_command_line_goes_before_the_zone_of_the_map(
    terminal: Terminal, table: str, drafted: str
) -> None:
    text = Path(drafted).read_text()
    Path(drafted).write_text(text.replace("# zone =", "zone ="))
    for options, hour in (((), "08"), (("--timezone", "UTC"), "09")):
        out = terminal.run("import", table, "--map", drafted, "--dry-run", *options).out
        assert f"2026-03-13T{hour}:30:05Z fill SAP" in out


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        (("my-broker", "tradovate"), (), "my.toml: `name` is 'tradovate', which is a known format"),
        (("Qty", "Size"), (), "trades.csv line 1: there is no column 'Size'"),
        (("", ""), ("--format", "journal"), "a file is read by a map or as a format, not both"),
    ],
)
def test_a_map_that_does_not_fit_stores_nothing(
    terminal: Terminal,
    table: str,
    drafted: str,
    change: tuple[str, str],
    options: tuple[str, ...],
    said: str,
) -> None:
    text = Path(drafted).read_text()
    Path(drafted).write_text(text.replace(*change))
    answer = terminal.tried(
        "import", table, "--map", drafted, "--timezone", "UTC", "--skip-refused", *options
    )
    assert answer.code == 2
    assert said in answer.err
    assert terminal.run("fills", "--json").json == []


def test_refused_rows_of_a_map_stop_the_import(
    terminal: Terminal, table: str, drafted: str
) -> None:
    Path(table).write_text(TABLE + "17.03.2026 10:00:00;SAP;Dividend;;;18,40;\n")
    zoned = ("import", table, "--map", drafted, "--timezone", "UTC")
    answer = terminal.tried(*zoned)
    assert answer.code == 2
    assert "line 4: Type 'Dividend' is none of the words of the map: buy, sell" in answer.err
    Path(drafted).write_text(Path(drafted).read_text() + '[ignore.Type]\nDividend = "dividend"\n')
    assert "  1 ignored: dividend" in terminal.run(*zoned).out


def test_a_map_that_is_not_there(terminal: Terminal, table: str) -> None:
    answer = terminal.tried("import", table, "--map", "nowhere.toml")
    assert answer.code == 2
    assert "nowhere.toml: cannot be read" in answer.err


def test_a_draft_of_a_known_format_says_that_it_needs_none(
    terminal: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "known.csv"
    path.write_text(KNOWN)
    answer = terminal.run("import", str(path), "--draft-map")
    assert "which needs no map" in answer.err
    assert answer.out.startswith("# What the columns of")


def test_one_draft_at_a_time(terminal: Terminal, table: str) -> None:
    assert terminal.tried("import", table, table, "--draft-map").code == 2


def test_the_formats_are_listed(terminal: Terminal) -> None:
    lines = terminal.run("import", "--formats").out.splitlines()
    assert lines[0].split() == ["format", "title"]
    assert [line.split()[0] for line in lines[1:]] == [each.name for each in IMPORTERS]
    assert max(map(len, lines)) <= 80
    listed = terminal.run("import", "--formats", "--json").json
    assert listed == [{"name": each.name, "title": each.title} for each in IMPORTERS]


def test_an_import_of_nothing_says_what_to_name(terminal: Terminal) -> None:
    answer = terminal.tried("import")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: no file is named\n")


def test_the_help_names_the_formats_and_the_map(terminal: Terminal) -> None:
    out = terminal.run("import", "--help").out
    for word in ("--formats", "--map", "--draft-map"):
        assert word in out
