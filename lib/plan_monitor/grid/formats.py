"""Number formats of spreadsheets (ECMA-376, part 1, 18.8.31) taken apart.

A format has up to four sections: for positive numbers, negative ones, zero and text. A section is a list of
tokens, each a kind and its text.
"""

import re
from functools import cache
from typing import NamedTuple

# the numbers that stand for a format: the standard's own, and those of Chinese Excel and WPS
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;[Red]"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"-#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys([27, 36, 50, 52, 57], 'yyyy"年"m"月"'),
    **dict.fromkeys([28, 29, 51, 53, 54, 58], 'm"月"d"日"'),
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys([34, 55], '上午/下午h"时"mm"分"'),
    **dict.fromkeys([35, 56], '上午/下午h"时"mm"分"ss"秒"'),
}  # fmt: skip

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"  # Chinese Excel takes ! for a backslash
    r"|_.|\*."  # room as wide as a sign, a sign that fills the cell
    r"|\[(?P<elapsed>h+|m+|s+)\]"
    r"|\[(?P<condition>[<>=]+)\s*(?P<bound>-?(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?)\]"
    r"|\[\$(?P<currency>[^-\]]*)(?:-[^\]]*)?\]"
    r"|\[(?P<numerals>DBNum\d)\]"
    r"|\[[^\]]*\]"  # a colour
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<power>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|a{3,4})"
    r"|(?P<digit>[0#?])"
    r"|(?P<sign>[.,%@/])"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)


class Plain(NamedTuple):
    """What a format of nothing but digits and per cent signs says."""

    minus: bool
    grouped: bool
    decimals: int
    percents: int


class Section(NamedTuple):
    """One section of a number format.

    condition : comparator and bound that a number must meet; None where there is no condition.
    tokens : kind ("literal", "digit", "sign", "date", "elapsed", "noon", "power", "general") and text.
    kind : "number", "date" or "text"; "general" for a number as it is, "numerals" where it writes 一二三.
    plain : the section in short where it is one of the usual ones; None where not.
    """

    condition: tuple[str, float] | None
    tokens: list[tuple[str, str]]
    kind: str
    plain: Plain | None


@cache
def sections(code: str) -> list[Section]:
    """The sections of a number format.

    >>> [section.kind for section in sections('0.0%;[Red]-0.0%;"—";@')]
    ['number', 'number', 'number', 'text']
    """
    result, condition, numerals, tokens = [], None, False, []
    for match in [*_TOKEN.finditer(code), None]:
        if match is None or match[0] == ";":
            result.append(Section(condition, tokens, _kind(tokens, numerals), _plain(tokens)))
            condition, numerals, tokens = None, False, []
        elif match["condition"]:
            condition = match["condition"], float(match["bound"])
        elif match["numerals"]:
            numerals = True
        elif match["quoted"] is not None:
            tokens.append(("literal", match["quoted"]))
        else:
            kind = match.lastgroup
            if kind in ("escaped", "currency", "other"):
                tokens.append(("literal", match[kind]))
            elif kind:
                tokens.append((kind, match[kind]))
            else:
                tokens.append(("literal", " " if match[0][0] in "_*" else ""))
    return result


def _kind(tokens: list[tuple[str, str]], numerals: bool) -> str:
    kinds = {kind for kind, _ in tokens}
    if kinds & {"date", "elapsed", "noon"}:
        return "date"
    if ("sign", "@") in tokens:
        return "text"
    if numerals and kinds & {"digit", "general"}:
        return "numerals"
    return "general" if kinds == {"general"} else "number"


def _plain(tokens: list[tuple[str, str]]) -> Plain | None:
    if any(kind not in ("digit", "sign", "literal") for kind, _ in tokens):
        return None
    marked = "".join(f'"{part.strip()}' if kind == "literal" else part for kind, part in tokens)
    match = re.fullmatch(
        r'"*(?P<minus>"-)?"*(?P<grouped>#,##)?#*0(?:\.(?P<decimals>0+))?(?P<percents>%*)"*', marked
    )
    if match is None:
        return None
    decimals = len(match["decimals"] or "")
    return Plain(bool(match["minus"]), bool(match["grouped"]), decimals, len(match["percents"]))
