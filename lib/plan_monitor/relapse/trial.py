"""How far the risk model can be trusted: its predictions for a year it has not seen, and the outcome."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.special import expit, logit
from scipy.stats import t
from statsmodels.stats.nonparametric import rank_compare_2indep
from statsmodels.stats.proportion import proportion_confint

from plan_monitor.methods.disclosure import SMALLEST
from plan_monitor.relapse.firth import Firth
from plan_monitor.relapse.risk import NoModel, Risk, complete, estimate, fit, probability, transitions
from reportkit import periods

_TENTHS = 10


class Within(NamedTuple):
    """A figure and its 95 % interval, NaN where none can be computed."""

    value: float
    lower: float
    upper: float


class Trial(NamedTuple):
    """Predictions for a year by a model fitted on the years before, compared with the outcome."""

    period: str  # year of the predictors; the outcome is that of a year later
    observations: int
    events: int
    expected: float  # sum of the probabilities, in events
    auc: Within  # probability that a household that fell back had a higher risk than one that did not
    brier: float  # mean squared error of the probabilities
    brier_constant: float  # the same if every household had the share of earlier years
    large: Within  # calibration in the large: 0 is right, above 0 too few events were predicted
    slope: Within  # of the outcome on the predicted logit: 1 is right, less if risks are spread too wide
    # tenths of the households by rising risk, joined where needed: first and last of them, households,
    # relapsed, expected and observed (shares in %), lower and upper (95 % interval of the observed one)
    calibration: pd.DataFrame


def out_of_sample(rows: pd.DataFrame, smallest: int = SMALLEST) -> Trial:
    """Fit the risk model on all years but the last of ``transitions``, and test it on the last.

    NoModel as for ``fit``, or if there is only one year, or fewer than `smallest` households fell back in the
    last one (or did not), whom the figures could reveal. Sources: Brier (1950), *Monthly Weather Review*
    78; calibration in the large and slope of Cox (1958), *Biometrika* 45, the slope by penalised likelihood,
    which keeps it finite if the few cases are perfectly separated; observed shares with the interval of
    Wilson (1927), *Journal of the American Statistical Association* 22; area under the ROC curve as ``_auc``.
    """
    rows = complete(rows)
    last = rows["period"].max()
    earlier, test = rows[rows["period"] < last], rows[rows["period"] == last]
    if earlier.empty:
        raise NoModel("one_year", "a trial needs at least two years of transitions")
    happened = test["relapsed"].to_numpy() == 1
    if min(happened.sum(), (~happened).sum()) < smallest:
        raise NoModel("few_tried", f"after {last} too few fell back, or did not, to hold a model against")
    _, coefficients = estimate(earlier)
    foreseen = np.clip(probability(coefficients, test).to_numpy(), 1e-9, 1 - 1e-9)
    constant = earlier["relapsed"].mean()
    return Trial(
        period=last,
        observations=len(test),
        events=int(happened.sum()),
        expected=float(foreseen.sum()),
        auc=_auc(foreseen, happened),
        brier=float(np.mean((foreseen - happened) ** 2)),
        brier_constant=float(np.mean((constant - happened) ** 2)),
        large=_large(logit(foreseen), happened),
        slope=_slope(logit(foreseen), happened),
        calibration=_calibration(foreseen, happened, smallest),
    )


def foreseeable(period: str, as_of: str) -> bool:
    """Whether the year after `period` is not yet over at the end of `as_of`; else nothing is predicted."""
    return periods.end(as_of) < periods.end(str(int(period) + 1))


class Evaluation(NamedTuple):
    """A risk model and its trial, each if there is one."""

    risk: Risk | None
    trial: Trial | None
    reasons: dict[str, str]  # ``risk`` or ``trial`` → code of the ``NoModel`` where there is none


def evaluate(classified: pd.DataFrame, smallest: int = SMALLEST) -> Evaluation:
    """Fit the risk model on all years of ``classify`` and try it on the last, as far as households allow.

    The trial reveals no number of households below `smallest`.
    """
    rows = transitions(classified)
    models, reasons = {}, {}
    for name, step in (("risk", fit), ("trial", lambda rows: out_of_sample(rows, smallest))):
        try:
            models[name] = step(rows)
        except NoModel as problem:
            reasons[name] = problem.reason
    return Evaluation(models.get("risk"), models.get("trial"), reasons)


def _auc(foreseen: np.ndarray, happened: np.ndarray) -> Within:
    """Area under the ROC curve; without an interval if ranks separate all relapses from all others.

    The variance of DeLong, DeLong and Clarke-Pearson (1988), *Biometrics* 44; on the logit scale, as Pepe
    (2003), *The statistical evaluation of medical tests*, so that it stays below 1; with the degrees of
    freedom of Brunner and Munzel (2000), *Biometrical Journal* 42, as few cases need.
    """
    with np.errstate(divide="ignore", invalid="ignore"):  # where nothing varies
        ranks = rank_compare_2indep(foreseen[happened], foreseen[~happened])
        auc = float(ranks.prob1)
        ends = t.interval(0.95, ranks.df, logit(auc), np.sqrt(ranks.var_prob) / (auc * (1 - auc)))
    return Within(auc, *expit(ends).tolist())


def _large(foreseen: np.ndarray, happened: np.ndarray) -> Within:
    """Calibration in the large: intercept of the outcome with the predicted logits as offset."""
    constant = np.ones((len(foreseen), 1))
    fitted = sm.GLM(happened.astype(float), constant, sm.families.Binomial(), offset=foreseen).fit()
    (level,), (ends,) = fitted.params.tolist(), fitted.conf_int().tolist()
    return Within(level, *ends)


def _slope(foreseen: np.ndarray, happened: np.ndarray) -> Within:
    """Calibration slope: coefficient of the outcome on the predicted logits."""
    model = Firth(np.column_stack([np.ones(len(foreseen)), foreseen]), happened)
    gradient = np.eye(2)[1]
    return Within(float(model.coefficients[1]), *model.interval(lambda beta: (beta[1], gradient)))


def _calibration(foreseen: np.ndarray, happened: np.ndarray, smallest: int) -> pd.DataFrame:
    """Tenths of the households by rising risk, joined until each class has enough relapses and others."""
    classes, parts = [], []
    for position, tenth in enumerate(np.array_split(np.argsort(foreseen, kind="stable"), _TENTHS), start=1):
        parts.append((position, tenth))
        part = np.concatenate([tenth for _, tenth in parts])
        if min(happened[part].sum(), (~happened[part]).sum()) >= smallest:
            classes.append(parts)
            parts = []
    classes[-1] += parts  # all of them together have enough, so there is at least one class
    rows = []
    for parts in classes:
        part = np.concatenate([tenth for _, tenth in parts])
        relapsed, households = int(happened[part].sum()), len(part)
        expected, observed = 100 * foreseen[part].mean(), 100 * relapsed / households
        lower, upper = proportion_confint(relapsed, households, method="wilson")
        ends = (parts[0][0], parts[-1][0])
        rows.append((*ends, households, relapsed, expected, observed, 100 * lower, 100 * upper))
    names = ["first", "last", "households", "relapsed", "expected", "observed", "lower", "upper"]
    return pd.DataFrame(rows, columns=names)
