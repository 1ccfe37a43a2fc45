"""`journal fills --json`: each fill part with exact facts and what it did."""

from __future__ import annotations

from pathlib import Path

import journals
from command_line import asked, imported, run


def test_a_ladder_in_and_out(tmp_path: Path) -> None:
    found = asked(imported(tmp_path, journals.LADDER), "fills")
    assert found[0] == {
        "id": "F1",
        "trade": "T1",
        "account": "main",
        "instrument": "BTC-USDT",
        "at": "2026-01-05T14:30:00Z",
        "filled_on": None,
        "side": "buy",
        "is_entry": True,
        "quantity": "3",
        "price": "100",
        "fee": "0.3",
        "fee_currency": "USDT",
        "fee_settled": "0.3",
        "tranche": 1,
        "target": None,
        "exit_as": None,
        "unplanned_quantity": "0",
        "position_after": "3",
        "average_entry_after": "100",
        "realised_gross": None,
        "realised_net": None,
        "currency": "USDT",
        "venue_id": None,
    }
    assert [each["average_entry_after"] for each in found] == ["100", "98", "98", None]
    assert [each["position_after"] for each in found] == ["3", "6", "3", "0"]
    assert [each["tranche"] for each in found] == [1, 2, None, None]
    # 3 x (110 - 98) = 36, less 0.33 out and half of the 0.588 paid on the way in
    assert (found[2]["realised_gross"], found[2]["realised_net"]) == ("36", "35.376")
    assert (found[2]["target"], found[2]["exit_as"]) == (1, "target")
    assert (found[3]["realised_gross"], found[3]["realised_net"]) == ("18", "17.394")
    assert found[3]["exit_as"] == "early"


def test_a_fill_through_zero_is_two_parts_that_share_its_fee(tmp_path: Path) -> None:
    _, closing, opening = asked(imported(tmp_path, journals.FLIP), "fills")
    assert (closing["id"], closing["trade"]) == ("F2", "T1")
    assert (opening["id"], opening["trade"]) == ("F2.2", "T2.2")
    assert (closing["quantity"], opening["quantity"]) == ("2", "3")
    assert (closing["fee"], opening["fee"]) == ("0.12", "0.18")
    assert (closing["position_after"], opening["position_after"]) == ("0", "-3")
    # 2 x (60 - 50) = 20, less 0.12 out and 0.1 in
    assert (closing["realised_gross"], closing["realised_net"]) == ("20", "19.78")
    assert (opening["average_entry_after"], opening["realised_net"]) == ("60", None)


def test_fees_in_the_base_coin_unknown_and_rebates(tmp_path: Path) -> None:
    found = asked(imported(tmp_path, journals.ODD_FEES), "fills")
    bought, sold, unknown, rebate, last = found
    assert (bought["fee"], bought["fee_currency"], bought["fee_settled"]) == ("0.001", "ETH", "0.1")
    assert (bought["position_after"], bought["average_entry_after"]) == ("0.999", "100")
    assert (sold["realised_gross"], sold["realised_net"]) == ("9.99", "9.89")
    assert (unknown["fee"], unknown["fee_settled"], unknown["quantity"]) == (None, None, "1.5")
    assert (rebate["fee"], rebate["realised_gross"]) == ("-0.01", "3")
    assert rebate["realised_net"] is None
    # an opening balance without a price is no fill, and leaves the result unknown
    assert (last["instrument"], last["position_after"]) == ("XRP-USDT", "0")
    assert last["realised_gross"] is None


def test_what_is_unplanned_is_told(tmp_path: Path) -> None:
    found = asked(imported(tmp_path, journals.AVERAGED_DOWN), "fills")
    assert [each["unplanned_quantity"] for each in found] == ["0", "0", "20", "0", "0"]


def test_filters(tmp_path: Path) -> None:
    db = imported(tmp_path, journals.LADDER + journals.ODD_FEES)
    assert [each["id"] for each in asked(db, "fills", "--instrument", "SOL-USDT")] == ["F7", "F8"]
    # a date begins at midnight in the account's zone: 2026-01-06 00:00 in Berlin is 23:00 UTC
    since = asked(db, "fills", "--since", "2026-01-06")
    assert [each["id"] for each in since] == ["F3", "F4"]
    assert asked(db, "fills", "--since", "2026-01-06T09:30Z")[0]["id"] == "F4"
    assert asked(db, "fills", "--account", "main", "--since", "2027-01-01") == []


def test_an_account_or_symbol_the_journal_does_not_have_is_refused(tmp_path: Path) -> None:
    db = imported(tmp_path, journals.LADDER)
    account = run("fills", "--account", "okx", "--db", db)
    assert account.code == 2
    assert account.err == "error: there is no account 'okx'\naccounts: main\n"
    symbol = run("fills", "--instrument", "DOGE-USDT", "--db", db)
    assert (symbol.code, symbol.out) == (2, "")


def test_the_table_fits_eighty_columns(tmp_path: Path) -> None:
    ran = run("fills", "--db", imported(tmp_path, journals.LADDER))
    assert ran.out.splitlines()[3] == (
        "F3    26-01-06 09:00  BTC-USDT    sell         3    110  exit 1      3  +35.38"
    )
    assert max(map(len, ran.out.splitlines())) <= 80
