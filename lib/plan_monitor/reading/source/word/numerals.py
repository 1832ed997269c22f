"""Numbers as the formats of Word's lists write them."""

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = [
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
]  # fmt: skip
_COUNTING = frozenset(
    ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
     "japaneseCounting", "koreanCounting", "ideographTraditionalCounting")
)  # fmt: skip


def format_number(number: int, form: str) -> str:
    """A number from 0 to 9999 in a format of ECMA-376 (17.18.59); others as digits.

    >>> [format_number(number, "chineseCounting") for number in (1, 10, 12, 20, 105)]
    ['一', '十', '十二', '二十', '一百〇五']
    >>> numbers = {"decimalEnclosedCircleChinese": 3, "upperRoman": 4, "lowerLetter": 28}
    >>> [format_number(number, form) for form, number in numbers.items()]
    ['③', 'IV', 'bb']
    """
    if not 0 < number < 10_000:
        return str(number)
    if form in _COUNTING:
        return _counting(number, _DIGITS, "十百千", short=True)
    if form == "chineseLegalSimplified":
        return _counting(number, _LEGAL, "拾佰仟", short=False)
    if form == "ideographDigital":
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(0x2460 + number - 1)
    if form == "decimalEnclosedParen" and number <= 20:
        return chr(0x2474 + number - 1)
    if form == "decimalEnclosedFullstop" and number <= 20:
        return chr(0x2488 + number - 1)
    if form == "decimalZero":
        return f"{number:02}"
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.upper() if form == "upperRoman" else roman
    if form == "ideographTraditional":
        return _STEMS[(number - 1) % 10]
    if form == "ideographZodiac":
        return _BRANCHES[(number - 1) % 12]
    return str(number)


def _counting(number: int, digits: str, units: str, short: bool) -> str:
    """A number as it is read aloud; `short` leaves out the one before ten."""
    parts, zero = [], False
    places = str(number)
    for at, digit in enumerate(places):
        unit = len(places) - at - 1
        if digit == "0":
            zero = True
            continue
        if zero:
            parts.append(digits[0])
            zero = False
        parts.append(digits[int(digit)] + (units[unit - 1] if unit else ""))
    text = "".join(parts)
    return text[1:] if short and 10 <= number < 20 else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text
