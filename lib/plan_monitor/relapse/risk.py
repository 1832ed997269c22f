"""Who may be next: the probability that a household which is not monitored will have to be, a year on."""

import warnings
from typing import NamedTuple

import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.discrete.discrete_model import BinaryResultsWrapper
from statsmodels.stats.multitest import multipletests
from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationWarning

from plan_monitor.methods.series import require_columns
from plan_monitor.relapse.households import KEY, SPENDING

PREDICTORS = ("margin", "dependency", "ill", "burden", "wage_share", "lifted")
_EVENTS = 10  # for each predictor, or the coefficients cannot be trusted


class NoModel(ValueError):
    """Why there is no model; ``reason`` is its code, and neither it nor the message betrays a count."""

    def __init__(self, reason: str, message: str):
        super().__init__(message)
        self.reason = reason


class Risk(NamedTuple):
    """A fitted risk model.

    Effects have one row a predictor: effect (average marginal effect, percentage points of probability for
    one unit more), lower and upper (95 % interval), p_value, and p_holm: adjusted for the tests of all
    predictors, so that the chance of calling any of them an effect where none is stays at 5 % (Holm 1979).
    """

    effects: pd.DataFrame
    observations: int  # household-years the model was fitted on
    events: int  # how many of them had to be monitored a year later
    result: BinaryResultsWrapper  # of statsmodels, with everything else

    def probability(self, rows: pd.DataFrame) -> pd.Series:
        """Probability for rows with the predictors, as of ``predictors``; 0 to 1."""
        return self.result.predict(sm.add_constant(rows[list(PREDICTORS)], has_constant="add"))


def predictors(classified: pd.DataFrame) -> pd.DataFrame:
    """What the risk of a household is judged by, all of it of the year itself.

    Of rows of ``classify`` with workers and ill_members: margin (natural logarithm of net income a head over
    the line), dependency (share of the members who do not work), ill (members with a serious or chronic
    illness or disability), burden (spending that cannot be put off, as a share of net income), wage_share
    (wages in net income), lifted (1 if lifted out of poverty, else 0). A ValueError names missing columns.

    Examples
    --------
    >>> row = {"net_income": 12000.0, "line": 6000.0, "members": 4, "workers": 2, "ill_members": 1}
    >>> row |= {"wage": 24000.0, "medical": 4800.0, "education": 0.0, "disaster": 0.0, "status": "lifted"}
    >>> predictors(pd.DataFrame([row])).round(3).values.tolist()
    [[0.693, 0.5, 1.0, 0.1, 0.5, 1.0]]
    """
    needed = ("workers", "ill_members", "net_income", "line", "members", "wage", *SPENDING, "status")
    require_columns(classified, needed, "households")
    members = classified["members"]
    income = classified["net_income"] * members
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
    """Households that are not monitored in a year and have a row for the next, and whether they are then.

    Of rows of ``classify`` of several years: one row a household and year without monitoring with region,
    code, period, the predictors of that year, and relapsed (1 if monitored in the year after).
    """
    rows = pd.concat([classified[KEY], predictors(classified)], axis=1)[classified["group"] == "none"]
    after = classified.assign(period=(classified["period"].astype(int) - 1).astype(str))
    after = after.assign(relapsed=(after["group"] != "none").astype(float))[[*KEY, "relapsed"]]
    return rows.merge(after, on=KEY)


def complete(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``transitions`` whose predictors are all given; NoModel where there are none."""
    if rows.empty:
        raise NoModel("no_pairs", "no household has rows for two years that follow each other")
    rows = rows.dropna().reset_index(drop=True)
    if rows.empty:
        raise NoModel("unknown", "workers and ill_members are not known of any household")
    return rows


def fit(rows: pd.DataFrame) -> Risk:
    """Fit a logit model of the risk that a household which is not monitored will have to be a year later.

    .. math:: P(y_{t+1} = 1) = \\frac{1}{1 + e^{-(\\beta_0 + \\beta' x_t)}}, \\quad
              AME_k = \\frac{1}{n} \\sum_i p_i (1 - p_i)\\, \\beta_k

    Parameters
    ----------
    rows : DataFrame
        Of ``transitions``; those that lack a predictor are left out.

    Raises
    ------
    NoModel
        If no household has two years that follow each other, predictors are missing, there are fewer than ten
        relapses (or others) for each of them, one is the same for all or the model does not converge.

    Notes
    -----
    Sources: logit, marginal effects and adjusted p-values by statsmodels; Holm (1979), *Scandinavian Journal
    of Statistics* 6; ten events for each predictor: Peduzzi et al. (1996), *Journal of Clinical Epidemiology*
    49.
    """
    rows, names = complete(rows), list(PREDICTORS)
    events, needed = int(rows["relapsed"].sum()), _EVENTS * len(names)
    if min(events, len(rows) - events) < needed:
        message = f"{len(names)} predictors need {needed} households that fell back and as many that did not"
        raise NoModel("too_few", message)
    if not (rows[names].std() > 0).all():
        raise NoModel("no_spread", "expected predictors that are not the same for all households")
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        warnings.simplefilter("error", PerfectSeparationWarning)
        try:
            result = sm.Logit(rows["relapsed"], sm.add_constant(rows[names])).fit(disp=False)
        except (ConvergenceWarning, PerfectSeparationWarning, np.linalg.LinAlgError) as problem:
            raise NoModel("no_convergence", f"the risk model cannot be fitted: {problem}") from None
    effect, _, _, p_value, lower, upper = result.get_margeff(at="overall").summary_frame().to_numpy().T
    effects = pd.DataFrame({"effect": 100 * effect, "lower": 100 * lower, "upper": 100 * upper}, index=names)
    effects = effects.assign(p_value=p_value, p_holm=multipletests(p_value, method="holm")[1])
    return Risk(effects, len(rows), events, result)
