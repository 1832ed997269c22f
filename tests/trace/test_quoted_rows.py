"""Stored rows as reports quote them: their text, place and grade, and how new the newest actual is."""

import pandas as pd
import pytest

from plan_monitor.trace.quoted import Quoted, newest
from reportkit.language import use


def row(table="observations", indicator="a", region="532399", period="2023"):
    return {"table": table, "indicator": indicator, "region": region, "period": period}


@pytest.fixture(scope="module")
def quoted(small_package):
    return Quoted(small_package)


def test_the_newest_actuals_of_a_region_and_of_others_are_told_apart():
    rows = [row(), row(period="2024"), row(region="530000", period="2025"), row(region=None, period="2022")]
    assert newest(rows, [], "532399", "2025") == ("2024", "2025")
    assert newest(rows, [], "530000", "2025") == ("2025", "2024")
    assert newest(rows, [], "", "2025") == ("2025", None)  # of all regions
    assert newest([], [], "532399", "2025") == (None, None)


def test_a_figure_counts_until_the_period_itself_and_a_span_by_its_end():
    assert newest([row(period="2025")], [], "532399", "2025-12") == ("2025", None)
    assert newest([row(period="2025")], [], "532399", "2025-11") == (None, None)
    assert newest([row(period="2021/2024"), row()], [], "532399", "2025") == ("2024", None)
    assert newest([row(period=None)], [], "532399", "2025") == (None, None)


def test_where_promises_are_quoted_only_figures_of_their_indicators_count():
    target = row("targets", "a", period="2025")
    other, document = row(indicator="b", period="2024"), row("documents", None, None, "2022")
    assert newest([target, row(), other], [], "532399", "2025") == ("2023", None)
    assert newest([row(), other], [], "532399", "2025") == ("2024", None)
    assert newest([target, document], [], "532399", "2025") == ("2022", None)
    assert newest([row("schools", "a")], [], "532399", "2025") == (None, None)


def test_a_report_of_all_regions_counts_what_is_promised_whether_it_quotes_it_or_not():
    target, figure = row("targets", "a", period="2025"), row()
    assert newest([target], [target, figure], "", "2025") == ("2023", None)
    assert newest([target], [target, figure], "532399", "2025") == (None, None)
    assert newest([row("documents")], [figure], "", "2022") == (None, None)


def test_documents_that_a_report_of_all_regions_does_not_quote_are_no_actuals():
    target, plan = row("targets", "a", period="2025"), row("documents", None, None, "2021/2025")
    assert newest([target], [target, row(), plan], "", "2025-12") == ("2023", None)
    schools = row("documents", None, None, "2024")
    assert newest([target, schools], [target, row(), schools, plan], "", "2025-12") == ("2024", None)


def test_the_period_of_a_plan_or_an_assumption_is_never_that_of_an_actual(folder):
    """Of the small package, whose own figures end in 2023."""
    documents = pd.read_csv(folder / "documents.csv", dtype="str")
    documents.loc[documents["id"].eq("plan-1"), "period"] = "2021/2025"
    documents.loc[documents["id"].eq("bulletin-1"), "period"] = "2024"
    documents.to_csv(folder / "documents.csv", index=False)
    told = Quoted(folder)
    for region, quoted in (("", ["t-1"]), ("", ["t-1", "plan-1"]), ("某县", ["t-1", "o-2", "plan-1"])):
        assert told.age(quoted, region, "2026") == "最新实绩 2023"
    assert told.age(["plan-1"], "某县", "2026") == "无本地实绩"
    assert told.age(["t-1", "bulletin-1"], "", "2026") == "最新实绩 2024"  # schools are quoted so
    documents.loc[documents["id"].eq("bulletin-1"), "type"] = "assumption"
    documents.to_csv(folder / "documents.csv", index=False)
    assert Quoted(folder).age(["t-1", "bulletin-1"], "", "2026") == "最新实绩 2023"


@pytest.mark.parametrize(
    ("rows", "region", "as_of", "zh", "en"),
    [
        (["o-2", "o-3"], "某县", "2025", "最新实绩 2023", "newest actual 2023"),
        (["o-3"], "某县", "2025", "最新实绩 2020", "newest actual 2020"),
        (["o-2"], "某省", "2025", "无本地实绩（别处 2023）", "no local actual (elsewhere 2023)"),
        (["o-2"], "某县", "2022", "无本地实绩", "no local actual"),
        (["t-1"], "", "2024", "最新实绩 2023", "newest actual 2023"),
    ],
)
def test_how_new_the_newest_actual_is(quoted, rows, region, as_of, zh, en):
    assert quoted.age(rows, region, as_of) == zh
    use("en")
    assert quoted.age(rows, region, as_of) == en


def test_a_stored_row_is_quoted_with_its_document_place_and_grade(quoted):
    quote = quoted.quote("o-2")
    assert (quote.statement, quote.region, quote.locator) == ("学前毛入园率 93 %（2023）", "某县", "表1")
    assert (quote.document.title, quote.document.imprint) == ("某县统计公报", "2024-03")
    assert quote.remark == "" and quote.grade.startswith("A")
    promise, document = quoted.quote("t-1"), quoted.quote("plan-1")
    assert promise.statement == "学前毛入园率 ≥ 95 %（2025）" and promise.grade.startswith("承诺 · ")
    assert (document.statement, document.region, document.locator) == ("", "", "")
    assert quoted.quote("none") is None


def test_a_package_tells_its_edition_rows_regions_and_topics(quoted):
    assert quoted.edition == "0.9.0 2026-01-31"
    assert len(quoted.rows("targets")) == len(quoted.rows("targets", "education")) == 3
    assert quoted.rows("targets", "housing").empty
    assert quoted.region("532399") == quoted.region("某县") == "某县"
    with pytest.raises(KeyError):
        quoted.region("000000")
    assert (quoted.document("plan-1"), quoted.document("none")) == ("某县教育规划", "")
    assert quoted.topic({"document": "plan-1", "scheme": "residents"}) == "某县教育规划"
    assert "居民" in quoted.topic({"scheme": "residents"})
    assert quoted.topic({"scheme": "none"}) == quoted.topic({}) == ""
    assert not quoted.synthetic(["o-1", "t-1"]) and not quoted.synthetic([])


def test_rows_of_a_document_of_made_up_figures_are_told(folder):
    documents = pd.read_csv(folder / "documents.csv", dtype="str")
    documents.loc[documents["id"].eq("bulletin-1"), "type"] = "synthetic"
    documents.to_csv(folder / "documents.csv", index=False)
    made_up = Quoted(folder)
    assert made_up.synthetic(["o-1", "o-2"]) and not made_up.synthetic(["o-1", "o-3"])


def test_a_document_is_told_by_its_number_and_its_date(folder):
    documents = pd.read_csv(folder / "documents.csv", dtype="str")
    documents.loc[documents["id"].eq("plan-1"), "number"] = "某政〔2021〕1号"
    documents.loc[documents["id"].eq("bulletin-1"), "issued"] = None
    documents.to_csv(folder / "documents.csv", index=False)
    told = Quoted(folder)
    assert told.quote("t-1").document.imprint == "某政〔2021〕1号 · 2021-05-12"
    assert told.quote("o-2").document.imprint == ""
