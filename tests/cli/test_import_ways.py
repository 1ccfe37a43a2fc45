"""The ways a file comes: packed, piped, with others, twice in two kinds, to the wrong account."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from terminal import Terminal

_BYBIT = (
    "Market,Filled Type,Filled Quantity,Filled Price,Order Price,Fee Rate,Trading Fee,feeCoin,"
    "ExecFeeV2,Direction,Order Type,Trasaction ID,Order No.,Transaction Time(UTC+0)"
)
_COINBASE = (
    "portfolio,trade id,product,side,created at,size,size unit,price,fee,total,price/fee/total unit"
)
_PAPER = (
    "Symbol,Side,Type,Quantity,Limit price,Stop price,Fill price,Status,Commission,"
    "Placing time,Closing time,Order ID,Level ID,Leverage,Margin"
)


def _bybit_rows(ids: tuple[str, str]) -> str:
    first, second = ids
    return (
        f"{_BYBIT}\n"
        f"SUIUSDT,Trade,40,3.6,0,0.00055,0.0792,USDT,0.0792,Short,Market, {second}, o-2,"
        "11:40 2026-01-06\n"
        f"SUIUSDT,Trade,40,3.3,3.3,0.0002,0.0264,USDT,0.0264,Long,Limit, {first}, o-1,"
        "09:15 2026-01-05\n"
    )


def _bybit_answer() -> str:
    def fill(name: str, side: str, price: str, fee: str, at: int) -> dict[str, object]:
        return {
            "symbol": "SUIUSDT",
            "orderId": name.replace("e", "o"),
            "side": side,
            "orderType": "Limit",
            "execFee": fee,
            "execId": name,
            "execPrice": price,
            "execQty": "40",
            "execType": "Trade",
            "execValue": str(40 * float(price)),
            "execTime": str(at),
            "feeCurrency": "USDT",
            "isMaker": True,
        }

    fills = [
        fill("e-2", "Sell", "3.6", "0.0792", 1767699631218),
        fill("e-1", "Buy", "3.3", "0.0264", 1767604532118),
    ]
    return json.dumps({"retCode": 0, "result": {"category": "linear", "list": fills}})


def _coinbase(*rows: str) -> str:
    return "\n".join([_COINBASE, *rows]) + "\n"


_BUY = "default,5210331,SOL-EUR,BUY,2026-01-05T09:15:02.114Z,4.0,SOL,148.2,1.78,-594.58,EUR"
_SELL = "default,5214870,SOL-EUR,SELL,2026-01-07T16:40:51.007Z,4.0,SOL,161.7,1.94,644.86,EUR"


@pytest.fixture
def two_accounts(terminal: Terminal) -> Terminal:
    terminal.typed("account add spot --currency EUR --at 2026-01-01")
    terminal.typed("account add family --currency EUR --at 2026-01-01")
    return terminal


def _written(path: Path, text: str) -> str:
    path.write_text(text)
    return str(path)


def _accounts(terminal: Terminal) -> list[str]:
    return [line["account"] for line in terminal.run("fills", "--json").json]


def test_what_the_table_said_is_known_when_the_api_says_it(
    terminal: Terminal, tmp_path: Path
) -> None:
    table = _written(tmp_path / "history.csv", _bybit_rows(("e-1", "e-2")))
    answer = _written(tmp_path / "answer.json", _bybit_answer())
    terminal.run("import", table)
    (again,) = terminal.run("import", answer, "--json").json["files"]
    assert (again["format"], again["new"], again["known"]) == ("bybit-api", 0, 2)
    (trade,) = terminal.run("trades", "--json").json
    assert (trade["state"], trade["gross_pnl"], trade["fees"]) == ("closed", "12", "0.1056")


def test_the_same_fills_under_other_ids_are_kept_and_told(
    terminal: Terminal, tmp_path: Path
) -> None:
    table = _written(tmp_path / "history.csv", _bybit_rows(("e-1", "another")))
    answer = _written(tmp_path / "answer.json", _bybit_answer())
    assert "other ids" not in terminal.run("import", table).out
    shown = " ".join(terminal.run("import", answer).out.split())
    assert "answer.json (bybit-api): 1 new, 1 known" in shown
    assert (
        "1 of the 1 new rows have the size, price and minute of fills that came as bybit-perp, "
        "under other ids: if they are the same, `journal undo 2` takes this file out again"
    ) in shown
    terminal.run("undo", "2")
    assert len(terminal.run("fills", "--json").json) == 2


@pytest.fixture
def told_twice(terminal: Terminal, tmp_path: Path) -> tuple[Terminal, str]:
    """Return a journal that knows one of two fills under another id, and the file of both."""
    first_only = _bybit_rows(("elsewhere", "e-2")).splitlines(keepends=True)
    terminal.run("import", _written(tmp_path / "history.csv", "".join(first_only[::2])))
    return terminal, _written(tmp_path / "answer.json", _bybit_answer())


def test_fills_told_twice_are_left_out_where_that_is_asked_for(
    told_twice: tuple[Terminal, str],
) -> None:
    terminal, answer = told_twice
    shown = " ".join(terminal.run("import", answer, "--dry-run").out.split())
    assert "1 of the 2 new rows have the size" in shown
    assert "if they are the same, leave them out with --skip-alike" in shown
    shown = " ".join(terminal.run("import", answer, "--skip-alike").out.split())
    assert "answer.json (bybit-api): 1 new, 1 known" in shown
    assert "1 row with the size, price and minute of fills that came as bybit-perp" in shown
    fills = terminal.run("fills", "--json").json
    assert [(fill["side"], fill["venue_id"]) for fill in fills] == [
        ("buy", "elsewhere"),
        ("sell", "e-2"),
    ]


def test_what_is_printed_of_fills_told_twice_resolves_it(
    told_twice: tuple[Terminal, str],
) -> None:
    terminal, answer = told_twice
    shown = " ".join(terminal.run("import", answer).out.split())
    assert "`journal undo 2` takes this file out again, and --skip-alike imports it" in shown
    terminal.run("undo", "2")
    (file,) = terminal.run("import", answer, "--skip-alike", "--json").json["files"]
    assert (file["new"], file["known"], file["alike"]) == (1, 1, {"bybit-perp": 1})
    assert len(terminal.run("fills", "--json").json) == 2


def test_a_file_in_the_wrong_account_is_taken_back_and_imported_again(
    two_accounts: Terminal, tmp_path: Path
) -> None:
    path = _written(tmp_path / "fills.csv", _coinbase(_BUY, _SELL))
    two_accounts.run("import", path)
    assert _accounts(two_accounts) == ["spot", "spot"]
    two_accounts.run("undo")
    assert _accounts(two_accounts) == []
    (file,) = two_accounts.run("import", path, "--account", "family", "--json").json["files"]
    assert (file["new"], file["known"]) == (2, 0)
    assert _accounts(two_accounts) == ["family", "family"]
    assert two_accounts.run("verify").code == 0


def test_an_account_nobody_added_is_refused(two_accounts: Terminal, tmp_path: Path) -> None:
    path = _written(tmp_path / "fills.csv", _coinbase(_BUY))
    answer = two_accounts.tried("import", path, "--account", "margin")
    assert answer.code == 2
    assert answer.err == (
        "error: there is no account 'margin'\n"
        "accounts: spot, family; make one with `journal account add margin`\n"
    )
    assert _accounts(two_accounts) == []


def test_a_file_packed_or_piped_is_the_same_file(terminal: Terminal, tmp_path: Path) -> None:
    text = _coinbase(_BUY, _SELL)
    packed = tmp_path / "fills.csv.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    zipped = tmp_path / "fills.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("2026/fills.csv", text)
    shown = terminal.run("import", "-", stdin=text.encode()).out
    assert shown.startswith("stdin (coinbase-fills): 2 new, 0 known\n")
    for path in (packed, zipped):
        (file,) = terminal.run("import", str(path), "--json").json["files"]
        assert (file["format"], file["new"], file["known"]) == ("coinbase-fills", 0, 2)


def test_two_files_at_once_are_two_acts_and_share_what_overlaps(
    terminal: Terminal, tmp_path: Path
) -> None:
    one = _written(tmp_path / "january.csv", _coinbase(_BUY))
    other = _written(tmp_path / "february.csv", _coinbase(_BUY, _SELL))
    files = terminal.run("import", one, other, "--json").json["files"]
    assert [(file["name"], file["new"], file["known"]) for file in files] == [
        ("january.csv", 1, 0),
        ("february.csv", 1, 1),
    ]
    terminal.run("undo")
    assert [line["venue_id"] for line in terminal.run("fills", "--json").json] == ["5210331"]


def test_the_file_that_is_refused_among_several_is_named(
    terminal: Terminal, tmp_path: Path
) -> None:
    good = _written(tmp_path / "good.csv", _coinbase(_BUY))
    order = "NYSE:KORV,Buy,Market,10,,,7.36,Filled,1.25,,2026-01-05 17:02:11,44109,,,\n"
    local = _written(tmp_path / "local.csv", f"{_PAPER}\n{order}")
    answer = terminal.tried("import", good, local)
    assert answer.err.splitlines()[0] == (
        "error: local.csv: the times in this file have no time zone"
    )
    assert terminal.run("fills", "--json").json == []


def test_a_zone_is_asked_for_once_and_again_after_undo(terminal: Terminal, tmp_path: Path) -> None:
    def paper(name: str, day: int) -> str:
        at = f"2026-01-0{day} 17:02:11"
        row = f"NYSE:KORV,Buy,Market,10,,,7.36,Filled,1.25,{at},{at},4410{day},,,"
        return _written(tmp_path / name, f"{_PAPER}\n{row}\n")

    first, second = paper("first.csv", 5), paper("second.csv", 6)
    assert "--timezone" in terminal.tried("import", first).err
    terminal.run("import", first, "--timezone", "Europe/Berlin")
    shown = terminal.run("import", second).out
    assert "  times are read in Europe/Berlin, as those of the last such file were\n" in shown
    assert [line["at"] for line in terminal.run("fills", "--json").json] == [
        "2026-01-05T16:02:11Z",
        "2026-01-06T16:02:11Z",
    ]
    terminal.run("undo")
    terminal.run("undo")
    assert "no time zone" in terminal.tried("import", second).err


def test_a_zone_in_the_name_of_a_file_counts_before_that_of_the_last(
    terminal: Terminal, tmp_path: Path
) -> None:
    def imported(name: str, day: int, *options: str) -> str:
        at = f"2026-01-0{day} 17:02:11"
        row = f"NYSE:KORV,Buy,Market,10,,,7.36,Filled,1.25,{at},{at},4410{day},,,"
        path = _written(tmp_path / name, f"{_PAPER}\n{row}\n")
        return " ".join(terminal.run("import", path, *options).out.split())

    assert "read in UTC+3, which the file's name says" in imported("a(UTC+3).csv", 3)
    shown = imported("b(UTC+5).csv", 4)
    assert "which the file's name says; those of the last such file were in UTC+3" in shown
    shown = imported("c(UTC+5).csv", 5, "--timezone", "UTC+1")
    assert "the file's name says UTC+5: its times are read in UTC+1" in shown
    assert [line["at"][11:13] for line in terminal.run("fills", "--json").json] == [
        "14",
        "12",
        "16",
    ]


def test_two_accounts_of_a_file_are_never_mixed_in_one(terminal: Terminal, tmp_path: Path) -> None:
    header = (
        "Instrument,Action,Quantity,Price,Time,ID,E/X,Position,Order ID,Name,Commission,Rate,"
        "Account,Connection,"
    )
    rows = "".join(
        f"ES 03-26,Buy,1,6910.25,1/5/2026 9:31:0{n} AM,x{n},Entry,1 L,o{n},Entry,$2.04,1,{who},,\n"
        for n, who in enumerate(("Nora", "Prop"))
    )
    path = _written(tmp_path / "executions.csv", f"{header}\n{rows}")
    words = ["import", path, "--timezone", "America/New_York"]
    refusal = "error: executions.csv: the file holds several accounts: Nora, Prop\n"
    assert terminal.tried(*words).err.startswith(refusal)
    terminal.typed("account add Nora --currency USD")
    answer = terminal.tried(*words)
    assert answer.err.startswith(refusal)
    assert "`journal account add Prop`" in answer.err
    terminal.typed("account add Prop --currency USD")
    terminal.run(*words)
    assert _accounts(terminal) == ["Nora", "Prop"]
