"""What the risk model foresaw is held against what happened, with intervals that few cases widen."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.special import expit, logit
from scipy.stats import t

from plan_monitor import relapse
from plan_monitor.relapse.risk import estimate, probability
from plan_monitor.relapse.trial import _auc


@pytest.fixture(scope="module")
def rows(generator, sample):
    return relapse.transitions(relapse.classify(sample, generator.LINE))


@pytest.fixture(scope="module")
def foreseen(rows):
    """What the model of the first year foresees for the second."""
    _, coefficients = estimate(rows[rows["period"] < "2022"].reset_index(drop=True))
    return probability(coefficients, rows[rows["period"] == "2022"])


def with_relapses(rows, of_2022):
    """The rows with other outcomes of the last year."""
    return rows.assign(relapsed=rows["relapsed"].where(rows["period"] < "2022", of_2022.astype(float)))


def test_the_trial_is_out_of_sample_and_better_than_a_constant(rows):
    trial = relapse.out_of_sample(rows)
    assert trial.period == "2022"
    assert trial.observations == (rows["period"] == "2022").sum()
    assert 0.65 < trial.auc.lower < trial.auc.value < trial.auc.upper < 0.95
    assert trial.brier < trial.brier_constant
    # what happens in the tested year leaves the model it is tested with alone
    turned = relapse.out_of_sample(with_relapses(rows, 1 - rows["relapsed"]))
    assert turned.auc.value == pytest.approx(1 - trial.auc.value)
    assert turned.expected == trial.expected


def test_tenths_are_joined_until_each_class_has_five_relapses_and_five_others(rows):
    trial = relapse.out_of_sample(rows)
    classes = trial.calibration
    assert classes["households"].sum() == trial.observations
    assert classes["relapsed"].sum() == trial.events
    assert classes["relapsed"].min() == 5
    assert (classes["households"] - classes["relapsed"]).min() >= 5
    assert classes["first"].tolist() == [1, *(classes["last"].iloc[:-1] + 1)]
    assert classes["last"].iloc[-1] == 10
    assert len(classes) == 7
    assert relapse.out_of_sample(rows, 8).calibration["relapsed"].min() >= 8
    assert trial.expected == pytest.approx((classes["households"] * classes["expected"] / 100).sum())
    assert classes["expected"].is_monotonic_increasing
    last = classes.iloc[-1]
    assert last["observed"] == pytest.approx(100 * last["relapsed"] / last["households"])


def test_where_most_fell_back_it_is_the_others_of_whom_each_class_has_five(rows):
    turned = relapse.out_of_sample(with_relapses(rows, 1 - rows["relapsed"])).calibration
    assert (turned["households"] - turned["relapsed"]).min() >= 5
    assert (turned["relapsed"] > turned["households"] / 2).all()


def test_an_observed_share_has_the_interval_of_wilson(rows):
    """Wilson (1927): the shares p whose distance from the observed one is 1.96 standard errors of p."""
    classes = relapse.out_of_sample(rows).calibration
    for end in ("lower", "upper"):
        share, n = classes[end] / 100, classes["households"]
        distance = (classes["observed"] / 100 - share).abs() / np.sqrt(share * (1 - share) / n)
        assert distance.tolist() == pytest.approx([1.96] * len(classes), abs=1e-4)
    assert (classes["lower"] < classes["observed"]).all()
    assert (classes["observed"] < classes["upper"]).all()


def test_calibration_in_the_large_is_the_shift_that_makes_the_total_right(rows, foreseen):
    trial = relapse.out_of_sample(rows)
    right = expit(logit(foreseen) + trial.large.value)
    assert right.sum() == pytest.approx(trial.events)
    error = 1 / np.sqrt((right * (1 - right)).sum())
    assert trial.large.lower == pytest.approx(trial.large.value - 1.96 * error, abs=1e-4)
    assert trial.large.upper == pytest.approx(trial.large.value + 1.96 * error, abs=1e-4)
    assert trial.large.value > 0  # 109 fell back, 89 were foreseen


def test_the_slope_is_that_of_maximum_likelihood_where_cases_are_many(rows, foreseen):
    slope = relapse.out_of_sample(rows).slope
    happened = rows.loc[rows["period"] == "2022", "relapsed"].to_numpy()
    known = sm.Logit(happened, sm.add_constant(logit(foreseen.to_numpy()))).fit(disp=False)
    assert slope.value == pytest.approx(known.params[1], abs=0.01)
    assert (slope.lower, slope.upper) == pytest.approx(tuple(known.conf_int()[1]), abs=0.03)


def test_relapses_foreseen_without_a_fault_have_a_slope_and_an_auc_but_no_interval_of_it(rows, foreseen):
    top = foreseen.nlargest(6).index
    trial = relapse.out_of_sample(with_relapses(rows, rows.index.to_series().isin(top)))
    assert trial.auc.value == 1
    assert np.isnan([trial.auc.lower, trial.auc.upper]).all()
    assert 1 < trial.slope.lower < trial.slope.value < trial.slope.upper < np.inf
    assert len(trial.calibration) == 1


def test_a_trial_of_fewer_than_five_relapses_or_others_is_none(rows, foreseen):
    some = foreseen.index[:5]
    five = with_relapses(rows, rows.index.to_series().isin(some))
    assert relapse.out_of_sample(five).events == 5
    for spoilt, smallest in (
        (with_relapses(rows, rows.index.to_series().isin(some[:4])), 5),
        (with_relapses(rows, ~rows.index.to_series().isin(some[:4])), 5),
        (with_relapses(rows, pd.Series(0.0, rows.index)), 5),
        (five, 6),
    ):
        with pytest.raises(relapse.NoModel) as error:
            relapse.out_of_sample(spoilt, smallest)
        assert error.value.reason == "few_tried"


def test_an_auc_and_its_interval_by_hand():
    # of 2 × 3 pairs, the one that fell back had the higher risk in 4 and the same in 1
    auc = _auc(np.array([0.9, 0.3, 0.3, 0.2, 0.5]), np.array([True, True, False, False, False]))
    assert auc.value == pytest.approx(4.5 / 6)
    # shares of the others below each of the two: 1, 1/2; of the two above each other: 3/4, 1, 1/2
    first, second = 0.125 / 2, 0.0625 / 3
    freedom = (first + second) ** 2 / (first**2 / 1 + second**2 / 2)
    reach = t.ppf(0.975, freedom) * np.sqrt(first + second) / (0.75 * 0.25)
    assert auc.lower == pytest.approx(expit(np.log(3) - reach))
    assert auc.upper == pytest.approx(expit(np.log(3) + reach))


def test_the_standard_error_of_an_auc_is_the_published_one():
    """Ratings of 109 images, Hanley and McNeil (1982), Radiology 143; DeLong's error as Stata's roctab has it."""
    normal, abnormal = (33, 6, 6, 11, 2), (3, 2, 2, 11, 33)
    ratings = np.concatenate([np.repeat(range(1, 6), normal), np.repeat(range(1, 6), abnormal)])
    auc = _auc(ratings.astype(float), np.repeat([False, True], [58, 51]))
    assert auc.value == pytest.approx(0.8932, abs=5e-5)
    width = (logit(auc.upper) - logit(auc.lower)) / 2 * auc.value * (1 - auc.value)
    assert width / t.ppf(0.975, 100) == pytest.approx(0.0307, abs=1e-4)  # about 100 degrees of freedom


@pytest.mark.slow
def test_the_interval_of_an_auc_holds_with_few_cases():
    """Ten cases among a thousand, their normal distribution a standard deviation above that of the others."""
    chance, held = np.random.default_rng(7), []
    happened = np.arange(1000) < 10
    for _ in range(400):
        auc = _auc(chance.normal(size=1000) + happened, happened)
        held.append(auc.lower < 0.76025 < auc.upper)  # the normal distribution at 1 / √2
    assert 0.92 <= np.mean(held) <= 0.98


@pytest.mark.parametrize(
    ("as_of", "ahead"),
    [
        ("2023-12", True),
        ("2024-01", True),
        ("2024-11", True),
        ("2024-12", False),
        ("2024", False),
        ("2025-12", False),
    ],
)
def test_only_a_year_that_is_not_over_can_be_foretold(as_of, ahead):
    assert relapse.foreseeable("2023", as_of) == ahead
