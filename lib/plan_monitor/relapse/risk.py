"""Risk of relapse: the probability that a household will need monitoring, and its predictors."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import expit
from statsmodels.stats.multitest import multipletests

from plan_monitor.methods.series import require_columns
from plan_monitor.relapse.firth import Firth, Measure
from plan_monitor.relapse.groups import KEY, SPENDING

# an illustrative step of each predictor, in its own unit; for lifted, households lifted against others
STEPS = {
    "margin": math.log(1.1),
    "dependency": 0.1,
    "ill": 1.0,
    "burden": 0.1,
    "wage_share": 0.1,
    "lifted": 1.0,
}
PREDICTORS = tuple(STEPS)
_CUSTOMARY = 10  # relapses for each predictor; with fewer, probabilities are unsteady


class NoModel(ValueError):
    """Why there is no model; ``reason`` is a code, and neither it nor the message reveals a count."""

    def __init__(self, reason: str, message: str):
        super().__init__(message)
        self.reason = reason


class Risk(NamedTuple):
    """A fitted risk model.

    Effects have one row a predictor: effect (mean difference of the probability, percentage points, between
    a household and the same one a step of ``STEPS`` further), lower and upper (95 % interval), p_value, and
    p_holm: adjusted for all predictors, so that the chance of finding any effect where there is none stays at
    5 %.
    """

    effects: pd.DataFrame
    observations: int  # household-years the model was fitted on
    events: int  # how many of them had to be monitored a year later
    coefficients: pd.Series  # on the logit scale: const and the predictors, of ``estimate``

    @property
    def unsteady(self) -> bool:
        """Whether there are fewer relapses (or non-relapses) than the customary ten for each predictor."""
        return min(self.events, self.observations - self.events) < _CUSTOMARY * len(PREDICTORS)

    def probability(self, rows: pd.DataFrame) -> pd.Series:
        """Probability for rows with the predictors, as of ``predictors``; 0 to 1."""
        return probability(self.coefficients, rows)


def predictors(classified: pd.DataFrame) -> pd.DataFrame:
    """Predictors of the risk of a household, all from the year itself.

    `classified` are rows of ``classify`` with workers and ill_members. Columns: margin (natural logarithm of
    net income a head over the line), dependency (share of the members who do not work), ill (members with a
    serious or chronic illness or disability), burden (spending that cannot be put off, as a share of net
    income), wage_share (wages in net income), lifted (1 if lifted out of poverty, else 0). A ValueError names
    missing columns.
    """
    needed = ("workers", "ill_members", "net_income", "line", "members", "wage", *SPENDING, "status")
    require_columns(classified, needed, "households")
    members, income = classified["members"], classified["net_income"] * classified["members"]
    with np.errstate(divide="ignore", invalid="ignore"):
        figures = {
            "margin": np.log(classified["net_income"] / classified["line"]),
            "dependency": 1 - classified["workers"] / members,
            "ill": classified["ill_members"],
            "burden": classified[list(SPENDING)].sum(axis=1) / income,
            "wage_share": classified["wage"] / income,
            "lifted": classified["status"].eq("lifted"),
        }
    return pd.DataFrame(figures, index=classified.index).astype(float)


def transitions(classified: pd.DataFrame) -> pd.DataFrame:
    """Households that are not monitored in one year, and whether they need monitoring in the next.

    `classified` are rows of ``classify`` of several years. One row for each household and year without
    monitoring and with a row for the next year: region, code, period, the predictors of that year, and
    relapsed (1 if monitored in the year after).
    """
    rows = pd.concat([classified[KEY], predictors(classified)], axis=1)[classified["group"] == "none"]
    after = classified.assign(period=(classified["period"].astype(int) - 1).astype(str))
    after = after.assign(relapsed=(after["group"] != "none").astype(float))[[*KEY, "relapsed"]]
    return rows.merge(after, on=KEY)


def complete(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``transitions`` whose predictors are all given; NoModel where there are none."""
    if rows.empty:
        raise NoModel("no_pairs", "no household has rows for two years that follow each other")
    rows = rows.dropna()
    if rows.empty:
        raise NoModel("unknown", "workers and ill_members are not known of any household")
    return rows


def design(rows: pd.DataFrame) -> np.ndarray:
    """A constant and the predictors, a row a household."""
    return np.column_stack([np.ones(len(rows)), rows[list(PREDICTORS)]])


def probability(coefficients: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """Probability, 0 to 1, that the coefficients of ``estimate`` give to rows with the predictors."""
    return pd.Series(expit(design(rows) @ coefficients), rows.index)


def estimate(rows: pd.DataFrame) -> tuple[Firth, pd.Series]:
    """The logit model of a relapse, and its coefficients for probabilities, of rows of ``complete``.

    Probabilities of penalised likelihood are too near to one half if relapses are rare; the intercept is
    corrected so that their mean is the observed share (FLIC, see ``Firth.level``). NoModel if there are no
    more relapses (or non-relapses) than predictors: with fewer than ten for each, estimates are less precise
    but still meaningful (van Smeden et al. 2016, *BMC Medical Research Methodology* 16); with no more cases
    than predictors there is too little to estimate from. NoModel too where a predictor is the same for all,
    or they depend on each other.
    """
    happened, names = rows["relapsed"].to_numpy(), list(PREDICTORS)
    if min(happened.sum(), len(happened) - happened.sum()) <= len(names):
        message = f"{len(names)} predictors need more households that fell back, and more that did not"
        raise NoModel("too_few", message)
    if not (rows[names].std() > 0).all():
        raise NoModel("no_spread", "expected predictors that are not the same for all households")
    try:
        model = Firth(design(rows), happened)
        level = model.level()
    except np.linalg.LinAlgError as problem:
        raise NoModel("no_convergence", f"the risk model cannot be fitted: {problem}") from None
    coefficients = pd.Series(model.coefficients, ["const", *names], copy=True)
    coefficients["const"] += level
    return model, coefficients


def fit(rows: pd.DataFrame) -> Risk:
    """Fit a logit model of the risk that a household without monitoring will need it a year later.

    .. math:: P(y_{t+1} = 1) = \\frac{1}{1 + e^{-(\\beta_0 + \\beta' x_t)}}, \\quad
              AME_k = \\frac{1}{n} \\sum_i P(x_i + s_k) - P(x_i)

    `rows` are of ``transitions``; those that lack a predictor are left out. Estimated by penalised
    likelihood, which works with few relapses and with separation (``Firth``). The interval of an effect and
    its p-value rest on the same profile, so that it excludes zero exactly if the p-value is below 0.05. The
    p-values are adjusted by Holm (1979), *Scandinavian Journal of Statistics* 6. NoModel if no household has
    two years that follow each other, predictors are missing, or as for ``estimate``.
    """
    rows, names = complete(rows), list(PREDICTORS)
    model, coefficients = estimate(rows)
    level, effects = coefficients["const"] - model.coefficients[0], []
    try:
        for position, name in enumerate(names, start=1):
            # lifted is a status, not a step: every household is compared as lifted and as not lifted
            before = rows.assign(lifted=0.0) if name == "lifted" else rows
            effect = _effect(design(before), position, STEPS[name], level)
            ends = model.interval(effect)
            effects.append((effect(model.coefficients)[0], *ends, model.p_value(position)))
    except np.linalg.LinAlgError as problem:
        raise NoModel("no_convergence", f"the risk model has no intervals: {problem}") from None
    table = pd.DataFrame(effects, names, ["effect", "lower", "upper", "p_value"])
    table[["effect", "lower", "upper"]] *= 100 / len(rows)
    table["p_holm"] = multipletests(table["p_value"], method="holm")[1]
    return Risk(table, len(rows), int(rows["relapsed"].sum()), coefficients)


def _effect(before: np.ndarray, position: int, step: float, level: float) -> Measure:
    """Effect of a step of a predictor on the probabilities of all households together.

    `level` is the correction of the intercept.
    """
    columns = np.ascontiguousarray(before.T)

    def effect(coefficients: np.ndarray) -> tuple[float, np.ndarray]:
        linear = coefficients @ columns + level
        low, high = expit(linear), expit(linear + step * coefficients[position])
        rise = high * (1 - high)
        gradient = columns @ (rise - low * (1 - low))
        gradient[position] += step * rise.sum()
        return float((high - low).sum()), gradient

    return effect
