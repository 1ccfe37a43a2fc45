"""`journal policy`: shown, set, and taken from a preset."""

from __future__ import annotations

import journals
from terminal import Terminal

from journal.domain.policy import SETTINGS
from journal.usecases.policy_keys import RULE_BY_CODE
from journal.usecases.presets import OF_THE_VENUE, presets

TWO_ACCOUNTS = """\
2026-01-01T00:00Z account main
  currency USDT
2026-01-01T00:00Z account funded
  currency USDT
"""


def setting(terminal: Terminal, key: str, *words: str) -> dict[str, object]:
    lines = terminal.run("policy", "show", "--json", *words).json["settings"]
    return next(line for line in lines if line["key"] == key)


def codes(terminal: Terminal) -> set[str]:
    return {each["id"] for each in terminal.tried("check", "--json").json["violations"]}


def test_an_untouched_policy_is_all_default(terminal: Terminal) -> None:
    lines = terminal.run("policy", "show").out.splitlines()
    assert lines[0] == "policy of account main at 2026-01-09 12:00"
    assert lines[-1] == "every rule with its own severity"
    assert max(map(len, lines)) <= 80
    assert sum("default" in line for line in lines) == len(SETTINGS)


def test_the_policy_as_json(terminal: Terminal) -> None:
    terminal.imported(journals.LADDER)
    terminal.run("policy", "set", "cool_down", "45", "SCALE302", "off")
    found = terminal.run("policy", "show", "--json").json
    assert (found["account"], found["at"]) == ("main", "2026-01-09T12:00:00Z")
    assert [line["key"] for line in found["settings"]] == [each.key for each in SETTINGS]
    assert setting(terminal, "cool_down") == {
        "key": "cool_down",
        "value": "45",
        "unit": "minutes",
        "meaning": "after a loss",
        "source": "policy",
        "since": "2026-01-09T12:00:00Z",
    }
    assert setting(terminal, "taker")["value"] == "0.001"
    assert setting(terminal, "taker")["source"] == "account"
    assert setting(terminal, "risk_per_trade")["value"] is None
    assert found["rules"] == [
        {
            "code": "SCALE302",
            "name": "unplanned-averaging-up",
            "severity": "off",
            "own_severity": "major",
            "since": "2026-01-09T12:00:00Z",
        }
    ]


def test_setting_says_what_changes_and_that_it_never_reaches_back(terminal: Terminal) -> None:
    terminal.imported(TWO_ACCOUNTS)
    words = "cool_down 45 risk_per_trade 200 USDT maker -0.02% slippage 0.05% scale302 off"
    assert terminal.typed(f"policy set {words}").out.splitlines() == [
        "policy of all accounts from 2026-01-09 12:00 on",
        "  cool_down       30 min   -> 45 min",
        "  risk_per_trade  not set  -> 200 USDT",
        "  maker           not set  -> -0.02%",
        "  SCALE302        major    -> off",
        "  1 more as before",
        "It never reaches back: trades opened, plans locked and days begun before this",
        "are judged by the policy they had.",
    ]


def test_accounts_that_differ_are_named(terminal: Terminal) -> None:
    terminal.imported(TWO_ACCOUNTS)
    terminal.typed("policy set cool_down 60 --account funded")
    assert setting(terminal, "cool_down")["value"] == "30"
    assert setting(terminal, "cool_down", "--account", "funded")["value"] == "60"
    lines = terminal.typed("policy set cool_down 45").out.splitlines()
    assert lines[1:3] == [
        "  cool_down  30 min  -> 45 min  main",
        "  cool_down  60 min  -> 45 min  funded",
    ]


def test_the_policy_of_an_earlier_time(terminal: Terminal) -> None:
    terminal.typed("policy set cool_down 45")
    terminal.at("2026-01-10T12:00:00Z")
    terminal.typed("policy set cool_down 50 parity USDT-USD USDC-USD")
    assert setting(terminal, "cool_down", "--at", "2026-01-09 11:59")["value"] == "30"
    assert setting(terminal, "cool_down", "--at", "2026-01-10 11:59")["value"] == "45"
    assert setting(terminal, "cool_down")["value"] == "50"
    assert setting(terminal, "parity")["value"] == "USDT-USD USDC-USD"


def test_a_policy_is_one_entry_and_can_be_taken_back(terminal: Terminal) -> None:
    found = terminal.run("policy", "set", "cool_down", "45", "SCALE302", "off", "--json").json
    assert found["receipt"]["facts"] == 2
    assert found["account"] is None
    assert found["changes"][0] == {
        "account": "main",
        "key": "cool_down",
        "before": "30",
        "after": "45",
    }
    terminal.run("undo")
    assert setting(terminal, "cool_down")["source"] == "default"


def test_what_was_set_comes_back_from_an_export(terminal: Terminal) -> None:
    terminal.imported(journals.LADDER)
    terminal.typed("policy set risk_per_trade 200 USDT SCALE302 off cool_down default slippage 1%")
    terminal.typed("policy use crypto-swing --account main")
    text = terminal.run("export").out
    other = terminal.db.with_name("other.db")
    terminal.run("import", "-", "--db", str(other), stdin=text.encode())
    assert terminal.run("export", "--db", str(other)).out == text


def test_a_rule_off_is_no_verdict_and_a_severity_is_shown(terminal: Terminal) -> None:
    terminal.imported("2026-01-01T00:00Z account main\n  currency USDT\n")
    terminal.typed("policy set SCALE302 off PLAN101 minor")
    terminal.at("2026-01-10T12:00:00Z")
    terminal.typed("fill BTC-USDT buy 3 @ 100 --fee 0usdt")
    terminal.at("2026-01-10T13:00:00Z")
    terminal.typed("fill BTC-USDT buy 1 @ 101 --fee 0usdt")
    report = terminal.tried("check", "--json").json
    severities = {each["code"]: each["severity"] for each in report["violations"]}
    assert severities["PLAN101"] == "minor"
    assert "SCALE302" not in severities
    assert report["verdicts"]["SCALE302"]["not_applicable"] == 1


def test_presets_are_listed_and_printed_as_they_are(terminal: Terminal) -> None:
    listed = terminal.run("policy", "presets").out
    for each in presets():
        assert each.name in listed
        assert terminal.run("policy", "presets", each.name).out == each.text
        comment = each.text.splitlines()[:2]
        assert all(line.startswith("; ") for line in comment)
    found = terminal.run("policy", "presets", "--json").json
    assert [each["name"] for each in found] == ["crypto-swing", "default", "prop-firm"]
    assert found[2]["settings"]["SCALE302"] == "critical"


def test_a_preset_states_every_choice_and_nothing_of_the_venues() -> None:
    choices = {each.key for each in SETTINGS} - OF_THE_VENUE
    for each in presets():
        assert set(each.settings) - RULE_BY_CODE.keys() == choices, each.name


def test_the_default_preset_is_the_default() -> None:
    default = next(each for each in presets() if each.name == "default")
    for each in SETTINGS:
        if each.key not in OF_THE_VENUE:
            assert default.settings[each.key] == (each.default or "default")


def test_prop_firm_never_allows_what_the_default_forbids() -> None:
    by_name = {each.name: each.settings for each in presets()}
    own, default = by_name["prop-firm"], by_name["default"]
    for key, value in own.items():
        if key in RULE_BY_CODE:
            assert value == "critical"
        elif key == "cool_down":
            assert float(value) > float(default[key])
        elif key != "risk_per_trade":  # the account's by default
            assert float(value) <= float(default[key]), key


def test_using_a_preset_takes_back_what_was_set_before(terminal: Terminal) -> None:
    terminal.typed("policy set SCALE301 minor minimum_fee 1 taker 0.2% day_starts 17:00")
    terminal.typed("policy use prop-firm")
    found = terminal.run("policy", "show", "--json").json
    values = {line["key"]: line["value"] for line in found["settings"]}
    assert values["daily_loss_limit"] == "0.02"
    assert (values["taker"], values["minimum_fee"], values["day_starts"]) == ("0.002", "1", "17:00")
    severities = {line["code"]: line["severity"] for line in found["rules"]}
    assert "SCALE301" not in severities
    assert severities["SCALE302"] == "critical"
    terminal.typed("policy use default")
    found = terminal.run("policy", "show", "--json").json
    assert found["rules"] == []
    assert terminal.tried("policy", "use", "default").err.startswith(
        "error: this is the policy already\n"
    )


ADDED_OFF_ITS_TRANCHE = """\
2026-01-12T14:00:00Z plan BTC-USDT long
  enter        3 @ 100
  enter        3 @ 96
  invalidation 88
  stop         88
  exit         rest @ 110
2026-01-12T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
2026-01-12T15:30:00Z fill BTC-USDT buy 3 @ 96.5 fee 0.3 USDT
"""


def test_prop_firm_finds_an_add_off_its_tranche_that_the_default_accepts(
    terminal: Terminal,
) -> None:
    # 0.52 % above the tranche: within 1 %, not within 0.2 %.
    terminal.imported("2026-01-01T00:00Z account main\n  currency USDT\n  equity 1000000\n")
    terminal.at("2026-01-20T00:00:00Z")
    terminal.imported(ADDED_OFF_ITS_TRANCHE)
    assert "SCALE301-F2" not in codes(terminal)
    terminal.imported("2026-01-13T00:00:00Z policy\n" + preset_lines("prop-firm"))
    assert "SCALE301-F2" not in codes(terminal)  # it never reaches back
    terminal.imported(
        ADDED_OFF_ITS_TRANCHE.replace("2026-01-12", "2026-01-14").replace("BTC", "ETH")
    )
    assert {"SCALE301-F4"} <= codes(terminal)


def test_prop_firm_does_not_flag_a_planned_add_to_a_loser(terminal: Terminal) -> None:
    # What its comment says of itself: no policy can forbid what a plan allows.
    terminal.imported("2026-01-01T00:00Z account main\n  currency USDT\n  equity 1000000\n")
    terminal.at("2026-01-20T00:00:00Z")
    terminal.imported("2026-01-11T00:00:00Z policy\n" + preset_lines("prop-firm"))
    terminal.imported(ADDED_OFF_ITS_TRANCHE.replace("@ 96.5", "@ 96"))
    assert not {each for each in codes(terminal) if each.startswith("SCALE")}


def test_crypto_swing_gives_the_stop_an_hour(terminal: Terminal) -> None:
    terminal.imported("2026-01-01T00:00Z account main\n  currency USDT\n")
    terminal.at("2026-01-20T00:00:00Z")
    for day, symbol in (("12", "BTC"), ("14", "ETH")):
        terminal.imported(f"""\
2026-01-{day}T14:00:00Z plan {symbol}-USDT long
  enter        3 @ 100
  invalidation 88
  exit         rest @ 110
2026-01-{day}T14:30:00Z fill {symbol}-USDT buy 3 @ 100 fee 0.3 USDT
2026-01-{day}T15:20:00Z stop {symbol}-USDT 88
""")
        if day == "12":
            terminal.imported("2026-01-13T00:00:00Z policy\n" + preset_lines("crypto-swing"))
    assert {each for each in codes(terminal) if each.startswith("STOP503")} == {"STOP503-F1"}


def preset_lines(name: str) -> str:
    text = next(each.text for each in presets() if each.name == name)
    return text.partition("policy\n")[2]
