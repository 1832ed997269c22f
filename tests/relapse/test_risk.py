"""The risk model finds the truth that the synthetic households were drawn from, and says when it cannot."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from plan_monitor import relapse
from plan_monitor.relapse import PREDICTORS


def true_effects(generator, rows):
    """Average marginal effects of the model that the households were drawn from, percentage points."""
    beta = np.array([generator.COEFFICIENTS[name] for name in PREDICTORS])
    probability = expit(generator.INTERCEPT + rows[list(PREDICTORS)].to_numpy() @ beta)
    return 100 * np.mean(probability * (1 - probability)) * beta


def test_the_shipped_sample_gives_the_generators_marginal_effects_back(generator, sample):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE, 100 * generator.LOSS))
    risk = relapse.fit(rows)
    assert (risk.observations, risk.events) == (len(rows), rows["relapsed"].sum())
    truth = true_effects(generator, rows)
    inside = risk.effects["lower"].lt(truth) & risk.effects["upper"].gt(truth)
    assert inside.all(), pd.DataFrame({"truth": truth, "inside": inside})
    # and the intervals say something: half of the effects are told apart from none
    assert (risk.effects["p_value"] < 0.05).sum() >= 3


def test_the_intervals_hold_what_they_promise(generator):
    """Over other samples of the same truth, 95 % intervals hold the true effect about that often."""
    held = []
    for seed in range(1, 13):
        rows = relapse.transitions(relapse.classify(pd.DataFrame(generator.households(seed)), generator.LINE))
        effects, truth = relapse.fit(rows).effects, true_effects(generator, rows)
        held += (effects["lower"].lt(truth) & effects["upper"].gt(truth)).tolist()
    assert 0.87 <= np.mean(held) <= 1.0


def test_an_average_marginal_effect_is_the_mean_change_of_the_probability(generator, sample):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE))
    risk = relapse.fit(rows)
    step = 1e-5
    for name in PREDICTORS:
        change = risk.probability(rows.assign(**{name: rows[name] + step})) - risk.probability(rows)
        assert risk.effects.at[name, "effect"] == pytest.approx(100 * change.mean() / step, rel=1e-3)


def test_transitions_start_from_households_that_are_not_monitored(generator, sample):
    classified = relapse.classify(sample, generator.LINE)
    rows = relapse.transitions(classified)
    assert set(rows["period"]) == {"2021", "2022"}
    state = classified.set_index(["code", "period"])["group"]
    row = rows.sample(40, random_state=1)
    assert (state.loc[list(zip(row["code"], row["period"], strict=True))] == "none").all()
    following = [
        (code, str(int(period) + 1)) for code, period in zip(row["code"], row["period"], strict=True)
    ]
    assert (state.loc[following].ne("none").to_numpy() == row["relapsed"].eq(1).to_numpy()).all()


def test_a_household_that_left_the_table_or_lacks_a_figure_is_no_transition(generator, sample):
    classified = relapse.classify(sample, generator.LINE)
    rows = relapse.transitions(classified)
    code = rows["code"].iloc[0]
    gone = classified[~(classified["code"].eq(code) & classified["period"].eq("2022"))]
    assert code not in set(relapse.transitions(gone)["code"])
    unknown = classified.assign(ill_members=classified["ill_members"].mask(classified["code"] == code))
    lost = (rows["code"] == code).sum()
    assert relapse.fit(relapse.transitions(unknown)).observations == len(rows) - lost


def test_the_trial_is_out_of_sample_and_better_than_a_constant(generator, sample):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE))
    trial = relapse.out_of_sample(rows)
    assert trial.period == "2022"
    assert trial.observations == (rows["period"] == "2022").sum()
    assert 0.65 < trial.auc_lower < trial.auc < trial.auc_upper < 0.95
    assert trial.brier < trial.brier_constant
    assert 0.5 < trial.slope < 2
    assert trial.calibration["households"].sum() == trial.observations
    assert trial.calibration["relapsed"].sum() == trial.events
    assert trial.calibration["relapsed"].min() >= 5
    classes = trial.calibration["households"] * trial.calibration["expected"] / 100
    assert trial.expected == pytest.approx(classes.sum())
    assert trial.calibration["expected"].is_monotonic_increasing
    # what happens in the tested year leaves the model it is tested with alone
    turned = rows.assign(relapsed=rows["relapsed"].where(rows["period"] < "2022", 1 - rows["relapsed"]))
    assert relapse.out_of_sample(turned).auc == pytest.approx(1 - trial.auc)


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


def test_an_auc_by_hand():
    from plan_monitor.relapse.risk import _auc

    # of 2 × 3 pairs, the one that fell back had the higher risk in 4 and the same in 1
    auc, _ = _auc(np.array([0.9, 0.3, 0.3, 0.2, 0.5]), np.array([True, True, False, False, False]))
    assert auc == pytest.approx(4.5 / 6)


@pytest.mark.parametrize(
    ("spoil", "risk", "trial"),
    [
        (lambda rows: rows[rows["period"] == "2023"], "no_pairs", "no_pairs"),
        (lambda rows: rows[rows["period"] != "2022"], "no_pairs", "no_pairs"),
        (lambda rows: rows.assign(ill_members=float("nan")), "unknown", "unknown"),
        (lambda rows: rows[rows["period"] < "2023"], None, "one_year"),
        (lambda rows: rows[rows["code"] < "H0300"], "too_few", "too_few"),
        (lambda rows: rows.assign(status="other"), "no_spread", "no_spread"),
    ],
)
def test_where_no_model_can_be_fitted_the_reason_is_given(generator, sample, spoil, risk, trial):
    evaluation = relapse.evaluate(relapse.classify(spoil(sample), generator.LINE))
    assert evaluation.reasons == {k: v for k, v in {"risk": risk, "trial": trial}.items() if v}
    assert (evaluation.risk is None) == (risk is not None)
    assert evaluation.trial is None


def test_a_predictor_that_decides_all_alone_is_no_model(generator, sample):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE))
    with pytest.raises(relapse.NoModel, match="cannot be fitted") as error:
        relapse.fit(rows.assign(ill=rows["relapsed"]))
    assert error.value.reason == "no_convergence"


def test_a_model_can_be_tried_only_where_somebody_fell_back(generator, sample):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE))
    calm = rows.assign(relapsed=rows["relapsed"].where(rows["period"] < "2022", 0))
    with pytest.raises(relapse.NoModel) as error:
        relapse.out_of_sample(calm)
    assert error.value.reason == "all_alike"
