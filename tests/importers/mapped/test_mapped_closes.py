"""Tables whose column of sides names short sales and covers."""

from __future__ import annotations

from pathlib import Path

from command_line import asked, run

_TABLE = """\
Executed,Ticker,Action,Qty,Price,Commission,Currency
2026-04-03T10:00:00Z,SAP,Buy,10,172.5,1,EUR
2026-04-04T10:00:00Z,SAP,Sell,30,180.5,1,EUR
2026-04-05T10:00:00Z,XOM,Sell Short,30,110.5,1,EUR
2026-04-06T10:00:00Z,XOM,Buy to Cover,30,100.5,1,EUR
"""


def test_the_draft_says_what_closes_and_a_sale_of_what_was_never_bought_is_asked_for(
    tmp_path: Path,
) -> None:
    table, mapping, db = tmp_path / "t.csv", tmp_path / "m.toml", tmp_path / "j.db"
    table.write_text(_TABLE)
    drafted = run("import", table, "--draft-map").out
    assert 'buy = ["Buy", "Buy to Cover"]\nsell = ["Sell", "Sell Short"]' in drafted
    assert 'yes = ["Sell", "Buy to Cover"]\nno = ["Buy", "Sell Short"]' in drafted
    mapping.write_text(drafted)
    ran = run("import", table, "--map", mapping, "--db", db)
    assert ran.code == 0, ran.err
    assert "journal opening SAP 20 @ PRICE --at TIME" in ran.out
    sap, xom = asked(db, "trades")
    assert (sap["direction"], sap["net_pnl"]) == ("long", None)
    assert (xom["direction"], xom["gross_pnl"], asked(db, "positions")) == ("short", "300", [])


def test_the_words_of_a_column_of_its_own_are_told_apart(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "Executed,Ticker,Side,Open/Close,Qty,Price\n"
        "2026-04-03T10:00:00Z,SAP,Buy,O,10,172.5\n"
        "2026-04-04T10:00:00Z,SAP,Sell,C,10,180.5\n"
        "2026-04-04T10:00:00Z,SAP,Sell,X,10,180.5\n"
    )
    drafted = run("import", table, "--draft-map").out
    assert 'yes = ["C"]\nno = ["O"]\n# not known, so their rows are refused: "X"' in drafted
