"""`journal undo`: acts are taken back one after the other, and can come back."""

from __future__ import annotations

from terminal import Terminal


def quantities(terminal: Terminal) -> list[str]:
    return [fill["quantity"] for fill in terminal.run("fills", "--json").json]


def test_walks_back_act_by_act(terminal: Terminal) -> None:
    for quantity in (1, 2, 3):
        terminal.typed(f"fill BTC-USDT buy {quantity} @ 100")
    assert terminal.run("undo", "--why", "typo").out == "took back entry 3 (fill): 1 fill\n"
    assert quantities(terminal) == ["1", "2"]
    assert terminal.typed("undo").out == "took back entry 2 (fill): 1 fill\n"
    assert quantities(terminal) == ["1"]
    assert 'void fill 3 "typo" recorded' in terminal.run("export").out


def test_an_undo_is_undone_by_its_number(terminal: Terminal) -> None:
    terminal.typed("fill BTC-USDT buy 1 @ 100")
    terminal.typed("undo")
    assert terminal.typed("undo 2").out == "took back entry 2 (undo): 1 void\n"
    assert quantities(terminal) == ["1"]
    assert terminal.typed("undo").out == "took back entry 1 (fill): 1 fill\n"
    assert quantities(terminal) == []


def test_not_twice(terminal: Terminal) -> None:
    terminal.typed("fill BTC-USDT buy 1 @ 100")
    terminal.typed("undo 1")
    assert terminal.tried("undo", "1").err.startswith("error: entry 1 was taken back already\n")
    assert terminal.tried("undo").err.startswith("error: there is nothing to take back\n")


def test_a_plan_goes_with_all_that_it_says(terminal: Terminal) -> None:
    plan = "plan new BTC-USDT long --enter 1@100 --invalidation 90"
    terminal.typed(plan)
    terminal.typed("plan amend BTC-USDT --max 5")
    terminal.typed("undo")
    assert len(terminal.run("plan", "show", "P1", "--json").json["plan"]["versions"]) == 1
    # An amendment builds on what stands, not on what was taken back.
    terminal.typed("plan amend BTC-USDT --stop 91")
    newest = terminal.run("plan", "show", "P1", "--json").json["plan"]["versions"][-1]
    assert (newest["maximum"], newest["stop"]) == (None, "91")
    terminal.typed("undo 1")
    assert terminal.run("plan", "list", "--json").json == []
    terminal.typed(plan)
    text = terminal.run("export").out
    other = str(terminal.db) + "2"
    terminal.run("import", "-", "--db", other, stdin=text.encode())
    assert terminal.run("export", "--db", other).out == text


def test_the_next_fill_is_judged_without_what_was_taken_back(terminal: Terminal) -> None:
    terminal.typed("fill BTC-USDT buy 1 @ 100 --at 09:00")
    terminal.typed("fill BTC-USDT sell 1 @ 101 --at 10:00")
    terminal.typed("undo")
    report = terminal.typed("fill BTC-USDT buy 1 @ 102 --at 11:00 --json").json
    assert (report["trade"], report["position"]) == ("T1", "2")
