"""What is known of a document before its figures, and where a gazette's documents begin."""

import pytest

from plan_monitor.reading import frame, passages

TITLES = [
    ("某县教育发展“十四五”规划", "plan", 2020, "", (2021, 2025)),
    ("某县产业行动方案（2022—2024年）", "plan", 2021, "", (2022, 2024)),
    ("某市2020年国民经济和社会发展统计公报", "bulletin", 2020, "", None),
    ("某县2021年上半年经济运行情况", "bulletin", 2021, "H1", None),
    ("2021年1—8月某县经济运行情况", "bulletin", 2021, "-01/-08", None),
    ("政府工作报告\n——2021年1月20日在某县人民代表大会上", "report", 2020, "", None),
    ("某县教育现代化2035\n某政发〔2021〕5号", "plan", 2020, "", (2021, 2035)),
]


@pytest.mark.parametrize(("title", "kind", "year", "part", "plan"), TITLES)
def test_a_title_says_what_a_document_is_about(title, kind, year, part, plan):
    result = frame.propose(passages.read(f"{title}\n正文第一段。"))
    assert (result.kind, result.clock) == (kind, (year, part, plan))
    assert result.title == title.split("\n")[0]


def test_what_is_given_holds():
    result = frame.propose(passages.read("某县教育发展“十四五”规划"), year=2019, until=2030)
    assert result.clock == (2019, "", (2021, 2030))


def test_a_plan_that_only_its_aim_names_looks_back_on_no_year_of_the_future():
    assert frame.propose(passages.read("某县教育现代化2035\n正文。")).clock.year is None


def test_a_gazette_has_several_documents():
    text = "\n".join(
        f"某县人民政府关于印发{what}规划的通知\n某政发〔2021〕{number}号\n{what}正文。"
        for number, what in enumerate(("教育", "卫生"), 8)
    )
    documents = frame.documents(passages.read(text))
    assert [(parts[0].text, len(parts)) for parts in documents] == [
        ("某县人民政府关于印发教育规划的通知", 3),
        ("某县人民政府关于印发卫生规划的通知", 3),
    ]


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        pytest.param("某县教育规划\n2021年5月12日", {}, ("plan", 2020, None), id="the year before it was issued"),
        pytest.param("某县教育规划\n（2021—2025年）", {}, ("plan", 2020, (2021, 2025)), id="years below the title"),
        pytest.param(
            "某县教育规划（2021—2025年）\n某政发〔2019〕5号", {}, ("plan", 2018, (2021, 2025)), id="issued earlier"
        ),
        pytest.param(
            "某县教育规划（2021—2025年）\n某政发〔2023〕5号", {}, ("plan", 2020, (2021, 2025)), id="issued later"
        ),
        pytest.param(
            "某县行动方案（2021—2021年）\n某政发〔2020〕5号", {}, ("plan", 2019, (2020, 2021)), id="up to a year"
        ),
        pytest.param("某县教育规划（2021—2025年）", {"until": 2023}, ("plan", 2020, (2021, 2023)), id="cut short"),
        pytest.param("某县教育规划（2021—2025年）", {"until": 2022}, ("plan", 2020, (2021, 2022)), id="to two years"),
        pytest.param("某县教育规划（2021—2025年）", {"until": 2021}, ("plan", 2020, (2021, 2021)), id="to one year"),
        pytest.param("某县教育规划（2021—2025年）", {"until": 2020}, ("plan", 2019, (2020, 2020)), id="to none of its years"),
        pytest.param(
            "某县教育规划（2021—2025年）\n某政发〔2023〕5号", {"until": 2021}, ("plan", 2020, (2021, 2021)), id="issued after"
        ),
        pytest.param("某县2021年政府工作报告", {"until": 2021}, ("report", 2020, (2021, 2021)), id="of the year ahead"),
        pytest.param("某县2020年政府工作报告", {"until": 2021}, ("report", 2020, (2021, 2021)), id="of the year before"),
        pytest.param("某县教育规划\n2025年好。", {"until": 2025}, ("plan", 2024, (2025, 2025)), id="the usual year is ahead"),
        pytest.param("某县2022年公报", {"year": 2022, "until": 2021}, ("bulletin", 2022, (2021, 2021)), id="given, it stays"),
        pytest.param("某县教育规划", {"until": 2025}, ("plan", None, (2025, 2025)), id="an end alone"),
        pytest.param("某县教育规划", {"year": 2022, "until": 2025}, ("plan", 2022, (2023, 2025)), id="both given"),
        pytest.param("某县2020年公报", {"year": 2019}, ("bulletin", 2019, None), id="another year given"),
        pytest.param("某县公报\n某统〔2021〕5号", {}, ("bulletin", 2020, None), id="issued"),
        pytest.param("某县公报\n2019年好，2019年好，2020年好。", {}, ("bulletin", 2019, None), id="the usual year"),
        pytest.param("某县情况", {}, ("bulletin", None, None), id="nothing tells"),
        pytest.param("某县教育规划\n2021年5月12日", {"until": 2021}, ("plan", 2020, (2021, 2021)), id="a year to go"),
        pytest.param("某县教育计划2021\n某政发〔2021〕5号", {}, ("plan", 2020, (2021, 2021)), id="of its own year"),
        pytest.param("某县行动2022\n某政发〔2021〕5号", {}, ("plan", 2020, (2021, 2022)), id="up to the next year"),
        pytest.param("某县行动方案（2021年至2023年）", {}, ("plan", 2020, (2021, 2023)), id="from and to"),
        pytest.param("某县公报\n2019年好，2018年好，2018年好。", {}, ("bulletin", 2018, None), id="the usual one"),
        pytest.param(
            f"某县规划\n{'和' * 68}（2021—2025年）", {}, ("plan", 2020, (2021, 2025)), id="in a line of 80 characters"
        ),
        pytest.param(f"某县规划\n{'和' * 69}（2021—2025年）", {}, ("plan", 2025, None), id="in a longer one"),
        pytest.param("某县规划\n和（2021—2025年）。", {}, ("plan", 2025, None), id="in a sentence"),
    ],
)  # fmt: skip
def test_the_years_that_a_document_looks_back_on_and_plans(text, given, expected):
    result = frame.propose(passages.read(f"{text}\n"), **given)
    assert (result.kind, result.clock.year, result.clock.plan) == expected


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("教育", "某县教育规划"), "某县教育规划"),
        (("某县人民政府", "某县教育规划"), "某县教育规划"),
        (("某县人民政府", "某县情况"), "某县人民政府"),
        (("某县教育规划。", "某县情况"), "某县情况"),
        (("某县教育" + "和" * 74 + "规划", "某县情况"), "某县教育" + "和" * 74 + "规划"),
        (("某县教育" + "和" * 75 + "规划", "某县情况"), "某县情况"),  # longer than a title
        (("某县",), ""),
    ],
)
def test_the_title_is_the_first_line_that_names_a_kind(lines, title):
    assert frame.propose(passages.read("".join(f"{line}\n\n" for line in lines))).title == title


@pytest.mark.parametrize(("lines", "title"), [(11, "某县2020年公报"), (12, "")])
def test_the_title_is_among_the_first_twelve_lines(lines, title):
    assert frame.propose(passages.read("甲\n\n" * lines + "某县2020年公报\n")).title == title


@pytest.mark.parametrize(
    ("lines", "lengths"),
    [
        (("正文。", "甲", "乙", "某政发〔2021〕8号", "正文。"), [1, 4]),
        (("正文。", "甲", "乙", "丙", "某政发〔2021〕8号", "正文。"), [1, 5]),
        (
            ("正文。", "甲", "乙", "丙", "丁", "某政发〔2021〕8号", "正文。"),
            [2, 5],
        ),  # a title has three lines
        (("正文。", "某政发〔2021〕8号", "正文。"), [3]),  # and has to be there
        (("甲", "某政发〔2021〕8号", "正文。", "乙", "某政发〔2021〕9号", "正文。"), [3, 3]),
        (("正文。", "题" * 80, "某政发〔2021〕8号", "正文。"), [1, 3]),
        (("正文。", "题" * 81, "某政发〔2021〕8号", "正文。"), [4]),
        (("某政发〔2021〕8号", "甲", "乙"), [3]),
    ],
)
def test_where_the_documents_of_a_gazette_begin(lines, lengths):
    documents = frame.documents(passages.read("\n\n".join(lines) + "\n"))
    assert [len(parts) for parts in documents] == lengths
