"""How far a risk model can be trusted: fitted on earlier years, held against the last one."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.special import logit
from scipy.stats import mannwhitneyu

from plan_monitor.relapse.risk import PREDICTORS, NoModel, Risk, complete, fit, transitions
from reportkit import periods

_TENTHS = 10
_EACH = 5  # a class of the calibration holds at least so many relapses and so many others


class Trial(NamedTuple):
    """What a model fitted before a year foresaw for it."""

    period: str  # the year the predictors are of; what it foresees happens a year later
    observations: int
    events: int
    expected: float  # how many events the probabilities add up to
    auc: float  # probability that a household which fell back had a higher risk than one which did not
    auc_lower: float  # 95 % interval
    auc_upper: float
    brier: float  # mean squared error of the probabilities
    brier_constant: float  # and of giving all households the earlier years' share
    slope: float  # of the outcome on the foreseen logit: 1 where risks are spread right, less where too wide
    # classes of rising risk with households, expected and observed (shares in %) and relapsed; none where
    # fewer than five fell back
    calibration: pd.DataFrame


def out_of_sample(rows: pd.DataFrame) -> Trial:
    """Fit the risk model on all years but the last of ``transitions`` and hold it against that one.

    Raises
    ------
    NoModel
        As for ``fit``, or if there is only one year, or nobody (or everybody) fell back in the last one.

    Notes
    -----
    Sources: area under the ROC curve as Mann–Whitney statistic with the standard error of Hanley and McNeil
    (1982), *Radiology* 143; Brier (1950), *Monthly Weather Review* 78; calibration slope of Cox (1958).
    """
    rows = complete(rows)
    last = rows["period"].max()
    earlier, test = rows[rows["period"] < last], rows[rows["period"] == last]
    if earlier.empty:
        raise NoModel("one_year", "a trial needs at least two years of transitions")
    happened = test["relapsed"].to_numpy() == 1
    if not happened.any() or happened.all():
        raise NoModel("all_alike", f"after {last} all fared alike: there is nothing to hold a model against")
    risk = fit(earlier)
    foreseen = risk.probability(test[list(PREDICTORS)]).clip(1e-9, 1 - 1e-9).to_numpy()
    auc, error = _auc(foreseen, happened)
    constant = earlier["relapsed"].mean()
    slope = sm.Logit(happened.astype(float), sm.add_constant(logit(foreseen))).fit(disp=False).params[1]
    return Trial(
        period=last,
        observations=len(test),
        events=int(happened.sum()),
        expected=float(foreseen.sum()),
        auc=auc,
        auc_lower=max(auc - 1.96 * error, 0.0),
        auc_upper=min(auc + 1.96 * error, 1.0),
        brier=float(np.mean((foreseen - happened) ** 2)),
        brier_constant=float(np.mean((constant - happened) ** 2)),
        slope=float(slope),
        calibration=_calibration(foreseen, happened),
    )


def foreseeable(period: str, as_of: str) -> bool:
    """Whether the year after `period` is not over at the end of `as_of`: of a past one, nothing is foretold.

    >>> foreseeable("2023", "2024-06"), foreseeable("2023", "2024-12"), foreseeable("2023", "2025-12")
    (True, False, False)
    """
    return periods.end(as_of) < periods.end(str(int(period) + 1))


class Evaluation(NamedTuple):
    """A risk model with its trial, as far as there are."""

    risk: Risk | None
    trial: Trial | None
    reasons: dict[str, str]  # ``risk`` or ``trial`` → code of the ``NoModel`` where there is none


def evaluate(classified: pd.DataFrame) -> Evaluation:
    """Fit the risk model on all years of ``classify`` and try it on the last, as far as households allow."""
    rows = transitions(classified)
    models, reasons = {}, {}
    for name, step in (("risk", fit), ("trial", out_of_sample)):
        try:
            models[name] = step(rows)
        except NoModel as problem:
            reasons[name] = problem.reason
    return Evaluation(models.get("risk"), models.get("trial"), reasons)


def _auc(foreseen: np.ndarray, happened: np.ndarray) -> tuple[float, float]:
    """Area under the ROC curve and its standard error."""
    yes, no = int(happened.sum()), int((~happened).sum())
    auc = mannwhitneyu(foreseen[happened], foreseen[~happened]).statistic / (yes * no)
    first, second = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    variance = auc * (1 - auc) + (yes - 1) * (first - auc**2) + (no - 1) * (second - auc**2)
    return float(auc), float(np.sqrt(variance / (yes * no)))


def _calibration(foreseen: np.ndarray, happened: np.ndarray) -> pd.DataFrame:
    """Tenths of the households by rising risk, joined until each class has relapses and others enough."""
    classes, part = [], np.array([], dtype=int)
    for tenth in np.array_split(np.argsort(foreseen, kind="stable"), _TENTHS):
        part = np.concatenate([part, tenth])
        if min(happened[part].sum(), (~happened[part]).sum()) >= _EACH:
            classes.append(part)
            part = np.array([], dtype=int)
    if classes:
        classes[-1] = np.concatenate([classes[-1], part])
    rows = [
        (len(part), 100 * foreseen[part].mean(), 100 * happened[part].mean(), int(happened[part].sum()))
        for part in classes
    ]
    return pd.DataFrame(rows, columns=["households", "expected", "observed", "relapsed"])
