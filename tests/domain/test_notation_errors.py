"""The gallery of errors: what is wrong with a text, and exactly what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.domain.errors import InputError
from journal.domain.moment import Moment
from journal.domain.notation import name_text, parse, parse_all, quoted

_, *_CASES = (Path(__file__).parent / "error_gallery.txt").read_text("utf-8").split("=== ")
NOW = Moment.parse("2026-01-05T14:00:00.123Z")
FILL = "2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100"


def _case(section: str) -> object:
    name, rest = section.split("\n", 1)
    text, message = rest.split("\n---\n")
    return pytest.param(text, message.strip(), id=name)


@pytest.mark.parametrize(("text", "message"), [_case(section) for section in _CASES])
def test_gallery(text: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        parse(text)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("character", "said"),
    [
        ("\x00", "control character U+0000 is not allowed"),
        ("\x1b", "control character U+001B is not allowed"),
        ("\r", "control character U+000D is not allowed"),
        ("\x85", "control character U+0085 is not allowed"),
        ("\ud800", "surrogate U+D800 is not allowed"),
    ],
)
def test_characters_no_journal_can_hold(character: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        parse(f'{FILL}\n2026-01-05T14:31Z note BTC-USDT "a{character}b"')
    assert refused.value.what == said
    assert refused.value.where == "line 2"
    assert str(refused.value).isascii()  # the character itself is not echoed
    with pytest.raises(InputError, match=r"not allowed"):
        quoted(f"a{character}b")
    with pytest.raises(InputError, match=r"not allowed"):
        name_text(f"a{character}b")


def test_a_line_too_long() -> None:
    with pytest.raises(InputError, match="the line has 70043 characters") as refused:
        parse(FILL + " " * 70_000)
    assert len(str(refused.value)) < 250


def test_a_text_too_long() -> None:
    for text in ("x" * 16_385, '\\"' * 16_385):
        with pytest.raises(InputError, match="the text in quotes has 16385 characters"):
            parse(f'2026-01-05T14:31Z note BTC-USDT "{text}"')
    with pytest.raises(InputError, match="the text in quotes has 16385 characters"):
        quoted("x" * 16_385)


def test_a_name_too_long() -> None:
    with pytest.raises(InputError, match="the id has 257 characters, more than 256"):
        parse(f"{FILL} id {'x' * 257}")


def test_an_unclosed_quote_takes_no_time() -> None:
    with pytest.raises(InputError, match="a quote is not closed"):
        parse('2026-01-05T14:31Z note BTC-USDT "' + "\\n" * 30_000)


SAMPLE = (Path(__file__).parent / "error_gallery.txt").read_text("utf-8")


@given(st.data())
def test_damaged_text_is_an_error_never_a_crash(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SAMPLE) - 1))
    stop = data.draw(st.integers(start, min(start + 300, len(SAMPLE))))
    inserted = data.draw(st.text(max_size=5) | st.sampled_from(['"', "@", "\\", "%", "none", "\t"]))
    cut = data.draw(st.integers(start, stop))
    text = SAMPLE[start:cut] + inserted + SAMPLE[cut + data.draw(st.integers(0, 3)) : stop]
    events, errors = parse_all(text, now=NOW)
    assert len(events) + len(errors) <= text.count("\n") + 1
    assert all(error.where for error in errors)


def test_the_source_stands_before_the_line() -> None:
    with pytest.raises(InputError) as refused:
        parse(f"{FILL}\n\nx", source="may.journal")
    assert refused.value.where == "may.journal line 3"


def test_all_errors_can_be_listed_and_the_rest_is_read() -> None:
    text = f"""\
2026-01-05T14:00Z fil BTC-USDT
{FILL}
2026-01-05T14:00Z plan BTC-USDT long
  enter three @ 100
  max   900 EUR
2026-01-01T00:00Z account main
  equity much
{FILL}
"""
    events, errors = parse_all(text)
    assert [event.line for event in events] == [2, 8]
    assert [error.where for error in errors] == ["line 1", "line 4", "line 7"]


def test_the_rest_of_a_broken_plan_is_not_read_as_directives() -> None:
    _, errors = parse_all("2026-01-05T14:00Z plan BTC-USDT sideways\n  enter 3 @ 100\n  max 9")
    assert [error.where for error in errors] == ["line 1"]


def test_a_missing_time_is_now_only_where_now_is_given() -> None:
    (event,) = parse("fill BTC-USDT buy 3 @ 100", now=NOW)
    assert event.at == NOW
    with pytest.raises(InputError, match="the time before `fill` is missing"):
        parse("fill BTC-USDT buy 3 @ 100")
