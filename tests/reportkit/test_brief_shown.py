"""A first page as a notebook shows it: as HTML and Markdown to be read, and as data with the rows of each figure."""

from bs4 import BeautifulSoup

from reportkit.brief import BRIEF, Fact, brief
from reportkit.cited import cited
from reportkit.language import using

FACTS = [
    Fact(("入园率", "Enrolment"), "91 %", ["a", "b"], "偏慢", "slow"),
    Fact(("学位", "Places"), "3 个 <个>"),
]
STEPS = [f"请某局公布 {cited('2', ['c'])} 项", "再办"]
LIMITS = ("限制", "Limits")


def test_its_data_have_every_figure_with_its_rows(shown):
    brief((f"十项中{cited('2', ['d'])} 项达到。", "x"), FACTS, STEPS, LIMITS)
    (bundle,) = shown
    assert bundle[BRIEF] == {
        "answer": "十项中2 项达到。",
        "facts": [
            {"label": "入园率", "state": "slow", "figure": "91 %", "word": "偏慢", "ids": ["a", "b"]},
            {"label": "学位", "state": "", "figure": "3 个 <个>", "word": "", "ids": []},
        ],
        "steps": ["请某局公布 2 项", "再办"],
        "limits": "限制",
        "next": "下一步",
        "sets": bundle[BRIEF]["sets"],
    }
    page = BeautifulSoup(bundle["text/html"], "html.parser")
    places = [int(span["data-cite"]) for span in page.select("[data-cite]")]
    assert [
        (span.get_text(), bundle[BRIEF]["sets"][place])
        for span, place in zip(page.select("[data-cite]"), places, strict=True)
    ] == [
        *(("2", ["d"]), ("91 %", ["a", "b"])),
        ("2", ["c"]),
    ]


def test_it_is_read_as_a_page_and_as_text(shown):
    brief(("答。", "Answer."), FACTS, STEPS, LIMITS, as_of="2025-12")
    page = BeautifulSoup(shown[0]["text/html"], "html.parser")
    assert [part["class"] for part in page.div.find_all(recursive=False)] == [
        *(["answer"], ["facts"], ["next"]),
        *(["steps"], ["limits"]),
    ]
    assert [state["class"] for state in page.select("span.state")] == [["state", "status-slow"]]
    assert page.select("strong")[1].get_text() == "3 个 <个>"
    text = "**答。**\n\n- 入园率 **91 %** · 偏慢\n- 学位 **3 个 <个>**\n\n下一步（截至 2025-12）：\n\n1. 请某局公布 2 项\n2. 再办\n\n限制"
    assert shown[0]["text/markdown"] == shown[0]["text/plain"] == text


def test_of_many_facts_the_first_six_are_shown_and_what_there_is_not_is_left_out(shown):
    with using("en"):
        brief(("x", "Answer."), [Fact(("标签", f"Label {n}"), f"{n}") for n in range(8)])
    data = shown[0][BRIEF]
    assert [fact["label"] for fact in data["facts"]] == [f"Label {n}" for n in range(6)]
    assert (data["steps"], data["limits"], data["next"]) == ([], "", "What to do next")
    page = BeautifulSoup(shown[0]["text/html"], "html.parser")
    assert page.select(".next, .steps, .limits, .state") == []
    assert shown[0]["text/markdown"].splitlines() == [
        "**Answer.**",
        "",
        *(f"- Label {n} **{n}**" for n in range(6)),
    ]


def test_in_english_its_steps_are_told_as_of_their_period(shown):
    with using("en"):
        brief(("x", "Answer."), [], ["Publish."], as_of="2025-12")
    assert shown[0]["text/plain"] == "**Answer.**\n\nWhat to do next (as of 2025-12):\n\n1. Publish."
