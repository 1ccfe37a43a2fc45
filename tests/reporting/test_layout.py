"""Text in 80 columns."""

from __future__ import annotations

from journal.reporting.layout import labelled, table, wrapped


def test_numbers_stand_right_and_text_left() -> None:
    assert table(["name", "n"], [["a", "1"], ["bcdef", "20"]], "lr") == [
        "name    n",
        "a       1",
        "bcdef  20",
    ]


def test_columns_go_in_the_order_named_as_far_as_needed() -> None:
    rows = [["x" * 5, "y" * 5, "z" * 5]]
    assert table(["a", "b", "c"], rows, drop=["b", "a"], width=19)[0] == "a      b      c"
    assert table(["a", "b", "c"], rows, drop=["b", "a"], width=18)[0] == "a      c"
    assert table(["a", "b", "c"], rows, drop=["b", "a"], width=11)[0] == "c"


def test_the_widest_text_is_cut_and_numbers_never() -> None:
    rows = [["a" * 30, "1" * 20, "b" * 12]]
    (_, line) = table(["text", "number", "more"], rows, "lrl", width=50)
    assert line == f"{'a' * 13}…  {'1' * 20}  {'b' * 12}"
    assert table(["n"], [["1" * 90]], "r") == [f"{'n':>90}", "1" * 90]


def test_an_empty_table_is_its_headers() -> None:
    assert table(["a", "b"], []) == ["a  b"]


def test_paragraphs() -> None:
    assert wrapped("aaa bbb ccc", indent="  ", width=9) == ["  aaa bbb", "  ccc"]
    assert labelled("x", "y " * 40, column=4)[1].startswith("    y")


def test_a_word_too_long_for_a_line_is_parted() -> None:
    assert wrapped("to aaaaaaaaaa", width=8) == ["to aaaaa", "aaaaa"]


def test_commands_and_paths_are_not_parted_where_they_are_copied() -> None:
    text = "see `journal undo 4` and /a/long/path/to/a/file.csv, or not"
    assert wrapped(text, hanging="  ", width=16, whole=True) == [
        "see",
        "  `journal undo 4`",
        "  and",
        "  /a/long/path/to/a/file.csv,",
        "  or not",
    ]
