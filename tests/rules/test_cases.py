"""Every rule on every case of its file: the verdicts named there, and no violation besides."""

from __future__ import annotations

import pytest
from case_file import FOLDER, Case, Expectation, read_cases
from journal_text import book_of

from journal.book.judging import Judgement, judge
from journal.book.keys import subject_key, trade_key
from journal.book.verdicts import VERDICTS, Subject
from journal.book.violation import Violation
from journal.rules import RULES

CASES = [case for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path.stem)]

WITHIN = 1e-9


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.title}")
def test_case(case: Case) -> None:
    judgement = judge(book_of(case.text, case.as_of), RULES)
    found = {
        code: verdicts_of(judgement, code)
        for code in {expected.code for expected in case.expected} | {case.code}
    }
    violations = {
        (violation.rule.code, name_of(violation)): violation for violation in judgement.violations()
    }
    for expected in case.expected:
        assert found[expected.code].get(expected.subject) == expected.verdict, expected.line
        if expected.verdict == "broken":
            check_violation(expected, violations[expected.code, expected.listed_as])
    named = {expected.subject for expected in case.expected if expected.code == case.code}
    broken = {key for key, verdict in found[case.code].items() if verdict == "broken"}
    assert broken <= named


def verdicts_of(judgement: Judgement, code: str) -> dict[str, str]:
    """Return the verdict on every subject of a rule by its key; trades go by their own."""
    return {
        _key(judgement, judged.verdicts.subject, row): VERDICTS[verdict]
        for judged in judgement.judged
        if judged.rule.code == code
        for row, verdict in enumerate(judged.verdicts.verdict)
    }


def _key(judgement: Judgement, subject: Subject, row: int) -> str:
    if subject is Subject.TRADE:
        return trade_key(judgement.book, row)
    return subject_key(judgement.book, subject, row)


def name_of(violation: Violation) -> str:
    """Return the key of what a violation is about; a trade's own, though it goes by its fill."""
    if violation.rule.subject is Subject.FILL or not violation.subject.startswith("F"):
        return violation.subject
    return "T" + violation.subject.removeprefix("F")


def check_violation(expected: Expectation, found: Violation) -> None:
    for name in ("cost", "cost_r"):
        wanted = getattr(expected, name)
        if wanted is not None:
            assert same(wanted, getattr(found, name)), f"{expected.line}: {getattr(found, name)}"
    if expected.is_memo:
        assert found.is_memo, expected.line
    for name, wanted in expected.evidence.items():
        assert same(wanted, found.evidence[name]), f"{expected.line}: {found.evidence[name]}"
    for text in expected.messages:
        assert text in found.message, expected.line


def same(wanted: str, value: object) -> bool:
    """Compare a written value with a found one; numbers within 1e-9."""
    if wanted in ("unknown", "none") or value is None:
        return value is None and wanted in ("unknown", "none")
    try:
        number = float(wanted)
    except ValueError:
        return str(value) == wanted
    return abs(float(str(value)) - number) <= WITHIN * max(1.0, abs(number))
