"""What a cell shows: a stored number and its number format, as the text on the page.

What a reader sees is what is read, with two exceptions. Dates are given as ISO 8601, however they are laid
out; a negative number in accountants' brackets gets its minus sign. Where the page shows another figure than
the cell holds (``0.0,`` shows 12.3 for 12345 and nothing says so), the cell is refused with both figures.
"""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from math import inf, isfinite

from plan_monitor.grid.formats import Plain, Section, sections

_ROUND = Context(prec=400, rounding=ROUND_HALF_UP)
_DIGITS = 15  # significant digits that a spreadsheet keeps
_RUN = re.compile(
    r"(?P<sign>[-−] ?[^\d\s.%]{0,3} ?)?"
    r"(?P<figure>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d*)?|\d+\.?\d*|\.\d+)(?:[eE](?P<power>[+-]?\d+))?"
    r"(?P<after>[^\d]*)"
)
_OF_UNIT = re.compile(r"(?<=[A-Za-z])[\d²³]|(?<=[/每])1?0*(?=[万千百亿])")
# by how many powers of ten what is written behind a figure changes it
_POWERS = [("%", 2, -1), ("％", 2, -1), ("‰", 3, -1)] + [
    (word, power, 1)
    for word, power in [
        ("万亿", 12), ("千亿", 11), ("百亿", 10), ("十亿", 9), ("亿", 8), ("千万", 7), ("百万", 6),
        ("十万", 5), ("万", 4), ("千", 3), ("百", 2),
        ("thousand", 3), ("million", 6), ("billion", 9), ("bn", 9), ("K", 3), ("k", 3), ("M", 6), ("B", 9),
    ]
]  # fmt: skip
_STORED_IN = (0, 4, 8)  # powers of the units a figure may be stored in: one, 万, 亿
_ERROR = re.compile(r"Err:\d+|#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|CALC!|SPILL!|FIELD!|BLOCKED!)|##+")
_DATE_SIGNS = re.compile(r"[-/.,:@年月日号时分秒\s]*")


class Fault(ValueError):
    """A cell that cannot be read; ``expected`` says what was, in "zh" and "en"."""

    def __init__(self, zh: str, en: str):
        self.expected = {"zh": zh, "en": en}
        super().__init__(en)


@lru_cache(maxsize=65536)  # most cells repeat others
def number(value: float, code: str, from_1904: bool = False) -> str:
    """The text that a cell shows for a number.

    Parameters
    ----------
    value : float
        What the cell holds.
    code : str
        Its number format.
    from_1904 : bool, optional
        Whether the workbook counts days from 1904.

    Returns
    -------
    str

    Raises
    ------
    Fault
        Where the cell shows nothing, or another figure than it holds.

    >>> number(0.95, "0%"), number(45078, 'yyyy"年"m"月"'), number(-12.0, "0;(0)"), number(2025.0, "General")
    ('95%', '2023-06', '-12', '2025')
    >>> number(12345, "0.0,")
    Traceback (most recent call last):
        ...
    plan_monitor.grid.shown.Fault: expected the figure held to be shown; shows "12.3", holds 12345 (0.0,)
    """
    section, sign = _chosen(value, code)
    if section.kind == "general":
        return sign + general(abs(value))
    if section.kind == "number" and section.plain and (value < 0) == (sign == "-" or section.plain.minus):
        return sign + _laid_out(abs(value), section.plain)
    if section.kind == "date":
        return _date(value, section, code, from_1904)
    if section.kind == "numerals":
        raise Fault(
            f"应显示阿拉伯数字；数字格式 {code} 写成中文数字，单元格里是 {general(value)}",
            f"expected digits; the number format {code} writes words for {general(value)}",
        )
    if ("sign", "/") in section.tokens and any(kind == "digit" for kind, _ in section.tokens):
        raise Fault(
            f"应显示小数；数字格式 {code} 写成分数，单元格里是 {general(value)}",
            f"expected decimals; the number format {code} writes a fraction for {general(value)}",
        )
    return agreed(sign + _digits(Decimal(f"{abs(value):.{_DIGITS}g}"), section.tokens), value, code)


def text(written: str, code: str) -> str:
    """The text that a cell shows for a text.

    Raises
    ------
    Fault
        Where the format hides it, or it is an error.

    >>> text("元谋", '@"县"')
    '元谋县'
    """
    refuse_error(written)
    found = sections(code)
    section = found[3] if len(found) == 4 else found[-1]
    if len(found) < 4 and section.kind != "text":
        return written
    shown = "".join(written if token == ("sign", "@") else token[1] for token in section.tokens)
    if written.strip() and not shown.strip():
        raise _hidden(written, code)
    return shown


def general(value: float) -> str:
    """A number without a format: up to 15 significant digits, whole numbers without decimals.

    >>> general(0.1 + 0.2), general(2025.0), general(1e-7)
    ('0.3', '2025', '0.0000001')
    """
    if value == 0:
        return "0"
    if not 1e-15 < abs(value) < 1e21:
        return f"{value:.{_DIGITS}G}"
    plain = f"{Decimal(f'{value:.{_DIGITS}g}'):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def held(written: str) -> float:
    """The number that a file holds for a cell.

    Raises
    ------
    Fault
        Where it is none.

    >>> held("0.94999999999999996")
    0.95
    """
    try:
        value = float(written)
    except ValueError:
        value = inf
    if not isfinite(value):
        raise Fault(f"应为数字；文件里存的是 {written}", f"expected a number; the file holds {written}")
    return value


def refuse_error(written: str) -> None:
    """An error of a formula, or ### where a column is too narrow, is no text.

    Raises
    ------
    Fault
        Where the text is one.

    >>> refuse_error("#REF!")
    Traceback (most recent call last):
        ...
    plan_monitor.grid.shown.Fault: expected a figure or text; shows the error #REF!
    """
    if _ERROR.fullmatch(written):
        raise Fault(
            f"应为数字或文字；单元格出错，显示 {written}",
            f"expected a figure or text; shows the error {written}",
        )


def agreed(shown: str, value: float, code: str | None = None) -> str:
    """The text a cell shows, if its figure is the one that the cell holds.

    A figure that is rounded on the page is the one shown. A per cent sign, or a word such as 万, may stand
    for the powers of ten by which the two differ.

    Parameters
    ----------
    shown : str
        Text on the page.
    value : float
        What the cell holds.
    code : str, optional
        Its number format, for the message.

    Raises
    ------
    Fault
        Where the text shows nothing, or another figure.

    >>> agreed("95%", 0.9497), agreed("(12.5)", -12.5), agreed("1.2万", 12345.0)
    ('95%', '-12.5', '1.2万')
    """
    shown = shown.strip()
    if not shown:
        raise _hidden(general(value), code)
    if value < 0 and (brackets := re.fullmatch(r"([^()\d-]*)\(([^()-]*\d[^()]*)\)([^()\d]*)", shown)):
        shown = "-" + "".join(brackets.groups()).strip()
    runs = list(_RUN.finditer(_OF_UNIT.sub("", shown)))
    if not runs:
        return "0" if value == 0 and re.fullmatch(r"¥? *[-–—]", shown) else shown
    exact = Decimal(f"{value:.{_DIGITS}g}")
    if any(_stands_for(run, exact) for run in runs):  # the words beside it may have figures: 5 户（2023）
        return shown
    named = f"（数字格式 {code}）" if code else "", f" ({code})" if code else ""
    raise Fault(
        f"应显示所存的数；显示“{shown}”，存的是 {general(value)}{named[0]}",
        f'expected the figure held to be shown; shows "{shown}", holds {general(value)}{named[1]}',
    )


def _stands_for(run: re.Match, exact: Decimal) -> bool:
    """Whether digits on the page are a figure, as far as they go."""
    digits = re.sub(r"[,\s]", "", run["figure"])
    unit = Decimal(1).scaleb(int(run["power"] or 0))
    figure = Decimal(digits) * unit * (-1 if run["sign"] else 1)
    room = Decimal("0.5").scaleb(-len(digits.partition(".")[2])) * unit
    return any(abs(figure.scaleb(power) - exact) <= room.scaleb(power) for power in _powers(run["after"]))


def _powers(after: str) -> set[int]:
    """The powers of ten that lie between the figure shown and the one held, for what is written behind it."""
    after = after.strip()
    for word, power, way in _POWERS:
        if after.startswith(word):
            return {0, -power} if way < 0 else {0} | {power - unit for unit in _STORED_IN if unit <= power}
    return {0}


def _hidden(content: str, code: str | None) -> Fault:
    named = f"数字格式 {code} 使" if code else "", f"the number format {code}" if code else "its format"
    return Fault(
        f"应显示出来；{named[0]}单元格看似空白，里面却是 {content}",
        f"expected to see what the cell holds; {named[1]} hides {content}",
    )


def _chosen(value: float, code: str) -> tuple[Section, str]:
    """The section of a format that a number takes, and the sign it does not write itself."""
    found = sections(code)[:3]
    minus = "-" if value < 0 else ""
    if any(section.condition for section in found):
        for section in found:
            if section.condition is None or _meets(value, *section.condition):
                signed = any(kind == "literal" and part in "-(" and part for kind, part in section.tokens)
                return section, "" if signed else minus
        raise _hidden(general(value), code)
    if len(found) == 1 or (found[1].kind == "text" and len(found) == 2):
        return found[0], minus
    if value < 0:
        return found[1], ""
    return found[2] if value == 0 and len(found) == 3 and found[2].kind != "text" else found[0], ""


def _meets(value: float, comparator: str, bound: float) -> bool:
    return {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[comparator]


def _laid_out(value: float, plain: Plain) -> str:
    """A number without its sign in one of the usual formats, which show the figure itself."""
    scaled = Decimal(f"{value:.{_DIGITS}g}").scaleb(2 * plain.percents)
    rounded = scaled.quantize(Decimal(1).scaleb(-plain.decimals), context=_ROUND)
    return f"{'-' * plain.minus}{rounded:{',' * plain.grouped}f}{'%' * plain.percents}"


def _digits(value: Decimal, tokens: list[tuple[str, str]]) -> str:
    """A number without its sign, laid out in the places of a section."""
    kinds = [kind for kind, _ in tokens]
    if "general" in kinds or ("sign", "@") in tokens:
        return "".join(
            general(float(value)) if token == ("sign", "@") or token[0] == "general" else token[1]
            for token in tokens
        )
    places = [place for place, kind in enumerate(kinds) if kind == "digit"]
    end = kinds.index("power") if "power" in kinds else len(tokens)
    point = next((place for place, token in enumerate(tokens[:end]) if token == ("sign", ".")), end)
    whole = [place for place in places if place < point]
    decimals = [place for place in places if point < place < end]
    powers = [place for place in places if place > end]
    commas = [place for place, token in enumerate(tokens[:end]) if token == ("sign", ",") and places]
    behind = [
        place
        for place in commas
        if not any(place < other < (point if place < point else end) for other in places)
    ]
    percents = tokens.count(("sign", "%"))
    value = value.scaleb(2 * percents - 3 * len(behind))
    power = 0
    if powers:
        power = _power(value, max(1, len(whole)), len(decimals))
        value = value.scaleb(-power)
    if not places:
        return "".join(part for kind, part in tokens if kind == "literal" or part == "%")
    rounded = f"{value.quantize(Decimal(1).scaleb(-len(decimals)), context=_ROUND):f}"
    before, _, after = rounded.partition(".")
    out = dict(enumerate(part if kind == "literal" or part == "%" else "" for kind, part in tokens))
    grouped = any(place not in behind for place in commas)
    out |= _spread(before.lstrip("0"), [(place, tokens[place][1]) for place in whole], grouped)
    if point < end:
        out[point] = (before.lstrip("0") if not whole else "") + "."
    kept = len(after)
    while kept and after[kept - 1] == "0" and tokens[decimals[kept - 1]][1] != "0":
        kept -= 1
    out |= {place: after[i] if i < kept else "" for i, place in enumerate(decimals)}
    if powers:
        out[end] = "E" + ("-" if power < 0 else "+" if tokens[end][1][1] == "+" else "")
        out |= _spread(str(abs(power)), [(place, tokens[place][1]) for place in powers], False)
    return "".join(out[place] for place in range(len(tokens)))


def _power(value: Decimal, step: int, decimals: int) -> int:
    """The power of ten of a number in scientific notation, a multiple of the digits before the point."""
    if value == 0:
        return 0
    power = value.adjusted() // step * step
    if round(value.scaleb(-power), decimals) >= Decimal(10) ** step:  # 9.99 in one decimal is 1.0E+1
        power += step
    return power


def _spread(digits: str, places: list[tuple[int, str]], grouped: bool) -> dict[int, str]:
    """Digits from the right into their places; the first place takes what is left."""
    out = {}
    for count, (place, sign) in enumerate(reversed(places)):
        last = count == len(places) - 1
        own = digits if last and digits else digits[-1:]
        digits = digits[: -len(own)] if own else ""
        own = own or ("0" if sign == "0" else "")
        pieces = [
            char + ("," if grouped and (count + behind) % 3 == 0 and count + behind else "")
            for behind, char in enumerate(reversed(own))
        ]
        out[place] = "".join(reversed(pieces))
    return out


def _date(value: float, section: Section, code: str, from_1904: bool) -> str:
    """A date or time. One whose year is on the page is given as ISO 8601, anything else as it is shown."""
    if not 0 <= value < 2_958_466:
        raise Fault(
            f"应为日期；存的是 {general(value)}，不能显示为日期（{code}）",
            f"expected a date; holds {general(value)}, which is none ({code})",
        )
    moment = _moment(value, from_1904)
    parts = _date_parts(section.tokens)
    signs = "".join(part for kind, part in section.tokens if kind in ("literal", "sign"))
    letters = {letter for letter, _ in parts.values()}
    if "y" in letters and _DATE_SIGNS.fullmatch(signs) and not letters & {"[h", "[m", "[s"}:
        day = (
            f"{moment:%Y-%m-%d}"
            if "d" in letters
            else f"{moment:%Y-%m}"
            if "M" in letters
            else f"{moment:%Y}"
        )
        timed = "h" in letters and (moment.hour or moment.minute or moment.second)
        return f"{day} {moment:%H:%M:%S}" if timed else day
    half_day = any(kind == "noon" for kind, _ in section.tokens)
    return "".join(
        _date_part(value, moment, *parts[place], half_day)
        if place in parts
        else _date_literal(moment, kind, part)
        for place, (kind, part) in enumerate(section.tokens)
    ).strip()


def _moment(value: float, from_1904: bool) -> datetime:
    """The moment of a day number, to the second. Excel counts a 29 February 1900 that never was."""
    if from_1904:
        first = datetime(1904, 1, 1)
    else:
        first = datetime(1899, 12, 30) if value >= 60 else datetime(1899, 12, 31)
    return first + timedelta(seconds=round(value * 86400))


def _date_parts(tokens: list[tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """What each date token shows: y, M (month), d, a (weekday), h, m (minute), s, or time elapsed ([h …)."""
    places = [place for place, (kind, _) in enumerate(tokens) if kind in ("date", "elapsed")]
    parts = {}
    for index, place in enumerate(places):
        kind, part = tokens[place][0], tokens[place][1].lower()
        letter = {"e": "y"}.get(part[0], part[0])
        if letter == "d" and len(part) > 2:
            letter = "a"
        if kind == "elapsed":
            letter = "[" + letter
        elif letter == "m":
            before = parts[places[index - 1]][0] if index else ""
            following = tokens[places[index + 1]][1].lower() if index + 1 < len(places) else ""
            if before not in ("h", "[h") and not following.startswith("s"):
                letter = "M"
        parts[place] = letter, part
    return parts


def _date_part(value: float, moment: datetime, letter: str, part: str, half_day: bool) -> str:
    seconds = round(value * 86400)
    wide = len(part.partition(".")[0])
    if letter == "y":
        return f"{moment:%y}" if part == "yy" else f"{moment:%Y}"
    if letter == "M" and wide > 2:
        return f"{moment:%b}" if wide == 3 else f"{moment:%B}"
    if letter == "a":
        return "星期" + "一二三四五六日"[moment.weekday()]
    count = {
        "M": moment.month,
        "d": moment.day,
        "h": (moment.hour % 12 or 12) if half_day else moment.hour,
        "m": moment.minute,
        "s": moment.second,
        "[h": seconds // 3600,
        "[m": seconds // 60,
        "[s": seconds,
    }[letter]
    return f"{count:02d}" if wide == 2 else str(count)


def _date_literal(moment: datetime, kind: str, part: str) -> str:
    if kind != "noon":
        return part
    first, second = part.split("/")
    return first if moment.hour < 12 else second
