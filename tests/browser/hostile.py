"""Two hundred strings that would do something if a page took them for more than words."""

from __future__ import annotations

MARKED = "window.hurt=1"
"""What every string would run; a page that escaped them all has no such variable."""

_RUNS = (f"{MARKED};alert(1)", f"top.{MARKED}", f"eval('{MARKED}')", f"{MARKED};fetch('//x')")

_SHAPES = (
    "<script>{}</script>",
    "</script><script>{}</script>",
    "</style><script>{}</script>",
    "</title><script>{}</script>",
    "</textarea><script>{}</script>",
    "--><script>{}</script>",
    "]]><script>{}</script>",
    "<SCRIPT SRC=data:text/javascript,{}></SCRIPT>",
    "<scr<script>ipt>{}</scr</script>ipt>",
    "<img src=x onerror={}>",
    "<img src=x onerror='{}'//",
    '"><img src=x onerror="{}">',
    "'><img src=x onerror={}>",
    '" autofocus onfocus="{}" x="',
    "' autofocus tabindex=0 onfocus='{}' x='",
    '" onmouseover="{}',
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<svg><a href='javascript:{}'><text y=9>x</text></a></svg>",
    "<body onload={}>",
    "<iframe src='javascript:{}'></iframe>",
    "<iframe srcdoc='&lt;script&gt;parent.{}&lt;/script&gt;'></iframe>",
    "<object data='javascript:{}'></object>",
    "<embed src='javascript:{}'>",
    "<form action='javascript:{}'><button>x</button></form>",
    "<base href='javascript:{}//'>",
    "<link rel=stylesheet href='javascript:{}'>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<details open ontoggle={}>x</details>",
    "<video><source onerror={}></video>",
    "<marquee onstart={}>x</marquee>",
    "<input autofocus onfocus={}>",
    "<style>@import 'javascript:{}';</style>",
    "<div style='background:url(javascript:{})'>",
    "<math><mtext><script>{}</script></mtext></math>",
    "<template><script>{}</script></template>",
    "<noscript><p title='</noscript><script>{}</script>'>",
    '<a href="javascript:{}">x</a>',
    '<a href="JaVaScRiPt:{}" target="_self">x</a>',
    '<a href=" &#106;avascript:{}">x</a>',
    "[x](javascript:{})",
    "javascript:{}",
    "{{{{ {} }}}}",
    "{{% if 1 %}}{}{{% endif %}}",
    "${{{}}}",
    "%{{customdata}}<extra>{}</extra>",
)

# Nothing runs these; they end lines, strings, rows or styles where somebody forgot to escape.
_PLAIN = (
    "{{7*7}}",
    "{% raw %}",
    "{# gone #}",
    "a\u2028b\u2029c",
    "\u202egnp.exe",
    "\"quotes\" and 'quotes'",
    "back\\slash \\u003cb\\u003e",
    "&lt;b&gt; &amp; &quot;",
    "}</style><style>body{display:none}",
    "*{background:url(//x)}",
    "x | y | z",
    "line\none",
)

HOSTILE = (*(shape.format(run) for run in _RUNS for shape in _SHAPES), *_PLAIN)
assert len(HOSTILE) >= 200
assert len(set(HOSTILE)) == len(HOSTILE)


def quoted(text: str) -> str:
    """Return a text as journal text writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def hostile_journal() -> str:
    """Return a journal with each string as account, plan, thesis, reason, waiver and note.

    Each account trades once: past its plan's maximum, so that the plan is named in a breach, and
    often enough in a day, so that the account is. All are waived; notes lie on the first trade.
    """
    parts = ["2026-01-01T00:00Z policy\n  max_trades_per_day 0\n"]
    for number, text in enumerate(HOSTILE, start=1):
        name, account = quoted(text), f"account {quoted(text)}"
        week, minute = divmod(number - 1, 30)
        day = f"2026-03-{2 + 7 * week:02d}" if week < 5 else f"2026-04-{7 * week - 29:02d}"
        at = f"{day}T10:{minute:02d}"
        parts.append(
            f"2026-01-01T00:00Z {account}\n  currency USDT\n  equity 10000\n"
            f"{day}T09:00Z plan A-USDT long as {name} {account}  #hostile\n  thesis {name}\n"
            "  enter 1 @ 100\n  enter 1 @ 95\n  max 100 USDT\n  invalidation 90\n  stop 90\n"
            "  exit rest @ 110\n"
            f"{day}T09:30Z amend {name} {name} {account}\n  invalidation 91\n  stop 91\n"
            f"{at}:00Z fill A-USDT buy 2 @ 100 fee 0 USDT {account}\n"
            f"{at}:10Z skip A-USDT tranche 2 {name} {account}\n"
            f"{at}:30Z fill A-USDT sell 2 @ 101 fee 0 USDT {account}\n"
            f"2026-06-01T00:00Z waive SCALE303-F{2 * number - 1} {name}\n"
            f"2026-03-02T10:00Z note A-USDT {name} account {quoted(HOSTILE[0])}  #tag_1\n"
        )
    return "".join(parts)
