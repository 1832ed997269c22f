"""What a figure is of the one before it, by the words between them."""

import pytest

from plan_monitor.reading.relations import related


@pytest.mark.parametrize(
    ("clause", "unit", "expected"),
    [
        ("比上年增长", "%", ("产值", "growth", False, False)),
        ("收入比上年增长", "%", ("收入", "growth", False, True)),
        ("收入增速比上年下降", "%", ("收入", "growth", True, True)),
        ("年均增长", "%", ("产值", "growth_annual", False, False)),
        ("增长", "倍", ("产值", "growth", False, False)),
        ("翻", "番", ("产值", "growth", False, False)),
        ("比上年增加", "人", ("产值", "change", False, False)),
        ("减少", "人", ("产值", "change", True, False)),
        ("增加", "百分点", ("产值", "change", False, False)),
        ("拉动增长", "百分点", ("产值拉动增长", "contribution", False, False)),
        ("服务业拉动经济增长", "百分点", ("服务业拉动经济增长", "contribution", False, False)),
        ("对经济增长的贡献率为", "%", ("产值拉动经济增长", "contribution", False, False)),
        ("服务业对经济增长贡献率达", "%", ("服务业拉动经济增长", "contribution", False, False)),
        ("负拉动增长", "百分点", ("负拉动增长", "contribution", True, False)),
        ("居全省第", "位", ("产值位次", "rank", False, False)),
        ("收入居全省第", "位", ("收入位次", "rank", False, True)),
        ("收入位次居全省第", "名", ("收入位次", "rank", False, True)),
        ("居全省第", "人", None),
        ("增速高于全省平均", "百分点", ("产值", "gap", False, False)),
        ("增速快于全省", "点", ("产值", "gap", False, False)),
        ("低于全省平均", "百分点", ("产值", "gap", True, False)),
        ("比全省平均高", "百分点", ("产值", "gap", False, False)),
        ("比上年低", "百分点", ("产值", "gap", True, False)),
        ("高于", "%", None),  # how the figure itself is meant
        ("低于", "%", None),
        ("低于全省平均", "人", None),
        ("占总数的", "%", ("产值占总数的比重", "share", False, False)),
        ("民办占总数的比重达", "%", ("民办占总数的比重", "share", False, True)),
        ("占总数的", "人", None),
        ("占地", "%", None),
        ("建成", "所", None),
        ("巩固率", "%", None),
    ],
)
def test_what_a_figure_is_of_the_one_before(clause, unit, expected):
    found = related(clause, unit, "产值")
    assert (found and tuple(found)) == expected


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("拉动经济增长", "服务业拉动经济增长"),
        ("贡献率为", "服务业拉动工业增长"),
        ("对经济增长的贡献率为", "服务业拉动经济增长"),
        ("金融业拉动经济增长", "金融业拉动经济增长"),
        ("金融业贡献率为", "金融业拉动增长"),
    ],
)
def test_a_contribution_to_what_a_contribution_is_of_is_called_once(clause, name):
    assert related(clause, "%", "服务业拉动工业增长").name == name


def test_a_rank_of_a_rank_is_called_once():
    assert related("居全省第", "位", "产值位次").name == "产值位次"
