"""What to do next in sentences: who, what, by when; short, cited, of any data."""

import re
import shutil
from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor import load
from plan_monitor import report as show
from plan_monitor.audit import consequence
from plan_monitor.methods import promises
from plan_monitor.milestones.states import states
from plan_monitor.report import responsible
from reportkit import language
from reportkit.cited import spans, unmarked

pytestmark = pytest.mark.slow

UNITS = """id,document,promise,unit_zh,unit_en,role,locator,reading,note_zh,note_en
r-1,plan-1,t-1,县教育局,County Education Bureau,lead,第二章,printed,,
r-2,plan-1,t-1,县财政局,County Finance Bureau,support,第二章,printed,,
r-3,plan-1,t-2,县教育局,County Education Bureau,joint,第二章,printed,,
r-4,plan-1,t-2,县编办,County Staffing Office,joint,第二章,printed,,
"""


@pytest.fixture(scope="module")
def package(small_package, tmp_path_factory):
    folder = shutil.copytree(small_package, tmp_path_factory.mktemp("with-units") / "data")
    (folder / "responsibilities.csv").write_text(UNITS, encoding="utf-8")
    return load(folder)


@pytest.fixture(scope="module")
def held(shipped):
    """What the audit holds against the plans."""
    return consequence.held(shipped, "2025-12")


def steps(package, as_of, **given):
    return show.next_steps(promises.judge(package, as_of), package, as_of, **given)


def ids(step):
    """The rows that each cited piece of a step comes from."""
    sets = []
    spans(step, sets)
    return sets


def test_a_slow_target_names_its_lead_its_figure_and_its_goal(package):
    """91 in 2020, 93 in 2023, 95 wanted in 2025: two of four points in three of five years (rho 0.83)."""
    first = steps(package, "2024-12")[0]
    assert (
        unmarked(first)
        == "请县教育局查明原因，加快“学前毛入园率”：93 %（2023），2025 年目标 ≥ 95 %（进度偏慢）"
    )
    assert ids(first) == [["r-1"], ["o-2"], ["t-1"]]
    with language.using("en"):
        english = unmarked(steps(package, "2024-12")[0])
    assert english == (
        "Ask the County Education Bureau to speed up “Preschool enrolment”: 93 % (2023), target ≥ 95 % for 2025 (slow)"
    )


def test_not_before_twelve_months(package):
    assert not any("加快" in step for step in steps(package, "2023-12"))


def test_a_target_that_was_missed_is_to_be_explained(package):
    last = package.observations[package.observations["id"].eq("o-2")].assign(
        id="o-9", period="2025", value=94.0
    )
    known = pd.concat([package.observations, last], ignore_index=True)
    late = replace(package, observations=known)
    first = unmarked(steps(late, "2026-12")[0])
    assert first == "请县教育局说明“学前毛入园率”未达到的原因：94 %（2025），2025 年目标 ≥ 95 %（进度偏慢）"


def test_poor_odds_are_said_in_words(package):
    odds = pd.DataFrame({"id": ["t-3", "t-2"], "probability": [0.34, 0.9]})
    told = [unmarked(step) for step in steps(package, "2024-12", odds=odds)]
    assert told[1] == "请发文机关查明原因，加快“农民收入”：2025 年目标 26,581 元（按以往走势，可能性三成多）"


def test_missing_figures_are_asked_of_the_unit_that_answers(package):
    told = [unmarked(step) for step in steps(package, "2027-06")]
    assert "向县教育局等索取“巩固率” 2025 年的实绩：已过公布期，未见公布" in told
    assert "向发文机关索取“农民收入” 2025 年的实绩：已过公布期，未见公布" in told


def test_several_missing_figures_are_one_request_that_leads_to_all(shipped):
    plan = shipped.select(document="med-ins", region=shipped.within("532300"))
    first = steps(plan, "2026-11")[0]
    assert (
        unmarked(first)
        == "向州医保局索取“国家级医疗保障服务示范点”等 20 项 2022—2025 年的实绩：已过公布期，未见公布"
    )
    unit, named, figures = ids(first)
    assert (unit, named) == (["med-ins-013-unit-1"], ["med-ins-013"]) and len(figures) == 20


def test_what_is_not_to_be_expected_yet_is_announced_with_its_month(shipped):
    plan = shipped.select(document="med-ins", region=shipped.within("532300"))
    last = unmarked(steps(plan, "2025-12")[-1])
    assert last == "2026 年 8 月前应公布“基本医保参保率”等 16 项（按假设的时滞）；过时未见的，向州医保局催要"
    with language.using("en"):
        last = unmarked(steps(plan, "2025-12")[-1])
    assert last == (
        "By August 2026 (assumed lag) 16 results such as “Basic medical insurance enrolment rate” should be out; "
        "if not, ask the Prefectural Healthcare Security Bureau"
    )


def test_without_a_named_unit_who_published_the_figure_is_asked(package):
    """Of the target's own document only the figure of 2020 is; the later one is of the bulletin."""
    nobody = replace(package, responsibilities=package.responsibilities[:0])
    issued = nobody.documents.assign(issuer=["某县人民政府", "某县统计局"])
    nobody = replace(nobody, documents=issued)
    told = [unmarked(step) for step in steps(nobody, "2024-12")]
    assert told[0].startswith("请某县统计局查明原因，加快“学前毛入园率”")
    assert "2025 年底：“巩固率”等 2 项到期，请某县人民政府提前自查" not in told[0]
    assert any("请某县人民政府" in step for step in told[1:])


def test_contradictions_of_this_document_are_counted_and_the_gravest_is_named(shipped, held):
    plan = shipped.select(document="listing", region=shipped.within("532300"))
    told = steps(plan, "2025-12", contradictions=held)
    (clear,) = (step for step in told if "澄清" in step)
    assert unmarked(clear) == (
        "请楚雄州人民政府澄清“元谋县上市挂牌入库企业”（4 户（2025）与 6 户（2024））；另有 2 处见核查报告"
    )
    assert set(ids(clear)[0]) <= set(ids(clear)[-1]) and len(ids(clear)[-1]) == 6
    none = shipped.select(document="med-ins", region=shipped.within("532300"))
    assert not any("澄清" in step for step in steps(none, "2025-12", contradictions=held))


def clear(shipped, held, document, lang="zh"):
    plan = shipped.select(document=document, region=shipped.within("532300"))
    with language.using(lang):
        told = [unmarked(step) for step in steps(plan, "2025-12", contradictions=held)]
    return [step for step in told if re.search("更正|说明|澄清|correct|explain|clear up", step)]


def test_a_contradiction_is_told_with_both_figures_in_the_words_of_its_class(shipped, held):
    """One changed later without saying so; two figures that stand in the subject; one number in two places."""
    assert clear(shipped, held, "edu-145") == [
        "请楚雄州人民政府说明“义务教育优质均衡县占比”（20 % 与 30 %），改变而未说明；另有 5 处见核查报告"
    ]
    assert clear(shipped, held, "rural-145") == [
        "请楚雄州人民政府澄清“2020年脱贫人口收入：正文与表”（11,637 元与 12,861 元）；另有 9 处见核查报告"
    ]
    assert "2020年”（两处同为 50.55 %）；另有 1 处" in clear(shipped, held, "egov-145")[0]
    assert clear(shipped, held, "edu-balanced")[0].endswith("（3 级与 4 级）；详见核查报告")
    assert clear(shipped, held, "edu-145", "en")[0] == (
        "The Chuxiong Prefecture government to explain “Balanced counties, share 2025: education plan and action "
        "plan” (20 % against 30 %), changed without saying so; 5 more in the audit"
    )


def test_what_is_proven_is_to_be_corrected(shipped, held):
    proven = held[held["finding"].eq("proven")]
    (told,) = clear(shipped, proven, "rural-145")
    assert told.startswith("请楚雄州人民政府更正“脱贫人口完成率”（159.5 % 与 159.6 %）")


def test_figures_of_another_definition_are_asked_for_as_the_plan_defines_them(shipped):
    """Three of the fifteen promises on e-government; the other twelve are waited for."""
    plan = shipped.select(document="egov-145", region=shipped.within("532300"))
    told = [unmarked(step) for step in steps(plan, "2025-12")]
    who = "楚雄州人民政府办公室"
    assert told == [
        f"2026 年 6 月前应公布“电子印章备案覆盖率”等 12 项（按假设的时滞）；过时未见的，向{who}催要",
        f"请{who}按规划口径提供“全程网办和零跑动率”等 3 项 2025 年的实绩：现有的数口径不同",
    ]


def test_what_stands_beside_the_table_of_main_indicators_is_asked_for_last(shipped):
    plan = shipped.select(document="edu-145", region="532300")
    told = [unmarked(step) for step in steps(plan, "2025-12")]
    assert told[-1].startswith("向楚雄州人民政府索取“校园专职保安员配备率”等 4 项 2022 年的实绩")
    assert told[0].startswith("2026 年 10 月前应公布“小学专任教师学历合格率”")


def test_the_issuer_is_named_in_english_by_its_region(shipped):
    named = {
        "edu-145": "Chuxiong Prefecture government",
        "egov-145": "Chuxiong Prefecture government office",
        "wuhua-2035": "Wuhua District government",
        "src-chuxiong-census-2010": "Chuxiong Prefecture statistics bureau",
        "chron-2206": "issuer",
    }
    with language.using("en"):
        who = responsible.issuers(shipped)
        assert {document: who(document).name for document in named} == named
        assert who("src-cns-income-2023").name == "issuer (中新社)"
    assert responsible.issuers(shipped)("wuhua-2035").name == "昆明市五华区人民政府"


def test_milestones_are_verified_when_over_and_announced_before(shipped):
    plan = shipped.select(document="edu-balanced", region=shipped.within("532300"))
    dates = states(plan.milestones, plan.milestone_status, "2026-11")
    told = [unmarked(step) for step in steps(plan, "2026-11", dates=dates)]
    assert "向州教育体育局等核实“牟定县通过国家督导评估认定”等 2 项是否完成：已到期，无记录" in told
    assert told[-1] == "2026 年底：“新增义务教育优质均衡县市数”等 2 项到期，请州教育体育局等提前自查"


def test_who_repeats_a_promise_answers_for_it_everywhere(shipped):
    """The task on converted enterprises names its units; the goal that it repeats does not."""
    plan = shipped.select(document="listing", region="532300")
    told = [unmarked(step) for step in steps(plan, "2026-11")]
    assert "向州上市办等索取“股改企业”等 6 项 2025 年的实绩：已过公布期，未见公布" in told


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("as_of", ["2023-06", "2025-12", "2026-11"])
def test_steps_are_few_and_short_for_every_plan(shipped, held, lang, as_of):
    for document in shipped.targets["document"].unique():
        plan = shipped.select(document=document)
        dates = states(plan.milestones, plan.milestone_status, as_of)
        with language.using(lang):
            told = [unmarked(one) for one in steps(plan, as_of, dates=dates, contradictions=held)]
        assert len(told) <= 5
        for step in told:
            assert (len(step) <= 60) if lang == "zh" else (len(step.split()) <= 30), step
            assert not re.search(r"\b(nan|None)\b", step)


def test_names_of_any_length_are_cut(package):
    known = package.indicators.assign(
        name_zh="某项名称很长的指标" * 9, name_en="a name of very many words " * 9
    )
    long = replace(package, indicators=known)
    for step in steps(long, "2024-12"):
        assert len(unmarked(step)) <= 60
    with language.using("en"):
        for step in steps(long, "2024-12"):
            assert len(unmarked(step).split()) <= 30


def test_nothing_to_do_where_nothing_is_promised(package):
    empty = package.select(document="none")
    assert steps(empty, "2024-12") == []


def test_the_progress_table_names_who_answers(shown, package):
    judged = promises.judge(package, "2024-12")
    show.progress_table(judged, package, caption=("进展", "Progress"))
    text = shown[0]["text/plain"]
    assert "责任单位" in text and "县教育局、县编办" in text and "县财政局" not in text


def test_no_column_where_no_unit_is_named(shown, folder):
    package = load(folder)
    show.progress_table(promises.judge(package, "2024-12"), package, caption=("进展", "Progress"))
    assert "责任单位" not in shown[0]["text/plain"]
