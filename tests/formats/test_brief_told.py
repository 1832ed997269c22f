"""A first page as Typst is told it: its figures with their states, its chart as it was drawn or as a picture."""

import base64
from types import SimpleNamespace

import pytest
from lxml import html

from reportkit.formats.brief import Brief
from reportkit.formats.first import Fact, First, Piece

HEAD = {"issuer": "某局"}
ABOUT = {
    **{
        "title": "题",
        "document": "某规划",
        "lang": "zh",
        "head": HEAD,
        "question": "如何？",
        "region": "某县",
    },
    **{"until": "截止 2025-12", "edition": "1.0", "synthetic": False},
}


def told(folder, chart=None):
    facts = [
        Fact([Piece("入园率")], [Piece("91 %", (1, 2))], [Piece("偏慢")], "slow"),
        Fact([Piece("学位")], [Piece("3 个")], [], "unheard-of"),
    ]
    shown = First([Piece("答")], facts, [[Piece("办")]], [Piece("限制")], chart, next="下一步")
    return Brief(SimpleNamespace(about=ABOUT), shown, folder).typst()


def test_it_is_told_with_signs_and_colours_of_states_and_numbers_of_notes(tmp_path):
    whole = told(tmp_path)
    first = whole.pop("first")
    assert whole == {
        **{"title": "题", "document": "某规划", "lang": "zh", "head": HEAD, "linked": True},
        **{"cover": ["如何？", "某县 · 截止 2025-12 · 数据版本 1.0"], "sources": [], "attached": ""},
    }
    slow, plain = first.pop("facts")
    assert slow["figure"] == [{"text": "91\u00a0%", "numbers": (1, 2)}]
    assert [(fact["sign"], fact["colour"]) for fact in (slow, plain)] == [("◐ ", "#825700"), ("", "#4d4d4d")]
    assert slow["label"] == [{"text": "入园率", "numbers": ()}] and plain["word"] == []
    assert first == {
        "answer": [{"text": "答", "numbers": ()}],
        "next": "下一步",
        "steps": [[{"text": "办", "numbers": ()}]],
        "limits": [{"text": "限制", "numbers": ()}],
        "chart": None,
    }


@pytest.mark.parametrize(
    ("looks", "shape"), [("width='200' height='100'", 0.5), ("width='200'", 190 / 200), ("", 190 / 340)]
)
@pytest.mark.parametrize(("kind", "name"), [("image/png", "first.png"), ("image/svg+xml", "first.svg")])
def test_a_picture_is_put_into_the_folder_with_its_shape(tmp_path, looks, shape, kind, name):
    content = base64.b64encode(b"a picture").decode()
    figure = html.fragment_fromstring(
        f"<figure><img src='data:{kind};base64,{content}' alt='图' {looks}></figure>"
    )
    chart = told(tmp_path, figure)["first"]["chart"]
    assert chart["shape"] == pytest.approx(shape)
    assert (chart["vector"], chart["pixels"], chart["text"]) == (name, name, "图")
    assert (chart["title"], chart["subtitle"]) == ("", "")
    assert (tmp_path / name).read_bytes() == b"a picture"
