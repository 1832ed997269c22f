"""Who may be next: how probably a household will have to be monitored, and how far that can be trusted."""

import warnings
from typing import NamedTuple

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.special import logit
from scipy.stats import mannwhitneyu
from statsmodels.discrete.discrete_model import BinaryResultsWrapper
from statsmodels.stats.multitest import multipletests
from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationWarning

from plan_monitor.methods.series import require_columns
from plan_monitor.relapse.groups import KEY, SPENDING
from reportkit import periods

PREDICTORS = ("margin", "dependency", "ill", "burden", "wage_share", "lifted")
_EVENTS = 10  # for each predictor, or the coefficients cannot be trusted
_TENTHS = 10
_EACH = 5  # a class of the calibration holds at least so many relapses and so many others


class NoModel(ValueError):
    """Why there is no model; ``reason`` is its code, and neither it nor the message betrays a count."""

    def __init__(self, reason: str, message: str):
        super().__init__(message)
        self.reason = reason


class Risk(NamedTuple):
    """A fitted risk model.

    Effects have one row a predictor: effect (average marginal effect, percentage points of probability for
    one unit more), lower and upper (95 % interval), p_value, and p_holm: adjusted for all predictors, so that
    the chance of calling any of them an effect where none is stays at 5 %.
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

    Of ``transitions``; those that lack a predictor are left out. NoModel if no household has two years that
    follow each other, predictors are missing, there are fewer than ten relapses (or others) for each of them
    (Peduzzi et al. 1996, *Journal of Clinical Epidemiology* 49), one is the same for all or the model does
    not converge. The p-values are adjusted by Holm (1979), *Scandinavian Journal of Statistics* 6.
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

    NoModel as for ``fit``, or if there is only one year, or nobody (or everybody) fell back in the last one.
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
    """Whether the year after `period` is not over at the end of `as_of`: else nothing is foretold."""
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
    table = pd.DataFrame({"households": [len(part) for part in classes]})
    table["expected"] = [100 * foreseen[part].mean() for part in classes]
    table["observed"] = [100 * happened[part].mean() for part in classes]
    return table.assign(relapsed=[int(happened[part].sum()) for part in classes])
