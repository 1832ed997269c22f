"""What the risk model foresaw is held against what happened, with intervals that few cases widen."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.optimize import brentq
from scipy.special import expit, logit
from scipy.stats import t

from plan_monitor import relapse
from plan_monitor.relapse.firth import Firth
from plan_monitor.relapse.risk import estimate, probability
from plan_monitor.relapse.trial import _auc
from random_households import transitions


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


@pytest.fixture(scope="module")
def few():
    """120 households of one year, 73 of the next, of whom 28 fell back."""
    return pd.concat([transitions(120, 1, "2021"), transitions(73, 21, "2022")], ignore_index=True)


@pytest.fixture(scope="module")
def tried(few):
    """What the model of the first year says of the second, and what happened."""
    test = few[few["period"] == "2022"]
    chances = relapse.fit(few[few["period"] == "2021"]).probability(test)
    return chances.to_numpy(), test["relapsed"].to_numpy()


def test_what_a_model_foresaw_of_a_few_is_counted_household_by_household(few, tried):
    chances, happened = tried
    trial = relapse.out_of_sample(few)
    assert (trial.period, trial.observations, trial.events) == ("2022", 73, happened.sum())
    assert trial.expected == pytest.approx(chances.sum())
    assert trial.brier == pytest.approx(((chances - happened) ** 2).mean())
    share = few.loc[few["period"] == "2021", "relapsed"].mean()
    assert trial.brier_constant == pytest.approx(((share - happened) ** 2).mean())
    pairs = chances[happened == 1][:, None] - chances[happened == 0]
    assert trial.auc.value == pytest.approx((pairs > 0).mean())


def test_of_a_few_the_shift_and_the_slope_are_of_the_logits(few, tried):
    chances, happened = tried
    trial, logits = relapse.out_of_sample(few), logit(chances)
    shift = brentq(lambda level: expit(logits + level).sum() - happened.sum(), -5, 5)
    right = expit(logits + shift)
    reach = 1.959964 / np.sqrt((right * (1 - right)).sum())
    assert trial.large == pytest.approx((shift, shift - reach, shift + reach), abs=1e-5)
    model = Firth(np.column_stack([np.ones(73), logits]), happened)
    ends = model.interval(lambda beta: (beta[1], np.eye(2)[1]))
    assert trial.slope == pytest.approx((model.coefficients[1], *ends))


@pytest.mark.parametrize("smallest", [4, 5, 6])
def test_tenths_of_a_few_are_joined_from_the_lowest_risk_and_what_is_left_goes_to_the_last(
    few, tried, smallest
):
    chances, happened = tried
    tenths = np.array_split(np.argsort(chances, kind="stable"), 10)  # of 8, 8, 8, 7 … households
    expected, first = [], 1
    for place in range(1, 11):
        together = np.concatenate(tenths[first - 1 : place])
        relapsed = happened[together].sum()
        if min(relapsed, len(together) - relapsed) >= smallest:
            expected.append((first, place))
            first = place + 1
    expected[-1] = (expected[-1][0], 10)
    table = relapse.out_of_sample(few, smallest).calibration
    assert list(zip(table["first"], table["last"], strict=True)) == expected
    for row in table.itertuples():
        part = np.concatenate(tenths[row.first - 1 : row.last])
        assert (row.households, row.relapsed) == (len(part), happened[part].sum())
        assert row.expected == pytest.approx(100 * chances[part].mean())
        assert row.observed == pytest.approx(100 * happened[part].mean())
        # Wilson: 1.96 standard errors of either end from the share
        for end in (row.lower / 100, row.upper / 100):
            error = np.sqrt(end * (1 - end) / len(part))
            assert abs(happened[part].mean() - end) == pytest.approx(1.959964 * error, rel=1e-5)
        assert row.lower < row.observed < row.upper


def test_households_of_which_a_model_is_all_but_sure_leave_every_figure_finite(few):
    """Risks that are 0 and 1 but for what floating point can tell."""
    sure = few[few["period"] == "2022"].iloc[[0, 1]].assign(code=["never", "always"], burden=[-1e4, 1e4])
    trial = relapse.out_of_sample(pd.concat([few, sure.assign(relapsed=[0.0, 1.0])], ignore_index=True))
    assert np.isfinite([*trial.large, *trial.slope]).all()
    assert trial.calibration["expected"].between(0, 100).all()
    assert relapse.out_of_sample(few).expected + 1 == pytest.approx(trial.expected)


def test_a_trial_needs_a_year_before_and_five_of_either(few):
    late = few["period"] == "2022"
    for spoilt, reason in (
        (few[late], "one_year"),
        (few.assign(relapsed=few["relapsed"].where(~late, np.arange(193) < 124)), "few_tried"),
        (few.assign(relapsed=few["relapsed"].where(~late, np.arange(193) >= 124)), "few_tried"),
    ):
        with pytest.raises(relapse.NoModel) as error:
            relapse.out_of_sample(spoilt)
        assert error.value.reason == reason
    five = few.assign(relapsed=few["relapsed"].where(~late, np.arange(193) < 125))
    assert relapse.out_of_sample(five).events == 5


def test_ranks_that_tell_all_relapses_apart_have_no_interval():
    for happened, value in (([False, False, True, True], 1), ([True, True, False, False], 0)):
        auc = _auc(np.array([0.1, 0.2, 0.3, 0.4]), np.array(happened))
        assert auc.value == value
        assert np.isnan([auc.lower, auc.upper]).all()
