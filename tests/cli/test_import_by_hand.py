"""Fills logged by hand, and then the venue's file that has them too."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal

SAMPLE = Path(__file__).parents[2] / "sample_data" / "tradovate_fills.csv"
HEADER, TEMPLATE = SAMPLE.read_text().splitlines()[:2]


def row(number: int, at: str, side: str, quantity: int, price: str, order: int = 0) -> str:
    """Return a row of a Tradovate export, of 2026-01-08."""
    order_id = str(order or number + 1000)
    columns = dict(zip(HEADER.split(","), TEMPLATE.split(","), strict=True))
    columns |= {"_id": str(number), "Fill ID": str(number), "_tradeDate": "2026-01-08"}
    columns |= {"_orderId": order_id, "Order ID": order_id, "Date": "01/08/26"}
    columns |= {"_timestamp": f"2026-01-08 {at}Z", "Timestamp": f"01/08/2026 {at[:8]}"}
    columns |= {"_action": str(int(side == "Sell")), "B/S": f" {side}", "Contract": "MNQH6"}
    columns |= {"_qty": str(quantity), "Quantity": str(quantity), "_price": price, "Price": price}
    return ",".join(columns.values())


@pytest.fixture
def futures(terminal: Terminal) -> Terminal:
    terminal.typed("account add futures --currency USD --at 2026-01-05")
    terminal.typed("instrument add MNQH6 --kind linear --multiplier 2")
    return terminal


def exported(folder: Path, *rows: str) -> str:
    path = folder / "Fills.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    return str(path)


def fills(terminal: Terminal) -> list[tuple[str, str]]:
    lines = terminal.run("fills", "--json").json
    return [(line["id"], line["venue_id"]) for line in lines]


def test_a_fill_logged_by_hand_is_not_counted_twice(futures: Terminal, tmp_path: Path) -> None:
    futures.typed("fill MNQH6 buy 2 @ 25000.25 --fee 1.04usd --at 2026-01-08T14:30Z")
    path = exported(
        tmp_path,
        row(1, "14:30:41.250", "Buy", 2, "25000.25"),
        row(2, "15:00:00.000", "Sell", 2, "25100"),
    )
    tried = futures.run("import", path, "--dry-run").out.splitlines()
    first = futures.run("import", path)
    assert first.out.splitlines() == [
        "Fills.csv (tradovate): 1 new, 1 known",
        "  from 2026-01-08 14:30Z to 2026-01-08 15:00Z",
        "  line 2 is the fill F1 logged by hand",
        "1 new fill, 1 trade, 1 without a plan, 0 new violations",
    ]
    *_, stored = tried
    assert set(first.out.splitlines()) <= set(tried)
    assert stored == "dry run: nothing was stored"
    assert fills(futures) == [("F1", None), ("F2", "2")]
    (trade,) = futures.run("trades", "--json").json
    assert (trade["quantity"], trade["gross_pnl"]) == ("2", "399")


def test_the_same_file_again_adds_nothing(futures: Terminal, tmp_path: Path) -> None:
    futures.typed("fill MNQH6 buy 2 @ 25000.25 --fee 1.04usd --at 2026-01-08T14:30Z")
    path = exported(
        tmp_path,
        row(1, "14:30:41.250", "Buy", 2, "25000.25"),
        row(2, "14:31:12.000", "Buy", 2, "25000.25"),
        row(3, "15:00:00.000", "Sell", 4, "25100"),
    )
    first = futures.run("import", path, "--json").json["files"][0]
    assert (first["new"], first["known"]) == (2, 1)
    again = futures.run("import", path, "--json").json["files"][0]
    assert (again["new"], again["known"], again["entry"]) == (0, 3, None)
    assert again["by_hand"] == first["by_hand"] == ["line 2 is the fill F1 logged by hand"]
    assert [venue_id for _, venue_id in fills(futures)] == [None, "2", "3"]


def test_what_was_taken_back_is_imported(futures: Terminal, tmp_path: Path) -> None:
    futures.typed("fill MNQH6 buy 2 @ 25000.25 --at 2026-01-08T14:30Z")
    futures.typed("undo")
    path = exported(tmp_path, row(1, "14:30:41.250", "Buy", 2, "25000.25"))
    file = futures.run("import", path, "--json").json["files"][0]
    assert (file["new"], file["by_hand"], file["doubts"]) == (1, [], [])


def test_another_account_is_another_fill(futures: Terminal, tmp_path: Path) -> None:
    futures.typed("account add other --currency USD --at 2026-01-05")
    futures.typed("fill MNQH6 buy 2 @ 25000.25 --at 2026-01-08T14:30Z --account other")
    path = exported(tmp_path, row(1, "14:30:41.250", "Buy", 2, "25000.25"))
    file = futures.run("import", path, "--account", "futures", "--json").json["files"][0]
    assert (file["new"], file["by_hand"], file["doubts"]) == (1, [], [])


def test_an_order_in_parts_is_stored_and_doubted(futures: Terminal, tmp_path: Path) -> None:
    futures.typed("fill MNQH6 buy 3 @ 25000 --at 2026-01-08T14:30Z")
    path = exported(
        tmp_path,
        row(1, "14:30:41.250", "Buy", 1, "25000.25", order=7),
        row(2, "14:30:41.900", "Buy", 2, "24999.75", order=7),
    )
    lines = futures.run("import", path).out.splitlines()
    assert lines[0] == "Fills.csv (tradovate): 2 new, 0 known"
    assert lines[2:4] == [
        "  lines 2 to 3 together may be the fill F1 logged by hand at 2026-01-08T14:30Z:",
        "    both are kept; undo one if they are the same",
    ]
    assert len(fills(futures)) == 3
    again = futures.run("import", path, "--json").json["files"][0]
    assert (again["new"], again["known"], again["doubts"]) == (0, 2, [])
