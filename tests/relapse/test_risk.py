"""The risk model finds the truth that the synthetic households were drawn from, and says when it cannot."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import chi2

from plan_monitor import relapse
from plan_monitor.relapse import PREDICTORS, SPENDING
from random_households import transitions


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


@pytest.mark.slow
def test_the_intervals_hold_what_they_promise(generator):
    """Over other samples of the same truth, 95 % intervals hold the true effect about that often."""
    held = []
    for seed in range(1, 13):
        rows = relapse.transitions(relapse.classify(pd.DataFrame(generator.households(seed)), generator.LINE))
        effects, truth = relapse.fit(rows).effects, true_effects(generator, rows)
        held += (effects["lower"].lt(truth) & effects["upper"].gt(truth)).tolist()
    assert 0.87 <= np.mean(held) <= 1.0


@pytest.mark.slow
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


@pytest.mark.slow
def test_an_effect_is_the_mean_change_of_the_probability_by_one_step(generator, sample):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE))
    risk = relapse.fit(rows)
    for name in PREDICTORS:
        before, after = stepped(rows, name)
        change = risk.probability(after).mean() - risk.probability(before).mean()
        assert risk.effects.at[name, "effect"] == pytest.approx(100 * change, rel=1e-6)
    # income a tenth higher, ten points more, one more member, lifted against others: as the words say
    assert list(relapse.STEPS.values()) == pytest.approx([0.0953, 0.1, 1, 0.1, 0.1, 1], abs=1e-4)


@pytest.mark.slow
def test_an_interval_leaves_zero_out_just_where_the_p_value_is_below_five_percent(generator, sample):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE))
    for share in (0.1, 0.2, 0.4, 1.0):
        effects = relapse.fit(rows.sample(frac=share, random_state=3)).effects
        assert (effects["lower"] < effects["effect"]).all()
        assert (effects["effect"] < effects["upper"]).all()
        apart = effects["lower"].gt(0) | effects["upper"].lt(0)
        assert apart.tolist() == effects["p_value"].lt(0.05).tolist()


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_where_only_one_kind_of_household_fell_back_there_is_a_model_still(generator, sample):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE)).iloc[:600]
    risk = relapse.fit(rows.assign(relapsed=rows["relapsed"] * rows["lifted"]))
    lifted = risk.effects.loc["lifted"]
    assert 0 < lifted["lower"] < lifted["effect"] < lifted["upper"] < 100
    assert lifted["p_value"] < 0.05


@pytest.mark.slow
def test_a_predictor_that_decides_all_alone_is_no_model_and_nor_is_one_that_follows_from_others(
    generator, sample
):
    rows = relapse.transitions(relapse.classify(sample, generator.LINE))
    for spoilt in (rows.assign(ill=rows["relapsed"]), rows.assign(ill=2 * rows["burden"] - rows["lifted"])):
        with pytest.raises(relapse.NoModel) as error:
            relapse.fit(spoilt)
        assert error.value.reason == "no_convergence"


@pytest.fixture(scope="module")
def few():
    """The year of 90 households, 38 of whom fell back."""
    return transitions(90, 3)


@pytest.fixture(scope="module")
def risk_of_few(few):
    return relapse.fit(few)


def penalised(coefficients, rows):
    """Log likelihood with half of that of the information's determinant, as Firth (1993) has it."""
    x, happened = np.column_stack([np.ones(len(rows)), rows[list(PREDICTORS)]]), rows["relapsed"]
    chance = np.clip(expit(x @ coefficients), 1e-12, 1 - 1e-12)
    information = x.T @ (x * (chance * (1 - chance))[:, None])
    return np.log(np.where(happened == 1, chance, 1 - chance)).sum() + np.linalg.slogdet(information)[1] / 2


def test_coefficients_are_of_the_highest_likelihood_but_for_a_constant_that_makes_the_total_right(
    few, risk_of_few
):
    highest = minimize(lambda beta: -penalised(beta, few), np.zeros(7), method="BFGS").x
    assert risk_of_few.coefficients.index.tolist() == ["const", *PREDICTORS]
    assert risk_of_few.coefficients[1:].tolist() == pytest.approx(highest[1:].tolist(), abs=1e-3)
    level = risk_of_few.coefficients["const"] - highest[0]
    assert level < -0.005  # fewer than half of them fell back
    assert risk_of_few.probability(few).sum() == pytest.approx(38)
    assert (risk_of_few.observations, risk_of_few.events) == (90, 38)


def test_a_probability_is_that_of_its_own_row(few, risk_of_few):
    rows = few.iloc[[7, 3]]
    const, *slopes = risk_of_few.coefficients
    expected = expit(const + rows[list(PREDICTORS)].to_numpy() @ slopes)
    found = risk_of_few.probability(rows)
    assert found.index.tolist() == [7, 3]
    assert found.tolist() == pytest.approx(expected.tolist())
    assert abs(found[7] - found[3]) > 0.1


@pytest.mark.parametrize("name", PREDICTORS)
def test_an_effect_is_how_much_more_often_all_of_them_would_fall_back_one_step_on(few, risk_of_few, name):
    before, after = stepped(few, name)
    change = risk_of_few.probability(after).mean() - risk_of_few.probability(before).mean()
    assert risk_of_few.effects.at[name, "effect"] == pytest.approx(100 * change)


@pytest.mark.parametrize("name", ["margin", "lifted"])
def test_an_interval_ends_with_the_most_extreme_effects_that_the_likelihood_allows(few, risk_of_few, name):
    """The likelihood there is 1.92 below the highest, half of the 95 % point of chi-squared."""
    level = risk_of_few.coefficients["const"]
    peak = minimize(lambda beta: -penalised(beta, few), np.zeros(7), method="BFGS")
    shift, (before, after) = level - peak.x[0], stepped(few, name)
    sides = [np.column_stack([np.ones(90), side[list(PREDICTORS)]]) for side in (before, after)]

    def effect(beta):
        low, high = (expit(side @ beta + shift).mean() for side in sides)
        return 100 * (high - low)

    allowed = {"type": "ineq", "fun": lambda beta: penalised(beta, few) + peak.fun + chi2.ppf(0.95, 1) / 2}
    for sign, end in ((1, "lower"), (-1, "upper")):
        found = minimize(lambda beta, sign=sign: sign * effect(beta), peak.x, constraints=[allowed])
        assert found.success
        assert risk_of_few.effects.at[name, end] == pytest.approx(sign * found.fun, abs=2e-3)


def test_p_values_are_of_a_likelihood_without_the_factor_and_counted_for_six_tests(few, risk_of_few):
    peak = -minimize(lambda beta: -penalised(beta, few), np.zeros(7), method="BFGS").fun
    for place, name in ((3, "ill"), (6, "lifted")):
        free = np.arange(7) != place

        def without(part, free=free):
            beta = np.zeros(7)
            beta[free] = part
            return -penalised(beta, few)

        lower = -minimize(without, np.zeros(6), method="BFGS").fun
        assert risk_of_few.effects.at[name, "p_value"] == pytest.approx(
            chi2.sf(2 * (peak - lower), 1), abs=1e-4
        )
    ordered = risk_of_few.effects["p_value"].sort_values()
    adjusted = np.minimum(np.maximum.accumulate(ordered * [6, 5, 4, 3, 2, 1]), 1)
    found = risk_of_few.effects["p_holm"]
    assert found[ordered.index].tolist() == pytest.approx(adjusted.tolist())


def test_steps_are_a_tenth_more_income_ten_points_one_member_and_the_status():
    expected = {"margin": math.log(1.1), "dependency": 0.1, "ill": 1}
    expected |= {"burden": 0.1, "wage_share": 0.1, "lifted": 1}
    assert pytest.approx(expected) == relapse.STEPS


def test_what_predicts_a_relapse_by_hand():
    """Four members of whom three work, with 36 000 yuan, half of it wages; a fifth goes for what must be paid."""
    same = {"members": 4, "workers": 3, "ill_members": 2, "net_income": 9000.0, "line": 6000.0}
    spent = dict(zip(SPENDING, (3600.0, 1800.0, 1800.0), strict=True))
    rows = pd.DataFrame([same | spent | {"wage": 18000.0, "status": s} for s in ("lifted", "other")])
    found = relapse.predictors(rows.set_axis([5, 8]))
    assert found.index.tolist() == [5, 8]
    assert found.columns.tolist() == list(PREDICTORS)
    for row, lifted in zip(found.to_numpy(), (1, 0), strict=True):
        assert row.tolist() == pytest.approx([math.log(1.5), 0.25, 2, 0.2, 0.5, lifted])
    with pytest.raises(ValueError, match=r"households: column\(s\) missing: workers, status"):
        relapse.predictors(rows.drop(columns=["workers", "status"]))


def with_cases(rows, number):
    """The rows with so many relapses."""
    return rows.assign(relapsed=(np.arange(len(rows)) < number).astype(float))


@pytest.mark.parametrize(
    ("spoil", "reason", "message"),
    [
        (lambda rows: rows[:0], "no_pairs", "no household has rows for two years that follow each other"),
        (lambda rows: rows.assign(ill=np.nan), "unknown", "workers and ill_members are not known of any"),
        (lambda rows: with_cases(rows, 6), "too_few", "6 predictors need more households that fell back"),
        (lambda rows: with_cases(rows, 84), "too_few", "and more that did not"),
        (lambda rows: rows.assign(lifted=1.0), "no_spread", "predictors that are not the same for all"),
        (
            lambda rows: rows.assign(ill=2 * rows["burden"] - rows["lifted"]),
            "no_convergence",
            "the risk model cannot be fitted: ",
        ),
        (
            lambda rows: rows.assign(ill=10 * rows["relapsed"]),
            "no_convergence",
            "the risk model has no intervals: ",
        ),
    ],
)
def test_why_there_is_no_model_of_a_few_households(few, spoil, reason, message):
    with pytest.raises(relapse.NoModel) as error:
        relapse.fit(spoil(few))
    assert error.value.reason == reason
    assert message in str(error.value)
    assert not str(error.value).startswith("(")


@pytest.mark.parametrize("cases", [7, 83])
def test_one_more_of_either_than_predictors_is_enough(few, cases):
    assert relapse.fit(with_cases(few, cases)).events == cases


def test_a_household_of_which_a_predictor_is_not_known_is_left_out(few, risk_of_few):
    unknown = few.iloc[[0, 1]].assign(ill=[np.nan, 1.0], burden=[0.1, np.nan], relapsed=1.0)
    risk = relapse.fit(pd.concat([unknown, few], ignore_index=True))
    assert (risk.observations, risk.events) == (90, 38)
    assert risk.coefficients.tolist() == pytest.approx(risk_of_few.coefficients.tolist())
