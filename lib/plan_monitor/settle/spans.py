"""The text of a time as people write it, as an ISO 8601 period of a package."""

import calendar
import re
import unicodedata

from plan_monitor.settle.quantity import Refused
from reportkit import periods


class NoPeriod(Refused):
    """A text that is no time at all: no reading of it is doubtful."""


_YEAR = r"(?P<year>(?:19|20|21)\d\d)年?"
_DASH = re.compile(r"[-‐‑‒–—―−~〜]+|至|到")
_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_QUARTERS = {**{str(n): n for n in range(1, 5)}, **{c: n for n, c in enumerate("一二三四", start=1)}}
_PLANS = {"一五": (1953, 1957), "二五": (1958, 1962)} | {  # 1963 to 1965 belonged to none
    f"{ten}{digit}五": (first, first + 4)
    for first, (ten, digit) in zip(
        range(1966, 2036, 5),
        [*(("", d) for d in "三四五六七八九"), *(("十", d) for d in ["", *"一二三四五六"])],
        strict=True,
    )
}
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
# what begins neither with a digit nor with a month's name
_NO_TIME = re.compile(rf"(?!['0-9]|(?i:{'|'.join(map(re.escape, _MONTHS))}))[!-~][ -~]*")
_SHAPES = {
    "year": re.compile(_YEAR + "(?:度|全年|底|末|年底|年末)?"),
    "half": re.compile(_YEAR + "(?P<half>[上下])半年"),
    "quarter": re.compile(_YEAR + r"(?:第?(?P<quarter>[1-4一二三四])季度?|[-/.]?[qQ](?P<q>[1-4]))(?:底|末)?"),
    "first_quarters": re.compile(_YEAR + r"前(?P<quarters>[2-4二三四两])个?季度?"),
    "months": re.compile(
        _YEAR + rf"(?:前|(?P<first>1[0-2]|0?[1-9])月?(?:{_DASH.pattern}))(?P<months>1[0-2]|0?[1-9])个?月份?"
    ),
    "month": re.compile(_YEAR + r"(?:(?<=年)|[-/])(?P<month>1[0-2]|0?[1-9])(?:月份?(?:底|末)?)?"),
    "compact_month": re.compile(_YEAR + r"(?P<month>1[0-2]|0[1-9])月?"),
    "dotted": re.compile(_YEAR + r"\.(?P<month>\d{1,2})"),
    "day": re.compile(
        _YEAR + r"(?:(?<=年)|(?P<mark>[-/.]))(?P<month>1[0-2]|0?[1-9])(?:(?P=mark)|月)"
        r"(?P<day>[12]\d|3[01]|0?[1-9])日?(?:[ T]00:00(?::00)?)?"
    ),
    "compact_day": re.compile(_YEAR + r"(?P<month>1[0-2]|0[1-9])(?P<day>[12]\d|3[01]|0[1-9])"),
    "plan": re.compile(
        r"[“”\"'‘’「]*(?P<plan>[一二三四五六七八九十]?[一二三四五六七八九十]?五)[“”\"'‘’」]*(?P<part>时期末|期末|末|时期|期间|规划期|规划)?"
    ),
}


def period(text: str) -> str:
    """The ISO period that a text means.

    A half year and the months from January on are spans of months; a plan's number is the five years of the
    plan, its end (末) the last of them. The last day of a month stands for the month, since a figure of a
    month describes its end; of any other day it would be a guess.

    Parameters
    ----------
    text : str
        A year, quarter, month or span of them, as Chinese tables write it, or ISO 8601.

    Returns
    -------
    str
        ``2020``, ``2020-06``, ``2020Q3``, or two of a kind with a slash: ``2021/2025``.

    Raises
    ------
    NoPeriod
        Where the text is no time.
    Refused
        Where it may be one of two times.

    >>> [period(text) for text in ("２０２０年", "2021—2025年", "“十四五”", "2023年上半年", "2022年前三季度")]
    ['2020', '2021/2025', '2021/2025', '2023-01/2023-06', '2022-01/2022-09']
    >>> period("2020.1")
    Traceback (most recent call last):
        ...
    plan_monitor.settle.quantity.Refused: expected one period; "2020.1" may be 2020-01 or 2020-10
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    for lead in ("截至", "截止", "到", "至"):
        plain = plain.removeprefix(lead)
    written = re.sub(r"\s+", " ", plain).strip()
    plain = re.sub(r"(?<!\d) | (?!\d)", "", written)
    plain = re.sub(r"^[〇零○一二三四五六七八九]{4}(?=年|$)", lambda year: year[0].translate(_NUMERALS), plain)
    if (
        single := _single(plain, written)
        or _span(plain, written)
        or _short(plain, written)
        or _english(written)
    ):
        return single
    _refuse_ambiguous(plain, written)
    raise NoPeriod(
        f"应为年份或时期，如 2020年、2020年6月、2020年三季度、2021—2025年；“{written}”不是",
        f'expected a year or period such as 2020, 2020-06, 2020Q3 or 2021/2025; "{written}" is none',
    )


def no_time(text: str) -> bool:
    """Whether `period` certainly finds no time in a text; a quick test, as there may be a million.

    >>> no_time("=period 12"), no_time("March 2021")
    (True, False)
    """
    return _NO_TIME.fullmatch(text) is not None


def _ambiguous(written: str, one: str, other: str) -> Refused:
    return Refused(
        f"应为一个时期；“{written}”可读作 {one}，也可读作 {other}",
        f'expected one period; "{written}" may be {one} or {other}',
    )


def _single(plain: str, written: str) -> str | None:
    """A text that is one year, half, quarter, month, day or plan; None where it is none."""
    kind, match = next(
        ((kind, match) for kind, shape in _SHAPES.items() if (match := shape.fullmatch(plain))), (None, None)
    )
    if match is None:
        return None
    if kind == "plan":
        first, last = _PLANS.get(match["plan"], (None, None))
        if first is None:
            return None
        return str(last) if (match["part"] or "").endswith("末") else f"{first}/{last}"
    year = match["year"]
    if kind == "year":
        return year
    if kind == "half":
        return f"{year}-01/{year}-06" if match["half"] == "上" else f"{year}-07/{year}-12"
    if kind == "quarter":
        return f"{year}Q{_QUARTERS[match['quarter'] or match['q']]}"
    if kind == "first_quarters":
        return _months(year, 1, _QUARTERS.get(match["quarters"], 2) * 3)
    if kind == "months":
        return _months(year, int(match["first"] or 1), int(match["months"]))
    if kind in ("month", "compact_month"):
        return f"{year}-{int(match['month']):02d}"
    if kind == "dotted":
        return _dotted(year, match["month"], written)
    return _day(int(year), int(match["month"]), int(match["day"]), written)


def _months(year: str, first: int, last: int) -> str | None:
    if (first, last) == (1, 12):
        return year
    if first >= last:
        return f"{year}-{last:02d}" if first == last else None
    return f"{year}-{first:02d}/{year}-{last:02d}"


def _dotted(year: str, month: str, written: str) -> str | None:
    """A month behind a point: a spreadsheet drops the last zero of 2020.10."""
    if month == "1":
        raise _ambiguous(written, f"{year}-01", f"{year}-10")
    return f"{year}-{int(month):02d}" if 1 <= int(month) <= 12 else None


def _day(year: int, month: int, day: int, written: str) -> str | None:
    last = calendar.monthrange(year, month)[1]
    if day > last:
        return None
    if day == last:
        return f"{year}-{month:02d}"
    previous = f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02d}"
    raise _ambiguous(written, f"{year}-{month:02d}", previous)


def _span(plain: str, written: str) -> str | None:
    """Two years or months with a dash or slash between them; None where it is no such thing."""
    for dash in [*_DASH.finditer(plain), *re.finditer("/", plain)]:
        first, last = plain[: dash.start()], plain[dash.end() :]
        if not (re.match(_YEAR, first) and re.match(_YEAR, last)):
            continue
        ends = [_single(first, written), _single(last, written)]
        if None in ends or "/" in "".join(ends):
            return None
        if periods.end(ends[1]) < periods.end(ends[0]):
            raise Refused(
                f"应为先起后止的时期；“{written}”的起点在终点之后",
                f'expected a period that begins before it ends; "{written}" does not',
            )
        return ends[0] if ends[0] == ends[1] else "/".join(ends)
    return None


def _short(plain: str, written: str) -> str | None:
    """Two years of which the second has two digits; None where it is no such thing."""
    match = re.fullmatch(_YEAR + rf"(?:{_DASH.pattern}|/)(?P<second>\d\d)(?P<word>年?)", plain)
    if match is None or match["second"] <= match["year"][2:]:
        return None
    year, second = int(match["year"]), int(match["second"])
    years = f"{year}/{match['year'][:2]}{match['second']}"
    if not match["word"] and second <= 12:
        raise _ambiguous(written, years, f"{year}-{second:02d}")
    if not match["word"] and second == year % 100 + 1:
        raise _ambiguous(written, years, f"{year}-09/{year + 1}-08")  # the school year
    return years


def _english(written: str) -> str | None:
    """A month by its English name with a full year; None otherwise."""
    match = re.fullmatch(r"([A-Za-z]+)\.?[ -](\d{4})", written)
    if match and (month := _MONTHS.get(match[1].lower())) and re.fullmatch(_YEAR, match[2]):
        return f"{match[2]}-{month:02d}"
    return None


def _refuse_ambiguous(plain: str, written: str) -> None:
    """Refuse what people write for a time that may be one of several."""
    if match := re.fullmatch(_YEAR + "(?:学年|学年度)", plain):
        year = int(match["year"])
        raise _ambiguous(written, f"{year - 1}-09/{year}-08", f"{year}-09/{year + 1}-08")
    if match := re.fullmatch(_YEAR + rf"(?:{_DASH.pattern}|/)(?:\d\d)?\d\d(?:学年|学年度)", plain):
        year = int(match["year"])
        raise _ambiguous(written, f"{year}-09/{year + 1}-08", str(year))
    if match := re.fullmatch(_YEAR + "初", plain):
        raise _ambiguous(written, str(int(match["year"]) - 1), f"{match['year']}-01")
    if match := re.fullmatch(_YEAR + r"\.0+", plain):
        raise Refused(
            f"应为年份；“{written}”像一个带小数的数字，请写 {match['year']}",
            f'expected a year; "{written}" looks like a number with decimals, write {match["year"]}',
        )
    if match := re.fullmatch(rf"'?(?P<first>\d\d)(?:年|(?:{_DASH.pattern}|/)(?P<second>\d\d)年?)", plain):
        first, second = match["first"], match["second"]
        full = f"20{first}/20{second}" if second else f"20{first}"
        raise Refused(
            f"应写全年份；“{written}”可读作 {full}，也可能不是年份",
            f'expected years in full; "{written}" may be {full} or no year at all',
        )
    match = re.fullmatch(r"(?P<name>[A-Za-z]{3,9})\.?[- ](?P<two>\d\d)", written)
    if match and (month := _MONTHS.get(match["name"].lower())):
        day = f"{int(match['two'])} {calendar.month_name[month]}"
        raise _ambiguous(written, f"20{match['two']}-{month:02d}", day)
    if re.fullmatch(r"\d{1,2}月(?:\d{1,2}日)?", plain):
        raise Refused(
            f"应写全年份；“{written}”没有年份", f'expected a period with its year; "{written}" has none'
        )
