"""Indicators drafted from their names and figures: what is proposed, what is refused, and who confirms it."""

import pandas as pd
import pytest

from plan_monitor import DataError, check, load
from plan_monitor.data.inspection import settled
from plan_monitor.intake import adopt


@pytest.fixture
def named(folder):
    """Rows of observations of an indicator: its drafts."""

    def drafted(name, *cells, unit=""):
        header = "document,indicator,region,period,value,unit\n"
        rows = [f"plan-1,{name},532399,{2020 + year},{cell},{unit}\n" for year, cell in enumerate(cells)]
        (folder / "observations.csv").write_text(header + "".join(rows), encoding="utf-8")
        return adopt.drafts(settled(folder).parts)

    return drafted


@pytest.mark.parametrize(
    ("name", "cell", "unit", "direction", "bounds", "nature"),
    [
        ("普惠园覆盖率", "81%", "%", "up", ("0", "100"), "stock"),
        ("高中毛入学率", "101%", "%", "up", ("0", ""), "stock"),
        ("义务教育大班额占比", "5.2%", "%", "down", ("0", "100"), "stock"),
        ("单位GDP能耗降低", "15%", "%", "up", ("", ""), "flow"),  # the name says the fall
        ("单位GDP能耗降低 · 累计", "15%", "%", "up", ("", ""), "flow"),
        ("贫困发生率", "3%", "%", "down", ("0", "100"), "stock"),
        ("生产总值增长", "-2%", "%", "up", ("", ""), "flow"),
        ("农林牧渔业总产值", "50亿元", "亿元", "up", ("0", ""), "flow"),
        ("常住人口", "320万人", "万人", "neutral", ("0", ""), "stock"),
        ("某项工作", "≤3件", "件", "down", ("0", ""), ""),
        ("茶园（亩）", "12", "亩", "up", ("0", ""), ""),
    ],
)
def test_what_a_name_and_its_figures_propose(named, name, cell, unit, direction, bounds, nature):
    (draft,) = named(name, cell)
    assert [draft.row[key] for key in ("unit", "direction", "nature")] == [unit, direction, nature]
    assert (draft.row["lower"], draft.row["upper"]) == bounds
    assert draft.row["proposed"] == "unit direction bounds nature"


def test_two_units_or_none_are_refused(named):
    with pytest.raises(DataError, match="one unit for an indicator, found 亩, 公顷"):
        named("茶园面积", "12亩", "3公顷")
    with pytest.raises(DataError, match="a unit"):
        named("茶园面积", "12")


@pytest.mark.slow
def test_a_draft_is_marked_until_it_is_confirmed(named, folder):
    drafts = named("普惠园覆盖率", "81%", "82%")
    path = folder / "indicators.csv"
    frame = pd.read_csv(path, dtype="str").assign(aliases=None, proposed=None)
    frame.to_csv(path, index=False)
    adopt.write(path, drafts)
    assert check(folder) == []
    indicators = load(folder).indicators.set_index("id")
    mine = indicators.loc[drafts[0].row["id"]]
    assert (mine["name_zh"], mine["name_en"]) == (
        "普惠园覆盖率（拟定）",
        "普惠园覆盖率 (Chinese only) (proposed)",
    )
    adopt.confirm(path, mine.to_frame().T.rename_axis("id").reset_index())
    assert load(folder).indicators.set_index("id").at[drafts[0].row["id"], "name_zh"] == "普惠园覆盖率"


def test_a_catalogue_without_the_mark_is_not_written(named, folder):
    drafts = named("普惠园覆盖率", "81%")
    before = (folder / "indicators.csv").read_bytes()
    with pytest.raises(DataError, match="proposed"):
        adopt.write(folder / "indicators.csv", drafts)
    assert (folder / "indicators.csv").read_bytes() == before
