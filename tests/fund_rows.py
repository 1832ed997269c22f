"""Rows of `fund` for the tests of the insurance fund: a few figures by hand, or anything at all."""

import math

import pandas as pd
from hypothesis import strategies as st

from plan_monitor.fund.common import COMPONENTS, Common, Correlation
from plan_monitor.methods.outlook import Typical
from plan_monitor.methods.spread import Usual

FIGURES = ["enrollees", "workers", "retirees", "income", "expenditure", "period_balance", "balance"]
MARKS = ["one_off", "new_scope"]


def row(period, income=math.nan, expenditure=math.nan, balance=math.nan, **given):
    """A final row of grade A of the fund "all" of the region "R", but for what is given."""
    period = str(period)
    found = {
        "region": "R",
        "scheme": "all",
        "period": period,
        "basis": "final",
        "unit": "万元",
        "quality": "A",
    }
    found |= dict.fromkeys(FIGURES, math.nan) | dict.fromkeys(MARKS)
    found |= {"income": income, "expenditure": expenditure, "balance": balance} | given
    return {"id": f"{found['scheme']}-{period.replace('/', '-')}-{found['basis']}", **found}


def rows(*given):
    table = pd.DataFrame(list(given))
    return table.astype(dict.fromkeys(FIGURES, float) | dict.fromkeys(MARKS, object))


def years(income, expenditure, first=2020, reserve=100.0, one_off=None, new_scope=None, **columns):
    """A row a year; the reserve is `reserve` before the first year and adds up. Marks: column by year."""
    found = []
    for number, (received, spent) in enumerate(zip(income, expenditure, strict=True)):
        year = first + number
        reserve += 0.0 if math.isnan(received - spent) else received - spent
        marks = {"one_off": (one_off or {}).get(year), "new_scope": (new_scope or {}).get(year)}
        others = {name: values[number] for name, values in columns.items() if isinstance(values, list)}
        same = {name: value for name, value in columns.items() if not isinstance(value, list)}
        found.append(row(year, received, spent, reserve, **marks, **others, **same))
    return rows(*found)


def steady(people=1.0, income=1.0, expenditure=1.0):
    """Funds that grow by these factors every year, always: what is projected by them is one path."""
    growth = {
        name: math.log(rate) for name, rate in zip(COMPONENTS, (people, income, expenditure), strict=True)
    }
    never = Usual(1e-20, 1e9)
    typical = {name: Typical(rate, 0.0, 0.6, never) for name, rate in growth.items()}
    return Common(typical, growth, Correlation(0.0, 0.0, 0), 1)


@st.composite
def funds(draw, widest=4):
    """Three to eight years of a fund, with marks and gaps; figures of up to `widest` powers of ten."""
    size = 10.0 ** draw(st.integers(-1, 6))
    figure = st.floats(0, widest).map(lambda power: float(f"{size * 10**power:.6g}"))
    mark = st.sampled_from([None] * 12 + ["income", "expenditure", "enrollees", "income expenditure"])
    found = []
    for year in range(2017, 2017 + draw(st.integers(3, 8))):
        missing = draw(st.sampled_from([()] * 10 + [("income",), ("enrollees",), ("income", "expenditure")]))
        given = {name: draw(figure) for name in ("enrollees", "income", "expenditure", "balance")}
        given |= dict.fromkeys(missing, math.nan)
        found.append(row(year, **given, one_off=draw(mark), new_scope=draw(mark)))
    if draw(st.booleans()):  # enrolment that nobody published
        found = [one | {"enrollees": math.nan} for one in found]
    return rows(*found)
