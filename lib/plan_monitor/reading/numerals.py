"""Chinese numerals as numbers."""

import re

_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "[零〇一二三四五六七八九十百千两]"
"""The characters of a numeral below ten thousand."""


def read(numeral: str) -> str:
    """A numeral below ten thousand in digits, with the decimals behind 点; "" where it is none.

    >>> [read(numeral) for numeral in ("八十五", "一百零三", "两千", "百", "三点五", "二〇二五", "十十")]
    ['85', '103', '2000', '100', '3.5', '2025', '']
    """
    integer, _, decimals = numeral.partition("点")
    if any(character not in _DIGITS for character in decimals):
        return ""
    number = _integer(integer)
    if number is None:
        return ""
    return (
        f"{number}.{''.join(str(_DIGITS[character]) for character in decimals)}" if decimals else str(number)
    )


def _integer(numeral: str) -> int | None:
    if numeral and all(character in _DIGITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral[:12]))
    parts = re.fullmatch(
        r"(?:(?P<千>[一二两三四五六七八九]?)千)?(?:[零〇]?(?P<百>[一二两三四五六七八九]?)百)?"
        r"(?:[零〇]?(?P<十>[一二三四五六七八九]?)十)?(?:[零〇]?(?P<one>[一二三四五六七八九]))?",
        numeral,
    )
    if not numeral or parts is None:
        return None
    total = _DIGITS.get(parts["one"] or "", 0)
    for name, power in _POWERS.items():
        if parts[name] is not None:
            total += _DIGITS.get(parts[name], 1) * power
    return total
