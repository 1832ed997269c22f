"""The explorer: what it gathers, and what is kept of it."""

import re
from dataclasses import replace

import nbformat
import pandas as pd
import pytest

from plan_monitor.report import codes, explore, panel
from reportkit import language
from reportkit.table import TABLE, unpack
from reportkit.words import SENTENCE
from traces import columns_of_figures, sources

RATE = "senior-secondary-gross-enrolment-rate"
PARAMETERS = '''region: str = "1"  # 地区 / region
beside: str = ""  # others
years: int = 5
lang: str = "zh"'''


@pytest.mark.slow
def test_a_view_holds_figures_targets_and_a_forecast_within_bounds(shipped):
    seen = explore.view(shipped, RATE, ["532300", "全国", "532300"], "2020-12", 5)
    assert seen.regions == ["532300", "100000"]
    assert seen.rows["region"].unique().tolist() == seen.regions
    assert sorted(seen.targets["value"]) == [95, 98]
    assert seen.outlook.index.tolist() == [2021, 2022, 2023, 2024, 2025]
    assert seen.outlook["upper_95"].max() < 100  # a rate that never exceeded it
    assert explore.view(shipped, RATE, ["532300"], "2018", 1).rows["period"].max() == "2018"


def test_too_few_figures_are_said_and_not_projected(shipped, shown):
    seen = explore.view(shipped, RATE, ["五华区"], "2025-12", 5)
    assert seen.outlook.empty
    explore.everything(seen, shipped)
    assert any("数字不足三年，不作推算" in bundle["text/plain"] for bundle in shown)
    nobody = explore.view(shipped, RATE, ["532324"], "2025-12", 5)
    language.use("en")
    explore.headline(nobody, shipped)
    assert "There is no usable yearly figure" in shown[-1]["text/plain"]


def test_a_figure_of_half_a_year_is_told_and_listed_and_not_joined_to_the_years(shipped, shown):
    seen = explore.view(shipped, "phone-app-registered-users", ["532300"], "2025-12", 5)
    assert seen.others["id"].tolist() == ["obs-080"]
    assert "2022-06" not in seen.rows["period"].tolist()
    explore.everything(seen, shipped)
    assert "其后另有非全年的数字：139.28 万人（2022-06）。" in shown[0]["text/plain"]
    assert "139.28 万人（2022-06）" in next(
        b["text/plain"] for b in shown if "**全部数字**" in b["text/plain"]
    )
    assert explore.view(shipped, "phone-app-registered-users", ["532300"], "2022-05", 5).others.empty


def test_the_projection_is_a_range_and_no_probability(shipped, shown):
    seen = explore.view(shipped, RATE, ["532300"], "2022-06", 5)
    assert seen.outlook.index.tolist() == [2022, 2023, 2024, 2025]  # 2021 is over by then
    for lang in ("zh", "en"):
        language.use(lang)
        explore.headline(seen, shipped)
    zh, en = (bundle["text/plain"] for bundle in shown)
    assert "这是推算，不是实绩" in zh and "把握" not in zh and "概率" not in zh
    assert "not a published figure" in en and "odds" not in en


def test_a_projection_has_no_more_digits_than_its_interval_leaves_it(shipped, shown):
    """In Yunnan the rate once fell by 6.55 points in a year; in Chuxiong it rose all the time."""
    for region, places in (("530000", 0), ("532300", 1)):
        seen = explore.view(shipped, RATE, [region], "2022-06", 5)
        explore.headline(seen, shipped)
        explore.outlook_table(seen, shipped)
        basis = list(seen.rows.loc[seen.rows["region"].eq(region), "id"])
        assert sources(shown[-1])[0] == dict.fromkeys(["中位", "80 % 区间", "95 % 区间"], basis)
        assert columns_of_figures(shown[-1]) == ["中位", "80 % 区间", "95 % 区间"]
        said, told = shown[-2]["text/plain"], [row[1:] for row in unpack(shown[-1][TABLE])]
        assert told[-1][0].text in said and told[-1][1].text.replace(" – ", "—") in said
        figures = re.findall(r"(\d+(?:\.\d+)?) %", " ".join(cell.text for row in told for cell in row))
        assert len(figures) == 5 * len(seen.outlook)
        assert {len(figure.partition(".")[2]) for figure in figures} == {places}


def of_its_own(package, values, first=2018):
    """A package with an indicator of its own unit, so that nothing is comparable: an income that leaps."""
    years = [str(first + place) for place in range(len(values))]
    defined = package.indicators.iloc[[0]].assign(id="leaping", unit="只", lower=0.0, upper=float("nan"))
    rows = package.observations.iloc[[0] * len(values)].assign(
        id=[f"leap-{year}" for year in years], indicator="leaping", period=years, value=values, unit="只"
    )
    return replace(
        package,
        indicators=pd.concat([package.indicators, defined], ignore_index=True),
        observations=pd.concat([package.observations, rows], ignore_index=True),
    )


def test_figures_that_rise_by_multiples_are_not_projected_to_where_anything_may_come(shipped, shown):
    """12, 45, 160: in five years the 80 % range would be 8 to 170,000, and its middle, to its digits, 0."""
    own = of_its_own(shipped, [12.0, 45.0, 160.0])
    region = own.observations["region"].iloc[-1]
    seen = explore.view(own, "leaping", [region], "2020-12", 5)
    assert seen.outlook.empty and seen.silence == "far"
    explore.everything(seen, own)
    assert "以往的数字成倍起落" in shown[0]["text/plain"]
    nearer = explore.view(own, "leaping", [region], "2020-12", 1)
    assert nearer.silence == "" and nearer.outlook["upper_80"].max() < 1600


def test_an_estimate_does_not_vanish_beside_a_range_that_reaches_far(shipped, shown):
    """1000, 300, 80 leave a median of 11 in five years, and a range up to 1,428: not "about 0"."""
    own = of_its_own(shipped, [1000.0, 300.0, 80.0])
    seen = explore.view(own, "leaping", [own.observations["region"].iloc[-1]], "2020-12", 5)
    explore.headline(seen, own)
    explore.outlook_table(seen, own)
    said, told = shown[0]["text/plain"], list(unpack(shown[1][TABLE]))
    assert re.search(r"约为 [1-9]\d* 只", said)
    assert all(row[1].value > 0 for row in told)


def test_years_that_are_over_are_not_projected(shipped, shown):
    seen = explore.view(shipped, RATE, ["532300"], "2025-12", 5)
    assert seen.outlook.empty
    explore.headline(seen, shipped)
    assert "要看的年份都已过去，不作推算" in shown[0]["text/plain"]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_indicator_can_be_looked_at(shipped, shown, lang):
    language.use(lang)
    indicators = [*dict.fromkeys(shipped.observations["indicator"])][::12]
    for indicator in indicators:
        rows = shipped.observations[shipped.observations["indicator"].eq(indicator)]
        regions = [*dict.fromkeys(rows["region"])][:3]
        explore.everything(explore.view(shipped, indicator, regions, "2025-12", 3), shipped)
    assert len(shown) == 5 * len(indicators)


def test_an_unknown_indicator_is_an_error(shipped):
    with pytest.raises(KeyError):
        explore.view(shipped, "no-such", ["532300"], "2025-12", 5)


def test_what_is_seen_is_kept_in_the_parameters_of_a_copy(tmp_path):
    cells = [
        nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(
            "x", outputs=[nbformat.v4.new_output("stream", text="old")], execution_count=1
        ),
    ]
    path = tmp_path / "explore.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    before = path.read_bytes()
    values = {"region": '5"3\\', "beside": "1, 2", "indicator": "not a parameter here"}
    kept = nbformat.read(panel.write(path, "explore-rate", values), as_version=4)
    assert path.read_bytes() == before
    read = {}
    exec(kept.cells[0].source, read)
    assert (read["region"], read["beside"], read["years"], read["lang"]) == ('5"3\\', "1, 2", 5, "zh")
    assert kept.cells[0].source.splitlines()[0].endswith("  # 地区 / region")
    assert kept.cells[1].outputs == []


@pytest.fixture
def controls(shipped, monkeypatch, tmp_path):
    """The panel's controls by what is written before them, and what was drawn: indicator and regions."""
    drawn, boxes = [], []
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "explore.ipynb"))
    monkeypatch.setattr(explore, "everything", lambda seen, *_: drawn.append((seen.indicator, seen.regions)))
    monkeypatch.setattr(panel, "display", boxes.append)
    now = {"as_of": "2025-12", "years": 5, "indicator": RATE}
    panel.panel(shipped, now | {"region": "530000", "beside": "532300, 100000"})
    return {control.description: control for control in boxes[0].children[:4]}, drawn


def test_the_panel_draws_once_for_each_choice(controls):
    boxes, drawn = controls
    assert drawn == [(RATE, ["530000", "532300", "100000"])]
    boxes["地区"].value = "532300"
    boxes["并列"].value = ("100000",)
    boxes["指标"].value = "preschool-gross-enrolment-rate"  # in the same regions
    assert drawn[1:] == [
        (RATE, ["532300", "100000"]),
        (RATE, ["532300", "100000"]),
        ("preschool-gross-enrolment-rate", ["532300", "100000"]),
    ]
    boxes["领域"].value = "medical-insurance"
    assert len(drawn) == 5
    assert drawn[-1][0] == boxes["指标"].value


@pytest.mark.parametrize("known", [True, False])
def test_the_panel_begins_with_the_indicator_of_the_notebook_or_else_with_a_choice_to_make(
    shipped, monkeypatch, tmp_path, known
):
    used = shipped.indicators["id"].isin(shipped.observations["indicator"])
    of_domain = shipped.indicators[shipped.indicators["domain"].eq("medical-insurance") & used]
    wanted = of_domain["id"].iloc[-1]
    drawn = []
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "explore.ipynb"))
    monkeypatch.setattr(explore, "everything", lambda seen, *_: drawn.append(seen.indicator))
    monkeypatch.setattr(panel, "display", drawn.append)
    now = {"as_of": "2025-12", "years": 5, "region": "100000", "beside": ""}
    panel.panel(shipped, now | {"indicator": wanted if known else "none"})
    *begun, box = drawn
    domain, indicator, region, beside = box.children[:4]
    assert begun == [wanted] * known
    if known:
        assert (domain.value, indicator.value, region.value) == ("medical-insurance", wanted, "100000")
    else:
        first_domain = next(code for code in codes.DOMAIN if code in set(shipped.indicators["domain"][used]))
        assert (domain.value, indicator.value) == (first_domain, None)
    assert beside.value == ()


def test_every_domain_has_a_name(shipped):
    assert set(shipped.indicators["domain"]) <= set(codes.DOMAIN)


def test_there_is_no_panel_outside_of_jupyterlab(shipped, shown, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    panel.panel(shipped, {})
    assert shown == []


def test_figures_of_the_answer_lead_to_their_rows_and_the_title_is_the_latest(shipped, shown):
    seen = explore.view(shipped, RATE, ["532300", "全国"], "2020-12", 5)
    explore.headline(seen, shipped)
    explore.chart(seen, shipped)
    sets = shown[0][SENTENCE]["sets"]
    latest = seen.rows.drop_duplicates("region", keep="last").set_index("region")["id"]
    assert sets[:2] == [[latest["532300"]], [latest["100000"]]]
    assert sets[2] == list(seen.rows.loc[seen.rows["region"].eq("532300"), "id"])  # of the projection
    assert shown[1]["text/plain"].startswith("高中阶段教育毛入学率：楚雄州 94.28 %（2020）")
