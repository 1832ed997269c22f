"""A number without its sign, laid out as a number format says."""

from decimal import ROUND_HALF_UP, Context, Decimal

from plan_monitor.grid.content import DIGITS, general
from plan_monitor.grid.formats import Plain

_ROUND = Context(prec=400, rounding=ROUND_HALF_UP)


def laid_out(value: float, plain: Plain) -> str:
    """A number without its sign in one of the usual formats, which show the figure itself."""
    scaled = Decimal(f"{value:.{DIGITS}g}").scaleb(2 * plain.percents)
    rounded = scaled.quantize(Decimal(1).scaleb(-plain.decimals), context=_ROUND)
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
