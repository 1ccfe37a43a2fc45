"""House rules that no linter knows, each with its file and line; exit code 1 if any is broken."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
PROGRAM = ("journal/", "migrations/")

# What may be linked to; everything else a build needs comes from whatever pip is set up with.
LINKED = (
    "keepachangelog.com",
    "semver.org",
    "127.0.0.1",
    "example.com",
    "schemas.openxmlformats.org",  # names of XML vocabularies, not places
)

_URL = re.compile(r"https?://(?:www\.)?([A-Za-z0-9.-]+)")
_PACKAGE_SOURCE = re.compile(r"--?(?:extra-)?index(?:-url)?\b|--find-links|--trusted-host|py[p]i\b")
_MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|home|work|Users|opt)/\w")
_IGNORED = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b(?P<rest>.*)")
_CODE = re.compile(r"(?:: [A-Z]+\d+(?:, [A-Z]+\d+)*|\[[a-z, -]+\])(?P<reason>.*)")


def broken() -> Iterator[str]:
    """Yield every breach as `file:line: what`."""
    for name in _files():
        path = ROOT / name
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a workbook among the test data
        lines = text.splitlines()
        yield from _in_lines(name, lines)
        if name.startswith(PROGRAM) and name.endswith(".py"):
            yield from _too_long(name, text, len(lines))


def _files() -> list[str]:
    git = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listed = [*git, "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True)
    names = sorted(done.stdout.decode().split("\0"))
    return [name for name in names if name and (ROOT / name).is_file()]


def _in_lines(name: str, lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        place = f"{name}:{number}"
        for host in _URL.findall(line):
            if not host.endswith(LINKED):
                yield f"{place}: a link to {host}"
        if _PACKAGE_SOURCE.search(line) and name != ".ci/house_rules.py":
            yield f"{place}: says where packages come from; that is the machine's business"
        if _MACHINE_PATH.search(line):
            yield f"{place}: a path of one machine"
        if name.startswith(PROGRAM):
            yield from _unexplained(place, line)


def _unexplained(place: str, line: str) -> Iterator[str]:
    for found in _IGNORED.finditer(line):
        code = _CODE.match(found["rest"])
        if code is None:
            yield f"{place}: ignores a linter without saying which rule"
        elif not re.search(r"\w", code["reason"]):
            yield f"{place}: ignores a linter without a reason"


def _too_long(name: str, text: str, lines: int) -> Iterator[str]:
    if lines > MAX_FILE_LINES:
        yield f"{name}: {lines} lines, more than {MAX_FILE_LINES}"
    if name.startswith("migrations/"):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno:
            length = node.end_lineno - node.lineno + 1
            if length >= MAX_FUNCTION_LINES:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines"


if __name__ == "__main__":
    breaches = list(broken())
    for breach in breaches:
        print(breach)
    sys.exit(bool(breaches))
