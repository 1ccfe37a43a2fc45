"""`journal import`: what is new goes in once, all files or none, and can be taken back."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from terminal import Terminal

SAMPLE = Path(__file__).parents[2] / "sample_data" / "tradovate_fills.csv"

EVERYTHING = """\
2026-01-01T00:00Z account main
  currency     USDT
  equity       10000
  fees         maker 0.08% taker 0.1%
  timezone     Europe/Berlin

2026-01-01T00:00Z account second
  currency     USDT

2026-01-01T00:00Z instrument BTC-USDT-SWAP
  multiplier   0.01

2026-01-02T00:00Z policy
  slippage     0.001
  cool_down    45

2026-01-04T10:00Z opening XRP-USDT 5
2026-01-04T10:00Z price BNB-USDT 600.5

2026-01-05T14:00Z plan BTC-USDT long as P-twelve recorded 2026-01-05T14:00:01Z  #range-low
  thesis       "a \\"quoted\\" idea"
  enter        3 @ 100
  enter        300 USDT @ 96
  invalidation 88
  until        2026-02-01T00:00Z

2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT id 8812 tranche 1
2026-01-05T14:31Z stop BTC-USDT 88

2026-01-05T15:00Z amend P-twelve "volatility doubled"
  max          1200 USDT

2026-01-05T16:00Z skip P-twelve tranche 2 "lost the level"
2026-01-06T09:00Z fill BTC-USDT sell 30 @ 110 fee 0.0001 BNB
2026-01-06T09:01Z void fill 2 "typed 30 instead of 3"
2026-01-06T09:02Z fill BTC-USDT sell 3 @ 110 fee -0.01 USDT maker
2026-01-06T09:10Z note BTC-USDT "wanted to sell it all"  #fomo #exit

2026-01-07T10:00Z plan BTC-USDT-SWAP long account second
  enter        100 @ 90
  invalidation 80

2026-01-07T10:00Z plan BTC-USDT-SWAP short account second
  enter        100 @ 110
  invalidation 120

2026-01-07T11:00Z cancel BTC-USDT-SWAP long "no setup" account second
2026-01-07T12:00Z fill BTC-USDT-SWAP sell 100 @ 110 account second
2026-01-07T12:01Z stop BTC-USDT-SWAP short 120 account second
2026-01-07T13:00Z stop BTC-USDT-SWAP short none account second
2026-01-07T16:00Z funding BTC-USDT-SWAP -1.2 USDT account second
2026-01-08T10:00Z waive PLAN101-F2 "practice"
"""


def test_everything_that_can_be_written_comes_back_to_the_byte(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.imported(EVERYTHING)
    assert terminal.run("export").out == EVERYTHING
    again = str(tmp_path / "again.db")
    terminal.run("import", "-", "--db", again, stdin=EVERYTHING.encode())
    assert terminal.run("export", "--db", again).out == EVERYTHING
    assert terminal.run("verify", "--db", again).code == 0


def test_the_same_text_again_adds_nothing(terminal: Terminal) -> None:
    terminal.imported(EVERYTHING)
    answer = terminal.imported(EVERYTHING)
    assert answer.out.splitlines() == [
        "stdin (journal): 0 new, 23 known",
        "  from 2026-01-01 00:00Z to 2026-01-08 10:00Z",
        "0 new fills, 0 trades, 0 without a plan, 0 new violations",
    ]
    assert terminal.run("verify", "--json").json["entries"] == 1


def test_three_hundred_equal_fills_stay_three_hundred(terminal: Terminal) -> None:
    text = "2026-01-05T14:30:00Z fill BTC-USDT buy 0.001 @ 100\n" * 300
    assert "stdin (journal): 300 new, 0 known" in terminal.imported(text).out
    assert "stdin (journal): 0 new, 300 known" in terminal.imported(text).out
    assert (
        "stdin (journal): 1 new, 300 known"
        in terminal.imported(text + text[: len(text) // 300]).out
    )
    assert len(terminal.run("fills", "--json").json) == 301


def test_says_what_it_adds_up_to(terminal: Terminal) -> None:
    summary = terminal.run("import", "-", "--json", stdin=EVERYTHING.encode()).json["summary"]
    # Fills 1 and 3 are one trade, fill 4 another; both had a plan.
    assert (summary["fills"], summary["trades"], summary["without_plan"]) == (3, 2, 0)
    violations = terminal.tried("check", "--json").json["violations"]
    assert summary["new_violations"] == len(violations)


@pytest.mark.parametrize("way", ["long", "short"])
def test_a_stop_without_direction_finds_the_open_one(terminal: Terminal, way: str) -> None:
    side = {"long": "buy", "short": "sell"}[way]
    text = f"""\
2026-01-01T00:00Z instrument BTC-USDT-SWAP
  multiplier 0.01
2026-01-05T14:30Z fill BTC-USDT-SWAP {side} 1 @ 100
2026-01-05T14:31Z stop BTC-USDT-SWAP 95
"""
    terminal.imported(text)
    assert f"stop BTC-USDT-SWAP {way} 95" in terminal.run("export").out


def test_a_stop_that_could_mean_both_is_refused(terminal: Terminal) -> None:
    text = """\
2026-01-01T00:00Z instrument BTC-USDT-SWAP
  multiplier 0.01
2026-01-05T14:30Z fill BTC-USDT-SWAP buy 1 @ 100 position long
2026-01-05T14:30Z fill BTC-USDT-SWAP sell 1 @ 100 position short
2026-01-05T14:31Z stop BTC-USDT-SWAP 95
"""
    answer = terminal.tried("import", "-", stdin=text.encode())
    assert answer.code == 2
    assert answer.err.splitlines() == [
        "error: stdin line 5: BTC-USDT-SWAP is open both long and short",
        "write `BTC-USDT-SWAP long` or `BTC-USDT-SWAP short`, or the plan's own name",
    ]
    terminal.imported(text.replace("stop BTC-USDT-SWAP 95", "stop BTC-USDT-SWAP long 95"))


def test_a_plan_may_follow_one_that_its_trade_ended(terminal: Terminal) -> None:
    plan = "{} plan BTC-USDT long\n  enter 1 @ 100\n  invalidation 90\n"
    trade = """\
2026-01-05T10:00Z fill BTC-USDT buy 1 @ 100
2026-01-05T11:00Z fill BTC-USDT sell 1 @ 101
"""
    first, second = plan.format("2026-01-05T09:00Z"), plan.format("2026-01-05T12:00Z")
    terminal.imported(first + trade + second)
    assert [each["state"] for each in terminal.run("plan", "list", "--json").json] == [
        "completed",
        "waiting",
    ]


def test_a_cancelled_plan_leaves_its_side_to_the_next(terminal: Terminal) -> None:
    text = """\
2026-01-01T00:00Z account main
  currency     USD
2026-01-02T00:00Z plan GLD long
  enter        1 @ 100
2026-01-02T01:00Z cancel GLD "not today"
2026-01-02T01:00Z plan GLD long
  enter        1 @ 99
"""
    assert terminal.imported(text).out.splitlines()[0].endswith("4 new, 0 known")


def test_numbers_in_a_text_count_its_own_facts(terminal: Terminal) -> None:
    """In a journal with fills already, `void fill 1` and PLAN101-F2 mean the text's own."""
    terminal.imported("2026-01-02T10:00Z fill SOL-USDT buy 1 @ 10\n")
    terminal.imported("""\
2026-01-05T10:00Z fill BTC-USDT buy 9 @ 100
2026-01-05T10:00Z fill BTC-USDT buy 1 @ 100
2026-01-05T10:01Z void fill 1
2026-01-05T10:02Z waive PLAN101-F2 "practice"
""")
    assert [each["quantity"] for each in terminal.run("fills", "--json").json] == ["1", "1"]
    waived = {
        each["id"]: each["waived"]
        for each in terminal.tried("check", "--select", "PLAN101", "--json").json["violations"]
    }
    assert waived == {"PLAN101-F1": None, "PLAN101-F3": "practice"}


def test_a_void_of_what_is_known_finds_it(terminal: Terminal) -> None:
    fill = "2026-01-05T10:00Z fill BTC-USDT buy 9 @ 100\n"
    terminal.imported("2026-01-02T10:00Z fill SOL-USDT buy 1 @ 10\n" + fill)
    terminal.imported(fill + "2026-01-05T10:01Z void fill 1\n")
    assert [each["instrument"] for each in terminal.run("fills", "--json").json] == ["SOL-USDT"]


def test_a_venues_file(terminal: Terminal) -> None:
    terminal.typed("account add futures --currency USD")
    answer = terminal.run("import", str(SAMPLE), "--account", "futures", "--json").json
    rows = len(SAMPLE.read_text().splitlines()) - 1
    (file,) = answer["files"]
    ignored = sum(file["ignored"].values())
    assert (file["format"], file["new"] + ignored) == ("tradovate", rows)
    fills = terminal.run("fills", "--json").json
    assert {fill["account"] for fill in fills} == {"futures"}
    again = terminal.run("import", str(SAMPLE), "--account", "futures", "--json").json["files"][0]
    assert (again["new"], again["known"], again["entry"]) == (0, file["new"], None)
    assert len(terminal.run("fills", "--json").json) == len(fills)


def test_an_import_is_taken_back_whole_and_can_be_repeated(terminal: Terminal) -> None:
    terminal.typed("account add futures --currency USD")
    terminal.run("import", str(SAMPLE))
    assert terminal.run("undo", "--json").json["kind"] == "import"
    assert terminal.run("fills", "--json").json == []
    again = terminal.run("import", str(SAMPLE), "--json").json["files"][0]
    assert again["known"] == 0
    assert terminal.run("verify").code == 0


def test_a_row_that_cannot_be_read_keeps_the_file_out_unless_left_out(
    terminal: Terminal, tmp_path: Path
) -> None:
    lines = SAMPLE.read_text().splitlines()
    quantity = lines[0].split(",").index("_qty")
    cells = lines[3].split(",")
    cells[quantity] = "many"
    lines[3] = ",".join(cells)
    path = tmp_path / "fills.csv"
    path.write_text("\n".join(lines) + "\n")
    assert terminal.tried("import", str(path)).err.startswith("error: fills.csv line 4: ")
    shown = terminal.run("import", str(path), "--dry-run").out
    assert "  line 4 refused: " in shown
    assert "dry run: nothing was stored" in shown
    assert terminal.run("export").out == ""
    assert terminal.run("import", str(path), "--skip-refused", "--json").json["files"][0]["new"]


def test_the_journal_is_copied_before(terminal: Terminal) -> None:
    terminal.typed("account add main --currency USDT")
    before = terminal.run("export").out
    backup = terminal.run("import", "-", "--json", stdin=EVERYTHING.encode()).json["backup"]
    assert terminal.run("export", "--db", backup).out == before


def test_makes_a_journal_where_there_is_none(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    answer = terminal.run("import", "-", "--db", str(path), stdin=EVERYTHING.encode())
    assert answer.err == f"a new journal lies in {path}\n"
    assert terminal.run("export", "--db", str(path)).out == EVERYTHING
    path = tmp_path / "other.db"
    terminal.run("import", "-", "--dry-run", "--db", str(path), stdin=EVERYTHING.encode())
    assert not path.exists()


def test_a_dry_run_shows_the_span_the_first_rows_and_the_sums(terminal: Terminal) -> None:
    shown = terminal.run("import", str(SAMPLE), "--dry-run").out.splitlines()
    assert shown == [
        "tradovate_fills.csv (tradovate): 12 new, 0 known",
        "  from 2026-11-10 14:41Z to 2026-11-12 16:03Z",
        "  2026-11-10T14:41:07.318Z fill MNQZ6 sell 2 @ 25412.25 fee 1.04 USD id 7182044…",
        "  2026-11-10T14:52:33.904Z fill MNQZ6 sell 2 @ 25431.5 fee 1.04 USD id 71820441…",
        "  2026-11-10T15:06:18.077Z fill MNQZ6 sell 3 @ 25450 fee 1.56 USD id 7182044100…",
        "12 new fills, 3 trades, 3 without a plan, 8 new violations",
        "account main was never added, so it is judged from its first fill on;",
        "  `journal account add main` lets it begin now, and what is older is history",
        "dry run: nothing was stored",
    ]
    assert all(len(line) <= 80 for line in shown)


def test_files_packed_together_are_stored_each_as_an_entry(
    terminal: Terminal, tmp_path: Path
) -> None:
    data = SAMPLE.read_bytes().splitlines(keepends=True)
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.csv", b"".join(data[:7]))
        archive.writestr("two.csv", b"".join(data[:1] + data[5:]))
    files = terminal.run("import", str(path), "--json").json["files"]
    assert [(file["name"], file["new"], file["known"]) for file in files] == [
        ("both.zip/one.csv", 6, 0),
        ("both.zip/two.csv", 6, 2),
    ]
    assert [file["entry"] for file in files] == [1, 2]


def test_one_bad_file_keeps_all_files_out(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_bytes(SAMPLE.read_bytes()[:-300])
    answer = terminal.tried("import", str(SAMPLE), str(path))
    assert answer.code == 2
    assert answer.err.startswith("error: cut.csv line 12: the row has ")
    assert terminal.run("export").out == ""


def test_what_was_sold_but_never_bought_is_named_and_can_be_opened(terminal: Terminal) -> None:
    text = (
        "2026-01-04T10:00Z fill ADA-USDT buy 3 @ 1 fee 0 USDT\n"
        "2026-01-05T10:00Z fill SOL-USDT sell 2.0000001 @ 110 fee 0.1 USDT\n"
        "2026-01-06T10:00Z fill SOL-USDT buy 1 @ 100 fee 0.1 USDT\n"
        "2026-01-07T10:00Z fill SOL-USDT sell 2 @ 110 fee 0.1 USDT\n"
    )
    shown = terminal.imported(text).out.splitlines()
    assert shown[3:7] == [
        "1 position began before what this journal saw, and cannot be judged until flat.",
        "Import what came before, or log what was held, its average price and when:",
        "  T2, T3: held before 2026-01-05 10:00Z",
        "    journal opening SOL-USDT 3.0000001 @ PRICE --at TIME",
    ]
    (told,) = terminal.run(
        "import", "-", "--db", str(terminal.db.with_name("other.db")), "--json", stdin=text.encode()
    ).json["summary"]["unopened"]
    assert (told["quantity"], told["trades"], told["account"]) == (
        "3.0000001",
        ["T2", "T3"],
        "main",
    )
    terminal.typed("opening SOL-USDT 3.0000001 @ 100 --at 2026-01-04T00:00Z")
    trades = {each["instrument"]: each for each in terminal.run("trades", "--json").json}
    assert trades["SOL-USDT"]["gross_pnl"] == "40.000001"


def test_an_account_added_later_leaves_what_came_before_unjudged(terminal: Terminal) -> None:
    fill = "2026-01-04T10:00Z fill ADA-USDT buy 3 @ 1 fee 0 USDT\n"
    shown = terminal.imported(fill).out
    assert "account main was never added, so it is judged from its first fill on" in shown
    terminal.typed("account add main --currency USDT")
    assert terminal.run("check", "--json").json["violations"] == []
    assert "never added" not in terminal.imported(fill.replace("ADA", "SOL")).out


def test_rows_refused_for_one_reason_are_told_once(terminal: Terminal, tmp_path: Path) -> None:
    lines = SAMPLE.read_text().splitlines()
    quantity = lines[0].split(",").index("_qty")
    for number in (2, 3, 4, 8, 9, 11):
        cells = lines[number].split(",")
        cells[quantity] = "few" if number == 4 else "many"
        lines[number] = ",".join(cells)
    path = tmp_path / "fills.csv"
    path.write_text("\n".join(lines) + "\n")
    shown = terminal.run("import", str(path), "--dry-run").out.splitlines()
    assert [line.split(":")[0] for line in shown if "refused" in line] == [
        "  lines 3-4 refused",
        "  line 5 refused",
        "  lines 9, 10, 12 refused",
        "nor would it be without --skip-refused",
    ]
    assert shown[-1].endswith(": 6 rows cannot be read")
    skipped = terminal.run("import", str(path), "--dry-run", "--skip-refused").out
    assert skipped.splitlines()[-1] == "dry run: nothing was stored"
