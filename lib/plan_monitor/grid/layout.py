"""A number without its sign, laid out as a number format says."""

from decimal import ROUND_HALF_UP, Context, Decimal

from plan_monitor.grid.content import DIGITS, general
from plan_monitor.grid.formats import Plain

_ROUND = Context(prec=400, rounding=ROUND_HALF_UP)


def laid_out(value: float, plain: Plain) -> str:
    """A number without its sign in one of the usual formats, which show the figure itself."""
    scaled = Decimal(f"{value:.{DIGITS}g}").scaleb(2 * plain.percents)
    rounded = _rounded(scaled, plain.decimals)
    return f"{'-' * plain.minus}{rounded:{',' * plain.grouped}f}{'%' * plain.percents}"


def in_places(value: Decimal, tokens: list[tuple[str, str]]) -> str:
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
    integers = [place for place in places if place < point]
    decimals = [place for place in places if point < place < end]
    powers = [place for place in places if place > end]
    commas = [place for place, token in enumerate(tokens[:end]) if token == ("sign", ",") and places]
    scaling = [
        place
        for place in commas
        if not any(place < other < (point if place < point else end) for other in places)
    ]
    percents = tokens.count(("sign", "%"))
    value = value.scaleb(2 * percents - 3 * len(scaling))
    power = 0
    if powers:
        power = _power(value, max(1, len(integers)), len(decimals))
        value = value.scaleb(-power)
    if not places:
        return "".join(part for kind, part in tokens if kind == "literal" or part == "%")
    rounded = f"{_rounded(value, len(decimals)):f}"
    integer, _, fraction = rounded.partition(".")
    texts = dict(enumerate(part if kind == "literal" or part == "%" else "" for kind, part in tokens))
    grouped = any(place not in scaling for place in commas)
    texts |= _spread(integer.lstrip("0"), [(place, tokens[place][1]) for place in integers], grouped)
    if point < end:
        texts[point] = (integer.lstrip("0") if not integers else "") + "."
    length = len(fraction)
    while length and fraction[length - 1] == "0" and tokens[decimals[length - 1]][1] != "0":
        length -= 1
    texts |= {place: fraction[i] if i < length else "" for i, place in enumerate(decimals)}
    if powers:
        texts[end] = "E" + ("-" if power < 0 else "+" if tokens[end][1][1] == "+" else "")
        texts |= _spread(str(abs(power)), [(place, tokens[place][1]) for place in powers], False)
    return "".join(texts[place] for place in range(len(tokens)))


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(f"1E-{decimals}"), context=_ROUND)


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
    texts = {}
    for count, (place, sign) in enumerate(reversed(places)):
        last = count == len(places) - 1
        part = digits if last and digits else digits[-1:]
        digits = digits[: -len(part)] if part else ""
        part = part or ("0" if sign == "0" else "")
        pieces = [
            char + ("," if grouped and (count + offset) % 3 == 0 and count + offset else "")
            for offset, char in enumerate(reversed(part))
        ]
        texts[place] = "".join(reversed(pieces))
    return texts
