"""The risk model finds the truth that the synthetic households were drawn from, and says when it cannot."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from plan_monitor import relapse
from plan_monitor.relapse import PREDICTORS

pytestmark = pytest.mark.slow


def stepped(rows, name):
    """The rows before and after one step of a predictor."""
    before = rows.assign(lifted=0.0) if name == "lifted" else rows
    return before, before.assign(**{name: before[name] + relapse.STEPS[name]})


def true_effects(generator, rows):
    """Average effects of one step in the model that the households were drawn from, percentage points."""
    beta = np.array([generator.COEFFICIENTS[name] for name in PREDICTORS])

    def mean(of):
        return 100 * expit(generator.INTERCEPT + of[list(PREDICTORS)].to_numpy() @ beta).mean()

    pairs = [stepped(rows, name) for name in PREDICTORS]
    return np.array([mean(after) - mean(before) for before, after in pairs])


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


def test_the_intervals_hold_with_few_relapses_too(generator, sample):
    """About three and a half for each predictor, where ten are customary."""
    rows = relapse.transitions(relapse.classify(sample, generator.LINE))
    chance, truth, held, events = np.random.default_rng(1), true_effects(generator, rows), [], []
    for _ in range(30):
        codes = chance.choice(rows["code"].unique(), 300, replace=False)
        risk = relapse.fit(rows[rows["code"].isin(codes)])
        held += (risk.effects["lower"].lt(truth) & risk.effects["upper"].gt(truth)).tolist()
        events.append(risk.events)
    assert max(events) < 40
    assert 0.9 <= np.mean(held) < 1.0


def test_an_effect_is_the_mean_change_of_the_probability_by_one_step(generator, sample):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE))
    risk = relapse.fit(rows)
    for name in PREDICTORS:
        before, after = stepped(rows, name)
        change = risk.probability(after).mean() - risk.probability(before).mean()
        assert risk.effects.at[name, "effect"] == pytest.approx(100 * change, rel=1e-6)
    # income a tenth higher, ten points more, one more member, lifted against others: as the words say
    assert list(relapse.STEPS.values()) == pytest.approx([0.0953, 0.1, 1, 0.1, 0.1, 1], abs=1e-4)


def test_an_interval_leaves_zero_out_just_where_the_p_value_is_below_five_percent(generator, sample):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE))
    for share in (0.1, 0.2, 0.4, 1.0):
        effects = relapse.fit(rows.sample(frac=share, random_state=3)).effects
        assert (effects["lower"] < effects["effect"]).all()
        assert (effects["effect"] < effects["upper"]).all()
        apart = effects["lower"].gt(0) | effects["upper"].lt(0)
        assert apart.tolist() == effects["p_value"].lt(0.05).tolist()


def test_probabilities_add_up_to_the_relapses_that_there_were(generator, sample):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE))
    for few in (rows, rows[rows["code"] < "H0400"]):
        risk = relapse.fit(few)
        assert risk.probability(few).sum() == pytest.approx(risk.events)


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


@pytest.mark.parametrize(
    ("spoil", "risk", "trial"),
    [
        (lambda rows: rows[rows["period"] == "2023"], "no_pairs", "no_pairs"),
        (lambda rows: rows[rows["period"] != "2022"], "no_pairs", "no_pairs"),
        (lambda rows: rows.assign(ill_members=float("nan")), "unknown", "unknown"),
        (lambda rows: rows[rows["period"] < "2023"], None, "one_year"),
        (lambda rows: rows[rows["code"] < "H0080"], "too_few", "few_tried"),
        (lambda rows: rows[rows["code"] < "H0250"], None, "too_few"),
        (lambda rows: rows.assign(status="other"), "no_spread", "no_spread"),
    ],
)
def test_where_no_model_can_be_fitted_the_reason_is_given(generator, sample, spoil, risk, trial):
    evaluation = relapse.evaluate(relapse.classify(spoil(sample), generator.LINE))
    assert evaluation.reasons == {k: v for k, v in {"risk": risk, "trial": trial}.items() if v}
    assert (evaluation.risk is None) == (risk is not None)
    assert evaluation.trial is None


def fallen(rows, number):
    """The rows with so many relapses only."""
    kept = rows.index[rows["relapsed"] == 1][:number]
    return rows.assign(relapsed=rows.index.isin(kept).astype(float))


def test_a_model_needs_more_relapses_than_predictors_and_ten_for_each_to_be_steady(generator, sample):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE))
    for spoilt in (fallen(rows, 6), fallen(rows, 6).assign(relapsed=lambda d: 1 - d["relapsed"])):
        with pytest.raises(relapse.NoModel) as error:
            relapse.fit(spoilt)
        assert error.value.reason == "too_few"
        assert "6 predictors" in str(error.value)
    assert relapse.fit(fallen(rows, 7)).events == 7
    assert relapse.fit(fallen(rows, 59)).unsteady
    assert not relapse.fit(fallen(rows, 60)).unsteady
    assert relapse.fit(fallen(rows, 59).assign(relapsed=lambda d: 1 - d["relapsed"])).unsteady


def test_where_only_one_kind_of_household_fell_back_there_is_a_model_still(generator, sample):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE)).iloc[:600]
    risk = relapse.fit(rows.assign(relapsed=rows["relapsed"] * rows["lifted"]))
    lifted = risk.effects.loc["lifted"]
    assert 0 < lifted["lower"] < lifted["effect"] < lifted["upper"] < 100
    assert lifted["p_value"] < 0.05


def test_a_predictor_that_decides_all_alone_is_no_model_and_nor_is_one_that_follows_from_others(
    generator, sample
):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE))
    for spoilt in (rows.assign(ill=rows["relapsed"]), rows.assign(ill=2 * rows["burden"] - rows["lifted"])):
        with pytest.raises(relapse.NoModel) as error:
            relapse.fit(spoilt)
        assert error.value.reason == "no_convergence"
