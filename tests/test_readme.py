"""What the README shows is what the program does."""

from __future__ import annotations

import re
from difflib import unified_diff

from readme import README, rendered


def test_the_tour_and_the_rules_are_what_the_program_prints() -> None:
    text = README.read_text()
    now = rendered(text)
    difference = "\n".join(unified_diff(text.splitlines(), now.splitlines(), lineterm=""))
    assert not difference, f"{difference}\nrun `python tests/readme.py`"


def test_what_it_shows_fits_a_terminal() -> None:
    shown = "".join(re.findall(r"```console\n(.*?)```", README.read_text(), re.DOTALL))
    output = [line for line in shown.splitlines() if not line.startswith("$ ")]
    assert [line for line in output if len(line) > 80] == []
