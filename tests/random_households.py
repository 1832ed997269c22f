"""Counties of a few households, drawn at random: most of their cells are small; and years of some, to fit a risk."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from scipy.special import expit

LINE = {"2022": 6000.0, "2023": 6500.0}


@st.composite
def counties(draw):
    """Households of two years in up to three townships, near the monitoring line on either side."""
    rows = []
    yuan = st.sampled_from([0, 2000, 6000, 12000, 30000])
    for number in range(draw(st.integers(1, 36))):
        same = {"code": f"H{number}", "region": "R", "township": draw(st.sampled_from(["T1", "T2", "T3"]))}
        same |= {"status": draw(st.sampled_from(["lifted", "other"])), "members": draw(st.integers(1, 3))}
        same |= {"workers": draw(st.integers(0, 1)), "ill_members": draw(st.integers(0, 1))}
        same |= {"monitored": draw(st.sampled_from([None, None, "unstable", "hardship"]))}
        same |= {
            name: draw(st.sampled_from(["yes", "yes", "no"]))
            for name in ("school", "insured", "housing", "water")
        }
        for year in LINE:
            incomes = {name: float(draw(yuan)) for name in ("wage", "business", "transfer")}
            spent = {"medical": float(draw(yuan)), "education": 0.0, "disaster": 0.0}
            rows.append(same | {"period": year, "property": 0.0} | incomes | spent)
    return pd.DataFrame(rows)


def transitions(number, seed, period="2021"):
    """Households of a year that are not monitored: their predictors, and which of them are a year later."""
    chance = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "margin": chance.uniform(0, 1.2, number),
            "dependency": chance.choice([0, 0.25, 0.5, 0.75], number),
            "ill": chance.choice([0.0, 1.0, 2.0], number),
            "burden": chance.uniform(0, 0.4, number),
            "wage_share": chance.uniform(0.1, 0.9, number),
            "lifted": chance.choice([0.0, 1.0], number),
        }
    )
    linear = rows @ pd.Series(
        {"margin": -1.2, "dependency": 1, "ill": 0.6, "burden": 2, "wage_share": -0.5, "lifted": 0.8}
    )
    codes = [f"{period}-{n}" for n in range(number)]
    relapsed = (chance.uniform(size=number) < expit(linear - 1.5)).astype(float)
    return rows.assign(region="R", code=codes, period=period, relapsed=relapsed)
