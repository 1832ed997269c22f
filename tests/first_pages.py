"""First pages for the tests: one as full as it may be, and what of others is too long."""

import base64

import nbformat
import pandas as pd

from reportkit import brief, cited, language
from reportkit.charts import canvas
from reportkit.charts.small import small_lines

ANSWER = (
    "九十三项承诺都还没有到期后的数字，基年水平高于全省和全国，但学前教育目标偏陡。",  # 40 characters at most
    "None of the 93 promises has a later figure, but the base year stood above province and nation alike.",
)
LABELS = (
    ("学前教育毛入园率", "Preschool enrolment (2020)"),
    ("九年义务教育巩固率目标", "Retention target (2025)"),
    ("高中阶段毛入学率", "Senior secondary (2020)"),
    ("在园幼儿（2020）", "Kindergarten children (2020)"),
    ("规划期新增学位", "Places to add"),
    ("相互对不上的数字", "Figures that do not agree"),
)
FIGURES = (
    ("91 %", "98 %", "90.12 %", "75,634 人", "2.92 万个", "3 处"),
    ("91 %", "98 %", "90.12 %", "75,634", "29,200", "3"),
)
WORDS = (
    ("全国 85.2 %（2020）", "nation 85.2 % (2020)", "slow"),
    ("低于基年 98.88 %", "below the base of 98.88 %", "moving_away"),
    ("进度偏慢", "slow", "slow"),
    ("无后续实绩", "no later figure", ""),
    ("待核实", "to be checked", "lagging"),
    ("待发文机关澄清", "to be cleared up", ""),
)
STEP = (
    "请州教育体育局会同州统计局，于二〇二六年三月底前公布各县市在园幼儿数和毛入园率的实绩，并逐项注明口径、出处和统计时间。",
    "The Bureau of Education and Sport, together with the Bureau of Statistics, to publish enrolment in every county "
    "for 2025 by the end of March 2026, with definitions and sources, item by item.",
)
LIMITS = (
    "规划只写到州一级，各县市的情况无法判断；没有后续实绩不等于没有完成，也不等于已经完成，须以发布机关的数字为准。",
    "The plan speaks of the prefecture only, so that counties cannot be judged. That there is no later figure does not "
    "mean that nothing was done.",
)
SOURCES = (["edu-145-001"], ["edu-145-002"], [f"edu-145-{n:03}" for n in range(3, 6)])
SOURCES += (
    [f"edu-145-{n:03}" for n in range(6, 18)],
    [f"edu-145-{n:03}" for n in range(1, 60)],
    ["edu-145-020"],
)


def briefs(notebook):
    """The first pages that an executed notebook shows, as data."""
    found = (output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", []))
    return [data[brief.BRIEF] for data in found if brief.BRIEF in data]


def too_long(told, lang, fewest=0):
    """What of a first page has no room on it, or is too little; data with nothing to show have few facts."""
    most = (
        {"answer": 40, "steps": 60, "limits": 80}
        if lang == "zh"
        else {"answer": 20, "steps": 30, "limits": 40}
    )

    def length(text):
        return len(text) if lang == "zh" else len(text.split())

    texts = {"answer": [told["answer"]], "steps": told["steps"], "limits": [told["limits"]]}
    found = [text for key, of in texts.items() for text in of if length(text) > most[key]]
    found += [fact["label"] for fact in told["facts"] if not (fact["figure"] and fact["label"])]
    counts = fewest <= len(told["facts"]) <= brief.MOST and len(told["steps"]) <= 5
    return found if counts else [*found, len(told["facts"]), len(told["steps"])]


def outputs(monkeypatch, lang, facts=6, steps=5, chart=True):
    """What a cell with a first page shows, with as many facts and steps."""
    found = []
    for module in (brief, canvas):
        monkeypatch.setattr(module, "display", lambda bundle, raw: found.append(bundle))
    with language.using(lang):
        shown = [
            brief.Fact(
                label,
                language.chosen(FIGURES)[place],
                SOURCES[place],
                language.chosen(WORDS[place][:2]),
                WORDS[place][2],
            )
            for place, label in enumerate(LABELS[:facts])
        ]
        told = [cited.cited(language.chosen(STEP), [f"edu-145-{n + 30:03}"]) for n in range(steps)]
        brief.brief(ANSWER, shown, told, LIMITS)
        if chart:
            years = [(2016, 82.0), (2018, 86.0), (2020, 91.0), (2025, 93.0)]
            lines = [("巩固率", "某州", year, value, "%", "edu-145-001") for year, value in years]
            frame = pd.DataFrame(lines, columns=["panel", "series", "year", "value", "unit", "id"])
            small_lines(
                frame, title=("学前教育离目标还差 2 个百分点", "Preschool is two points short"), subtitle="%"
            )
    made = []
    for bundle in found:
        data = {
            kind: base64.b64encode(part).decode() if isinstance(part, bytes) else part
            for kind, part in bundle.items()
        }
        made.append(nbformat.v4.new_output("display_data", data=data))
    return made


def notebook(monkeypatch, lang, sections=1, **shown):
    """A notebook whose first page stands behind other cells."""
    cells = [
        nbformat.v4.new_markdown_cell(
            "# 教育事业发展规划监测\n\n走到了哪里？", metadata={"tags": ["lang-zh"]}
        ),
        nbformat.v4.new_markdown_cell(
            "# Monitoring of a plan\n\nWhere is it?", metadata={"tags": ["lang-en"]}
        ),
        nbformat.v4.new_code_cell("load()"),
        *(nbformat.v4.new_markdown_cell(f"## 第{n}节\n\n正文。") for n in range(sections)),
        nbformat.v4.new_code_cell(
            "brief()", outputs=outputs(monkeypatch, lang, **shown), metadata={"tags": ["brief"]}
        ),
        nbformat.v4.new_markdown_cell("## 末节\n\n正文。"),
    ]
    return nbformat.v4.new_notebook(cells=cells)
