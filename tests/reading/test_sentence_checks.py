"""What a sentence's figures are held against, and what they are not: with values at every bound."""

import pytest

from plan_monitor.reading import checks, draft, passages

TEXT = "某市“十四五”水务发展规划\n\n第一节 取得的成绩\n\n{}\n"


def found(sentence):
    """The rule and the words of each check, without where it stands."""
    made = checks.candidates(draft.read(passages.read(TEXT.format(sentence)), year=2020, until=2025))
    return [f"{one.rule} {one.text_zh.rpartition('（')[0]}" for one in made.itertuples()]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("新建泵站310个（城区120个、乡村190个）。", "parts 相符：120 个 + 190 个 = 310 = 310 个"),
        ("新建泵站310个（城区120个、乡村195个）。", "parts 不符：120 个 + 195 个 = 315 = 310 个"),
        # more than 2 % off they are not all of it, and no more than all in any case
        ("新建泵站310个（城区120个、乡村198个）。", "parts 不符：120 个 + 198 个 = 318 ≤ 310 个"),
        ("新建泵站310个（城区120个、乡村180个）。", ""),
        ("新建泵站310个（城区120个、乡村190个），改造90个。", "parts 相符：120 个 + 190 个 = 310 = 310 个"),
        ("新建泵站310个（城区120个、乡村90人）。", ""),
        ("新建泵站310个（城区120个）。", ""),
        ("新建泵站310个，城区120个、乡村190个。", ""),
        ("新建泵站12个、改建泵站9个，共21个。", "parts 相符：12 个 + 9 个 = 21 = 21 个"),
        ("新建泵站12个、改建泵站9个，共25个。", "parts 不符：12 个 + 9 个 = 21 = 25 个"),
        ("新建泵站12个、改建泵站9个，共27个。", ""),  # more than a fifth off
        ("新建泵站12个。改建泵站9个，共21个。", ""),
        ("改建泵站9个，共21个。", ""),
    ],
)
def test_parts_and_their_whole(sentence, expected):
    assert found(sentence) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "渠道衬砌目标400公里，实际完成420公里，完成率105%。",
            "completed 相符：420 公里 ÷ 400 公里 × 100 = 105 = 105 %",
        ),
        (
            "渠道衬砌目标400公里，实际完成420公里，完成率88%。",
            "completed 不符：420 公里 ÷ 400 公里 × 100 = 105 = 88 %",
        ),
        ("渠道衬砌目标400公里，实际完成420公里，完成率87%。", ""),  # more than a fifth off
        ("渠道衬砌目标400公里，实际完成420个，完成率105%。", ""),
        ("渠道衬砌400公里，目标420公里，完成率105%。", ""),  # which nobody says was done
        (
            "2020年，全市毕业生5000人，就业4600人，就业率为92.0%。",
            "share 相符：4600 人 ÷ 5000 人 × 100 = 92 = 92.0 %",
        ),
        ("2020年，全市毕业生5000人，就业4600人，就业率为92%。", ""),  # as few digits may be a chance
        ("2020年，全市毕业生5000人，就业4600人，就业率为100%。", ""),
        (
            "2020年，全市毕业生5万人，就业46000人，就业率为92.0%。",
            "share 相符：46000 人 ÷ 10000 ÷ 5 万人 × 100 = 92 = 92.0 %",
        ),
    ],
)
def test_rates_of_what_was_done_and_of_all(sentence, expected):
    assert found(sentence) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "巩固率96%，高于全省1.5个百分点（全省平均94.5%）。",
            "beyond 相符：94.5 % + 1.5 百分点 = 96 = 96 %",
        ),
        (
            "巩固率93%，低于全省1.5个百分点（全省平均94.5%）。",
            "beyond 相符：94.5 % - 1.5 百分点 = 93 = 93 %",
        ),
        (
            "巩固率98%，高于全省1.5个百分点（全省平均94.5%）。",
            "beyond 不符：94.5 % + 1.5 百分点 = 96 = 98 %",
        ),
        ("巩固率96%，高于全省1.5个百分点（邻县94.5%）。", ""),
        ("每年改造管网40公里，“十四五”期间改造管网200公里。", "yearly 相符：40 公里 × 年数 = 200 = 200 公里"),
        ("每年改造管网40公里，“十四五”期间改造管网500公里。", "yearly 不符：40 公里 × 年数 = 200 = 500 公里"),
        ("每年改造管网80公里，“十四五”期间改造管网200公里。", "yearly 不符：80 公里 × 年数 = 400 = 200 公里"),
        ("每年改造管网81公里，“十四五”期间改造管网200公里。", ""),  # more than as much again
        (
            "每年新增用水户0.4万户，“十四五”期间新增用水户20000户。",
            "yearly 相符：0.4 万户 × 年数 = 20000 = 20000 户",
        ),
        ("每年改造管网40公里，“十四五”期间新增用水户200户。", ""),
    ],
)
def test_what_is_above_an_average_and_so_much_a_year(sentence, expected):
    assert found(sentence) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("新建6个，恢复2个", "stock 相符：90 个 + 6 个 + 2 个 = 98 = 98 个"),
        ("新建7个，恢复2个", "stock 不符：90 个 + 7 个 + 2 个 = 99 = 98 个"),
        ("新建5个，恢复2个", "stock 不符：90 个 + 5 个 + 2 个 = 97 = 98 个"),
        ("新建5个，恢复1个", ""),  # more than 2 % off
        ("改造6个", ""),
    ],
)
def test_what_is_kept_and_what_is_new(new, expected):
    made = found(f"到2025年，全市有泵站98个。保留泵站90个，撤销3个，{new}。")
    assert made == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (("50.5", "30.2", "19.3"), "hundred 相符：50.5 % + 30.2 % + 19.3 % = 100 = 100"),
        (("50.5", "30.2", "16.3"), "hundred 不符：50.5 % + 30.2 % + 16.3 % = 97 = 100"),
        (("50.5", "30.2", "22.3"), "hundred 不符：50.5 % + 30.2 % + 22.3 % = 103 = 100"),
        (("50.5", "30.2", "16.2"), ""),  # 3 off, they are not meant to be all; of two shares 1 off
        (("50.5", "48.5"), "hundred 不符：50.5 % + 48.5 % = 99 = 100"),
        (("50.5", "50.5"), "hundred 不符：50.5 % + 50.5 % = 101 = 100"),
        (("50.5", "48.4"), ""),
        (("100",), ""),
    ],
)
def test_shares_of_everything(shares, expected):
    told = (
        f"{name}用水占比为{share}%" for name, share in zip(("农业", "工业", "生活"), shares, strict=False)
    )
    assert found("，".join(told) + "。") == ([expected] if expected else [])
