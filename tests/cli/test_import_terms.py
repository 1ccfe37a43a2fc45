"""Contracts of a file that the journal was told of otherwise, by half, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import asked, run

_OKX = (
    "UID:1,Account Type:Main,Time Zone:UTC\n"
    "id,Order id,Time,Trade Type,Symbol,Action,Amount,Trading Unit,Filled Price,PnL,Fee,Fee Unit,"
    "Position Change,Position Balance,Balance Change,Balance,Balance Unit\n"
    "11,10,2026-05-04 08:00:12,Futures,BTC-USD-SWAP,Buy,20,cont,100000,0,-0.00001,BTC,0,0,"
    "-0.00001,1.99999,BTC\n"
    "12,10,2026-05-04 09:00:12,Futures,BTC-USD-SWAP,Sell,20,cont,125000,0.004,-0.000008,BTC,0,0,"
    "0.003992,2.003982,BTC\n"
)
_NINJA = (
    "Instrument;Action;Quantity;Price;Time;ID;E/X;Position;Order ID;Name;Commission;Rate;"
    "Account display name;Connection;\n"
    "FDXM DEC26;Buy;1;24102,00;11.11.2026 09:03:41;a1;Entry;1 L;b1;Entry;0,62 €;1;P7;P;\n"
    "FDXM DEC26;Sell;1;24118,00;11.11.2026 09:20:05;a2;Exit;-;b2;Exit;0,62 €;1;P7;P;\n"
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return an empty journal."""
    path = tmp_path / "j.db"
    assert run("init", "--db", path).code == 0
    return path


def _import(db: Path, text: str) -> str:
    source = db.with_name("export.csv")
    source.write_text(text)
    ran = run("import", source, "--timezone", "Europe/Berlin", "--db", db)
    assert ran.code == 0, ran.err
    return " ".join(ran.out.split())


def _declare(db: Path, *words: str) -> None:
    ran = run("instrument", "add", *words, "--db", db)
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("words", [(), ("--mmr", "0.5%"), ("--multiplier", "100")])
def test_what_a_contract_is_comes_from_the_file_as_far_as_nobody_said_it(
    db: Path, words: tuple[str, ...]
) -> None:
    if words:
        _declare(db, "BTC-USD-SWAP", *words)
    assert "has the" not in _import(db, _OKX)
    (trade,) = asked(db, "trades")
    assert (trade["gross_pnl"], trade["net_pnl"]) == ("0.004", "0.003982")
    (instrument,) = asked(db, "instrument", "list")
    assert [instrument[key] for key in ("kind", "base", "quote", "multiplier")] == [
        "inverse",
        "BTC",
        "USD",
        "100",
    ]


@pytest.mark.parametrize(
    ("words", "correction"),
    [(("--multiplier", "1"), "--multiplier 100"), (("--kind", "linear"), "--kind inverse")],
)
def test_what_was_declared_otherwise_stays_and_is_told(
    db: Path, words: tuple[str, str], correction: str
) -> None:
    _declare(db, "BTC-USD-SWAP", *words)
    shown = _import(db, _OKX)
    assert f"has the {words[0][2:]} {words[1]} in this journal and" in shown
    assert f"`journal instrument add BTC-USD-SWAP {correction}` corrects them" in shown
    _declare(db, "BTC-USD-SWAP", *correction.split())
    (trade,) = asked(db, "trades")
    assert trade["net_pnl"] == "0.003982"
    assert "has the" not in _import(db, _OKX)


def test_an_account_is_made_after_the_journal(tmp_path: Path) -> None:
    source, db = tmp_path / "export.csv", tmp_path / "j.db"
    source.write_text(_OKX)
    ran = run("import", source, "--account", "okx", "--db", db)
    assert ran.err.endswith(
        "begin with `journal init`, since there is no journal yet; then make one with "
        "`journal account add okx`\n"
    )
    for command in ("init", "account add okx"):
        assert run(*command.split(), "--db", db).code == 0
    assert run("import", source, "--account", "okx", "--db", db).code == 0


def test_what_is_printed_of_an_unknown_multiplier_works_before_there_is_a_journal(
    tmp_path: Path,
) -> None:
    source, db = tmp_path / "export.csv", tmp_path / "j.db"
    source.write_text(_NINJA)
    command = ("import", source, "--timezone", "Europe/Berlin", "--db", db)
    ran = run(*command)
    declare = "journal instrument add FDXM-2026-12 --multiplier NUMBER --quote CURRENCY"
    assert ran.err.endswith(
        f"begin with `journal init`, since there is no journal yet; then declare it: `{declare}`\n"
    )
    assert (ran.code, db.exists()) == (2, False)
    assert run("init", "--db", db).code == 0
    assert run(*command).err.endswith(f"is not known\ndeclare it: `{declare}`\n")
    filled_in = declare.replace("NUMBER", "5").replace("CURRENCY", "EUR")
    assert run(*filled_in.split()[1:], "--db", db).code == 0
    assert run(*command).code == 0
    (trade,) = asked(db, "trades")
    assert (trade["net_pnl"], trade["currency"]) == ("78.76", "EUR")
