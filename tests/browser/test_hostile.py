"""Words of the user stay words: two hundred hostile ones in every place that takes a text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from command_line import imported, run
from hostile import HOSTILE, hostile_journal
from visit import visit

WEEKS = ("2026-W10", "2026-W11", "2026-W12", "2026-W13", "2026-W14", "2026-W15", "2026-W16")

# Everything a page may hold is listed; nothing of it runs, fetches or leads out of the page.
FOREIGN = """() => {
  const found = [];
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName;
    if (/^(iframe|object|embed|form|base|link|img|image|video|audio|source|input|template|math|
      |noscript|animate|set|marquee|foreignObject|button|textarea)$/x.test(name)) {
      found.push(name);
    }
    for (const attribute of element.attributes) {
      if (/^on/i.test(attribute.name) || /^\\s*(javascript|data):/i.test(attribute.value)) {
        found.push(`${name} ${attribute.name}`);
      }
    }
    if (name === 'a' && !(element.getAttribute('href') || '').startsWith('#')) {
      found.push(element.outerHTML);
    }
  }
  return found;
}""".replace("\n      |", "|").replace("/x.test", "/.test")

STATE = """() => ({
  hurt: window.hurt, title: document.title,
  scripts: [...document.scripts].map((s) => s.type || 'code'),
})"""


SHOWN = "() => ['header', 'main'].map((e) => document.querySelector(e).textContent).join(' ')"


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(tmp_path_factory.mktemp("hostile"), hostile_journal())


def written(journal: Path, *words: str) -> Path:
    page = journal.parent / "page.html"
    ran = run(*words, "-o", page, "--db", journal)
    assert ran.code == 0, ran.err
    return page


def is_harmless(browser: Any, page: Path, texts: list[str]) -> None:  # noqa: ANN401
    """Open a page as it is and without its policy; nothing runs, and every text is there."""
    for policy in (True, False):
        with visit(browser, page, policy=policy) as opened:
            state = opened.seen(STATE)
            assert state.get("hurt") is None
            assert state["scripts"].count("code") == 2  # Plotly's and the page's own
            assert set(state["scripts"]) == {"code", "application/json"}
            assert opened.seen(FOREIGN) == []
            shown = " ".join(opened.seen(SHOWN).split())
            assert [text for text in texts if " ".join(text.split()) not in shown] == []
            assert opened.trouble == []


@pytest.mark.slow
def test_a_review_of_hostile_plans_accounts_and_waivers(browser: Any, journal: Path) -> None:  # noqa: ANN401
    is_harmless(browser, written(journal, "review", "--week", WEEKS[0]), list(HOSTILE[:30]))


def test_a_trade_with_every_string_in_its_notes(browser: Any, journal: Path) -> None:  # noqa: ANN401
    is_harmless(browser, written(journal, "show", "T1"), list(HOSTILE))


def test_an_accounts_name_in_the_title(browser: Any, journal: Path) -> None:  # noqa: ANN401
    account = HOSTILE[1]
    page = written(journal, "review", "--week", WEEKS[0], "--account", account)
    is_harmless(browser, page, [account])
    with visit(browser, page) as opened:
        assert opened.seen(STATE)["title"] == f"Review of {WEEKS[0]}, {account}"


@pytest.mark.slow
@pytest.mark.parametrize("week", range(1, len(WEEKS)))
def test_the_reviews_of_all_others(browser: Any, journal: Path, week: int) -> None:  # noqa: ANN401
    page = written(journal, "review", "--week", WEEKS[week])
    is_harmless(browser, page, list(HOSTILE[30 * week : 30 * week + 30]))


def test_markdown_and_text_hold_no_markup_and_no_broken_table(journal: Path) -> None:
    for week in (WEEKS[0], WEEKS[-1]):
        text = run("review", "--week", week, "--format", "md", "--db", journal).out
        bare = text.replace("\\\\", "").replace("\\<", "").replace("\\>", "").replace("\\|", "")
        assert "<" not in bare
        assert ">" not in bare
        rows = [line for line in bare.splitlines() if line.startswith("|")]
        for above, below in pairwise(rows):
            if "---" in below or "--:" in below:
                assert above.count("|") == below.count("|")
        lines = run("review", "--week", week, "--db", journal).out.splitlines()
        assert max(map(len, lines)) <= 80
