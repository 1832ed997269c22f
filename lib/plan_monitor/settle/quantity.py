"""The text of a figure as people write it: what it compares, the number and its unit.

以上, 以下 and 以内 include the number they follow; 超过, 不满 and 低于 do not. So says article 1259 of the
Civil Code of China: “以上”、“以下”、“以内”、“届满”，包括本数；“不满”、“超过”、“以外”，不包括本数。
A blank or comma between groups of three digits separates thousands (GB/T 15835). Where a text can be read in
two ways it is refused, and both are named.
"""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple, NoReturn

from reportkit.findings import VALUE


class Quantity(NamedTuple):
    """A figure as written.

    comparator : one of "=", ">=", ">", "<=", "<" and "about"; None where the text says none.
    number : plain decimal text with the digits as written ("95.0" stays "95.0").
    unit : what follows, without blanks ("%", "万人"); "" where nothing does.
    """

    comparator: str | None
    number: str
    unit: str


class Refused(ValueError):
    """A text that cannot be read in exactly one way; ``expected`` says what was, in "zh" and "en"."""

    def __init__(self, zh: str, en: str):
        self.expected = {"zh": zh.replace("\n", " "), "en": en.replace("\n", " ")}
        super().__init__(self.expected["en"])


NOT_ONLY = {
    "zh": f"应为数字（可带比较符和单位），“{VALUE}”不只是一个数",
    "en": f'expected a number, with its comparator and unit if any; "{VALUE}" is not only that',
}
_WORDS = {
    ">=": "≥ ≧ ⩾ ≮ >= => 不低于 不少于 不小于 不下于 至少 大于等于 大于或等于 at_least no_less_than",
    "<=": "≤ ≦ ⩽ ≯ <= =< 不高于 不超过 不大于 不多于 至多 最多 小于等于 小于或等于 at_most no_more_than",
    ">": "> 大于 高于 多于 超过 超 more_than above over",
    "<": "< 小于 低于 少于 不足 不满 未满 less_than below under",
    "=": "= 等于",
    "about": "≈ 约 约为 大约 大概 about around approximately",
}
_BEFORE = {word.replace("_", " "): sign for sign, words in _WORDS.items() for word in words.split()}
_AFTER = {
    **dict.fromkeys(["及以上", "或以上", "以上", "or more", "or above", "and above"], ">="),
    **dict.fromkeys(["及以下", "或以下", "以下", "及以内", "以内", "之内", "or less", "or below"], "<="),
    **dict.fromkeys(["左右", "上下"], "about"),
}
_LEAD, _TAIL = (
    re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)).join(("(?:", f"){end}")))
    for words, end in ((_BEFORE, ""), (_AFTER, "$"))
)
# a level that is reached or kept; by itself it says neither "at least" nor "exactly"
_REACHING = re.compile(
    "达到?|为|(提高|提升|增加|上升|降低|下降|减少)[到至]|增至|降[到至]|(控制|保持|稳定|维持)在"
)
_CHANGE = re.compile(r"(比|较|同比|提高|提升|增加|增长|上升|降低|下降|减少|缩减|增|减|降|升)")

# no number, and nobody can tell whether none, not known or not asked is meant
_MISSING = re.compile(
    r"[-‐‑‒–—―−_/\\.·…*×xX#]+|无|暂无|没有|缺|空|空缺|缺失|不详|不明|未知|未统计|待定|待统计|暂缺|#?n/?a\.?|null|none|nan|nil",
    re.IGNORECASE,
)
_POWER = re.compile("(?<=[A-Za-z])[²³]")  # of a unit: m²
_SIMPLE = re.compile(r"-?[1-9][0-9]{0,19}(?:\.[0-9]{1,19})?|0(?:\.[0-9]{1,19})?")  # read as it stands
_LONGEST = 60  # characters; a figure with its unit has fewer
_MINUS = re.compile(r"[‐‑–−]")  # a dash directly before a number; an em dash stays
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_FIGURE = re.compile(
    r"(?P<currency>¥ ?)?(?P<sign>[+-]|负)? ?(?P<currency2>¥ ?)?"
    r"(?P<digits>\d[\d.,]*(?: \d[\d.,]*)*|\.\d+)(?P<power>[eE][+-]?\d{1,2}(?![\d.]))?(?P<rest>.*)",
    re.DOTALL,
)
# a word that is no comparator, or any word behind a sign: no figure, and none of the texts refused by name
_WORDED = re.compile(
    rf"(?:(?:[<>]=?|=[<>]?) ?|(?!(?i:{'|'.join(map(re.escape, _BEFORE))}|[nx])))[A-Za-z][ !#-~]{{0,50}}(?<! )"
)
_RANGE = re.compile(r"[^\d]{0,3}?(?:[-‐‑‒–—―−~〜]+|至|到|\bto\b)\s*[+-]?\d")
_UNIT_DIGITS = re.compile(r"(?<=[A-Za-z])\d(?!\d)|(?<=[/每])10+(?=[万千百亿人名户个])")
_INCLUDING = re.compile(r"\((?P<without>不)?(?:包?含|包括)(?P<what>[^()]*)\)")
_ALIKE = {"percent": "%", "per cent": "%", "pct": "%", "百分比": "%"}


def quantity(text: str) -> Quantity:
    """What a figure's text says.

    Parameters
    ----------
    text : str
        One figure, with or without a sign of comparison before or after and a unit behind it.

    Returns
    -------
    Quantity

    Raises
    ------
    Refused
        Where there is no figure, more than one, or one that can be read in two ways.

    >>> quantity("≥９５．０％"), quantity("3.5 万人以上")
    (Quantity(comparator='>=', number='95.0', unit='%'), Quantity(comparator='>=', number='3.5', unit='万人'))
    >>> quantity("95,5")
    Traceback (most recent call last):
        ...
    plan_monitor.settle.quantity.Refused: expected a number; "95,5" may be 95.5 or 955
    """
    written = text.strip()
    if _SIMPLE.fullmatch(written):
        return Quantity(None, written, "")
    _refuse_marks(written)
    plain = re.sub(r"[^\S\n]", " ", unicodedata.normalize("NFKC", written)).strip()
    plain = plain.removeprefix("'").strip()  # the mark that keeps a number text in a spreadsheet
    if not plain:
        raise Refused("应为数字", "expected a number")
    if _MISSING.fullmatch(plain):
        raise Refused(
            f"应为数字；“{plain}”可指没有，也可指不知道：没有则填 0，不知道则留空",
            f'expected a number; "{plain}" may mean none or not known: 0 for none, empty where not known',
        )
    if len(plain) > _LONGEST:
        _refuse_words(plain[:_LONGEST] + "…")
    leading, body = _leading(plain)
    match = _FIGURE.fullmatch(_MINUS.sub("-", body[:2]) + body[2:])
    if match is None:
        _refuse_words(plain)
    number = _number(match, plain)
    unit, trailing, exclusive = _trailing(match["rest"], number, plain)
    if match["currency"] or match["currency2"]:
        unit = unit if unit.endswith("元") else unit + "元"
    if exclusive:
        if trailing not in (">=", "<="):
            _refuse_words(plain)
        trailing = trailing[0]
    if leading and trailing and leading != trailing:
        raise Refused(
            f"应只有一个比较符；“{plain}”可读作 {leading} {number}，也可读作 {trailing} {number}",
            f'expected one comparator; "{plain}" may be {leading} {number} or {trailing} {number}',
        )
    return Quantity(leading or trailing, number, unit)


def worded(text: str) -> bool:
    """Whether `quantity` certainly refuses a text with ``NOT_ONLY``; a quick test, as there may be a million.

    >>> worded("=members 12"), worded("about 12")
    (True, False)
    """
    return _WORDED.fullmatch(text) is not None


def _refuse_marks(written: str) -> None:
    """Raised and circled digits would turn into plain ones: 95① into 951."""
    for mark in _POWER.sub("", written):
        if unicodedata.category(mark) in ("No", "Nl"):
            raise Refused(
                f"应只有数字；“{mark}”可能是注释号，也可能是数字的一部分",
                f'expected the number alone; "{mark}" may be a note mark or part of the number',
            )


def _leading(plain: str) -> tuple[str | None, str]:
    """The comparator that a text begins with, and the rest; words for reaching a level are passed over."""
    comparator = None
    while True:
        if reaching := _REACHING.match(plain):
            plain = plain[reaching.end() :].strip()
            continue
        word = _LEAD.match(plain.lower())
        if word is None or comparator is not None:
            return comparator, plain
        comparator = _BEFORE[word[0]]
        plain = plain[word.end() :].strip()


def _number(match: re.Match, plain: str) -> str:
    """The number as plain decimal text."""
    digits, power, rest = match["digits"], match["power"], match["rest"]
    if _RANGE.match(rest):
        raise Refused(
            f"应为数字；“{plain}”是一个区间，有两个数，请分两行或只写其一",
            f'expected a number; "{plain}" is a range of two',
        )
    if "±" in rest:
        raise Refused(f"应为数字；“{plain}”带有误差", f'expected a number; "{plain}" has a margin')
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "").replace(" ", "")
    elif not _PLAIN.fullmatch(digits):
        _refuse_digits(digits, plain)
    if re.fullmatch(r"0\d+(\.\d*)?", digits):
        raise Refused(
            f"应为数字；“{plain}”可读作 {digits.lstrip('0') or '0'}，也可能漏了小数点",
            f'expected a number; "{plain}" may be {digits.lstrip("0") or "0"} or lack its decimal point',
        )
    digits = digits.removesuffix(".")
    if digits.startswith("."):
        digits = "0" + digits
    if power:
        digits = f"{Decimal(digits + power):f}"
    negative = match["sign"] in ("-", "负") and Decimal(digits) != 0
    return "-" + digits if negative else digits


def _refuse_digits(digits: str, plain: str) -> NoReturn:
    """Digits that are not one number, with the numbers they may be."""
    if comma := re.fullmatch(r"(\d+),(\d+)", digits):
        one, other = ".".join(comma.groups()), "".join(comma.groups())
    elif (european := re.fullmatch(r"([\d.]+),(\d+)", digits)) and "." in european[1]:
        one, other = f"{european[1].replace('.', '')}.{european[2]}", digits.replace(",", "")
    else:
        raise Refused(
            f"应为数字；“{plain}”里有不止一个数，或分隔符有误",
            f'expected a number; "{plain}" has several, or its separators are wrong',
        )
    raise Refused(
        f"应为数字；“{plain}”可读作 {one}，也可读作 {other}",
        f'expected a number; "{plain}" may be {one} or {other}',
    )


def _trailing(rest: str, number: str, plain: str) -> tuple[str, str | None, bool]:
    """The unit, the comparator behind it, and whether the number itself is left out of it (不含)."""
    exclusive = False
    if including := _INCLUDING.search(rest):
        inner = re.sub(r"\D+$", "", including["what"]).strip()
        if including["what"] not in ("", "本数") and inner != number:
            _refuse_words(plain)
        exclusive = bool(including["without"])
        rest = rest[: including.start()] + rest[including.end() :]
    rest = rest.strip()
    match = _TAIL.search(rest.lower())
    word = match[0] if match else ""
    unit = rest[: len(rest) - len(word)].strip()
    if bracket := re.fullmatch(r"\(([^()]*)\)", unit):
        unit = bracket[1].strip()
    if re.match(r"[余多来几]", unit):
        raise Refused(
            f"应为一个确数；“{plain}”可读作约 {number}，也可读作超过 {number}",
            f'expected an exact number; "{plain}" may be about or more than {number}',
        )
    if re.search(r"[-+~<>=≥≤≈]$", unit):
        raise Refused(
            f"应把符号写在数字前；“{plain}”的“{unit[-1]}”在后，可有两种读法",
            f'expected signs before the number; "{unit[-1]}" behind it can be read in two ways',
        )
    if re.fullmatch(r"[/:]\s*\d+", unit):
        raise Refused(
            f"应为数字；“{plain}”是两个数之比", f'expected a number; "{plain}" is a ratio of two numbers'
        )
    if re.search(r"\d", _UNIT_DIGITS.sub("", unit)):
        raise Refused(f"应为数字；“{plain}”里有不止一个数", f'expected a number; "{plain}" has several')
    if re.search(r"[,;:。、\n*†‡#]", unit):
        _refuse_words(plain)
    unit = _ALIKE.get(unit.lower(), unit)
    return re.sub(r"(?<![A-Za-z]) +| +(?![A-Za-z])", "", unit), _AFTER.get(word), exclusive


def _refuse_words(plain: str) -> NoReturn:
    """A text that says more, or something else, than one figure."""
    if re.fullmatch(r"\(\s*¥?[\d.,]+\s*%?\s*\)", plain):
        inner = plain[1:-1].strip()
        raise Refused(
            f"应为数字；“{plain}”可读作 -{inner}（会计写法），也可读作 {inner}",
            f'expected a number; "{plain}" may be -{inner} (as accountants write) or {inner}',
        )
    if re.match(r"[~〜]\s*\d", plain):
        raise Refused(
            f"应为数字；“{plain}”可读作“约”，也可读作“至多”",
            f'expected a number; "{plain}" may mean about or up to',
        )
    if re.match(r"(将近|接近|近)\s*\d", plain):
        raise Refused(
            f"应为数字；“{plain}”可读作“约”，也可读作“低于”",
            f'expected a number; "{plain}" may mean about or below',
        )
    if re.match(r"[—―]+\s*\d", plain):
        raise Refused(
            f"应为数字；“{plain}”的破折号可读作负号，也可能只是横线",
            f'expected a number; the dash of "{plain}" may be a minus sign or just a dash',
        )
    if _CHANGE.match(plain) and re.search(r"\d", plain):
        raise Refused(
            f"应为数字；“{plain}”说的是变化，升为正、降为负，请写成 5 或 -5 这样的数",
            f'expected a number; "{plain}" tells of a change: write it as 5 for a rise or -5 for a fall',
        )
    raise Refused(*(sentence.replace(VALUE, plain) for sentence in NOT_ONLY.values()))
