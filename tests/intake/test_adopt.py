"""Indicators drafted from their names and figures: what is proposed, what is refused, and who confirms it."""

import pandas as pd
import pytest

from plan_monitor import DataError, check, load
from plan_monitor.data.inspection import settled
from plan_monitor.intake import adopt
from reportkit.language import using


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


def test_figures_bound_what_a_name_leaves_open(folder):
    cases = {
        "甲率": (["100%"], "up", "0", "100"),
        "乙率": (["5%", "100.1%", "6%"], "up", "0", ""),
        "丙率": (["0%"], "up", "0", "100"),
        "丁率": (["5%", "-0.1%", "6%"], "up", "", "100"),
        "戊率": (["≤3%"], "down", "0", "100"),
        "己率": (["<3%", "5%"], "down", "0", "100"),
        "庚率": (["≥3%"], "up", "0", "100"),
        "辛率": (["≤3%", "≥2%"], "up", "0", "100"),  # in both ways
        "总人口甲率": (["3%"], "neutral", "0", "100"),
        "总人口乙率": (["≥3%"], "up", "0", "100"),
        "总人口丙率": (["约3%"], "neutral", "0", "100"),
        "甲增长": (["5%"], "up", "", ""),
        "乙降低": (["5%"], "up", "", ""),
        "甲毛入率": (["5%"], "up", "0", ""),
    }
    rows = [
        f"plan-1,{name},532399,{2020 + year},{cell},"
        for name, (cells, *_) in cases.items()
        for year, cell in enumerate(cells)
    ]
    header = "document,indicator,region,period,value,unit"
    (folder / "observations.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    drafts = {one.row["name_zh"]: one.row for one in adopt.drafts(settled(folder).parts)}
    found = {name: [row[key] for key in ("direction", "lower", "upper")] for name, row in drafts.items()}
    assert found == {name: expected for name, (_, *expected) in cases.items()}


def test_a_unit_in_brackets_is_no_part_of_a_name(named):
    (draft,) = named("茶园（亩）", "12")
    assert (draft.row["name_zh"], draft.row["aliases"]) == ("茶园", "茶园(亩)")
    (draft,) = named("茶园", "12亩", "some")
    assert (draft.row["name_zh"], draft.row["aliases"]) == ("茶园", "")


def test_where_a_unit_is_missing_it_is_said_of_the_first_row(named):
    with pytest.raises(DataError) as error:
        named("茶园", "12", "13")
    (finding,) = error.value.findings
    assert (finding.file, finding.row, finding.column, finding.value) == (
        "observations.csv",
        2,
        "unit",
        "茶园",
    )
    assert finding.expected["en"] == "expected a unit, beside it or in brackets"


def test_drafts_are_told_with_their_places_and_what_is_near(named):
    (draft,) = named("农民收人", "5元", "6元")
    assert [name for _, name in draft.near] == ["农民收入"] and draft.places == [2, 3]
    share = adopt.Draft({**draft.row, "name_zh": "覆盖率", "unit": "%", "upper": "100"}, "x.csv", [7], [])
    open_ = adopt.Draft({**draft.row, "lower": "", "upper": "", "nature": ""}, "x.csv", [7, 8, 9], [])
    with using("en"):
        assert adopt.summary([draft, share, open_], "mine")[:4] == [
            "drafted 3 indicator(s), marked as proposed:",
            "  农民收人: 元, up, 0–… (row 2 of observations.csv and 1 more); near in the catalogue: 农民收入",
            "  覆盖率: %, up, 0–100 (row 7 of x.csv)",
            "  农民收人: 元, up (row 7 of x.csv and 2 more)",
        ]
        assert "adopt mine --confirm" in adopt.summary([draft], "mine")[-1]
        assert adopt.summary([], "mine") == ["no indicator that the catalogue lacks"]
    with using("zh"):
        first, line, last = adopt.summary([draft], "mine")
        assert first == "起草了 1 个指标，都标为“拟定”："
        assert (
            line == "  农民收人：元，越高越好，0–…（observations.csv 第 2 行等 2 处）；目录中相近的：农民收入"
        )
        assert "adopt mine --confirm" in last
        assert adopt.summary([], "mine") == ["没有目录中没有的指标"]
