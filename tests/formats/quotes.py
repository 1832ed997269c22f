"""Stored rows that a subject could quote, made up for tests of notes."""

from reportkit.source import Document, Quote

PLAN, BULLETIN = Document("某县教育规划", "某政发〔2021〕1号 · 2021-05-12"), Document("某县统计公报", "")
PROMISE, OFFICIAL = "承诺 · 原文数字", "A 官方文本 · 原文数字"


class Rows:
    """Stored rows by id, as a subject quotes them."""

    def __init__(self, *quotes):
        self.ids = [str(number) for number in range(len(quotes))]
        self.quote = dict(zip(self.ids, quotes, strict=True)).get


def quote(
    said="入园率 91 %（2020）", locator="第一章 · 表1 · 入园率行", region="某县", grade=OFFICIAL, **other
):
    return Quote(said, region, other.get("document", PLAN), locator, grade, other.get("remark", ""))
