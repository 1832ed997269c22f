"""The first page on monitoring: counts only, none of one to four, no household, no code of one."""

import re
from unittest.mock import patch

import pytest
from hypothesis import given, settings

from examples import up_to
from plan_monitor import relapse
from plan_monitor.relapse.report import groups, leading
from plan_monitor.report.leading import fits
from random_households import LINE, counties
from reportkit import brief as page
from reportkit.brief import BRIEF
from reportkit.language import use, using


@pytest.fixture(scope="module")
def sample(shipped):
    lines = shipped.nearest("monitoring_lines", "990001")
    judged = relapse.classify(
        shipped.households, *(lines.set_index("period")[name] for name in ("line", "loss"))
    )
    return relapse.release(judged, "2023"), lines[lines["period"] == "2023"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_first_page_has_room_for_all_it_says(sample, shipped, shown, lang):
    use(lang)
    release, lines = sample
    leading.first_page(release, "2023", lines, True, True, shipped, True, ["synthetic-households"])
    leading.first_page(None, "", lines, False, False, shipped, False, [])
    for told in (one[BRIEF] for one in shown):
        assert fits(told["answer"])
        assert 3 <= len(told["facts"]) <= 6
        assert all(len(one) <= 60 if lang == "zh" else len(one.split()) <= 30 for one in told["steps"])
        assert len(told["steps"]) <= 5
        assert len(told["limits"]) <= 80 or lang == "en"


def test_the_sample_is_called_synthetic_and_its_line_assumed(sample, shipped, shown):
    release, lines = sample
    leading.first_page(release, "2023", lines, True, True, shipped, True, ["synthetic-households"])
    told = shown[0][BRIEF]
    assert told["answer"] == "合成数据：3,000 户中 213 户（7.1 %）应纳入监测，21 户未在册。"
    assert told["limits"].startswith("农户是合成的") and "数据为 2023 年。" in told["limits"]
    assert told["facts"][-1]["word"] == "假设的监测线 7,000 元"
    assert told["steps"][0] == "各乡镇下次集中排查时按名单入户：应监测而未在册 21 户，在册而不达条件 22 户。"
    assert told["steps"][-1] == "县农业农村部门提供公布的 2023 年监测线，替换假设的 7,000 元，重新判断。"
    leading.first_page(release, "2023", lines, False, False, shipped, False, ["edu-3y"])
    real = shown[1][BRIEF]
    assert "合成" not in str(real) and "在册" not in str(real) and "补报" not in str(real)


@pytest.mark.slow
@given(counties())
@settings(max_examples=up_to(40), deadline=None)
def test_no_page_tells_of_one_to_four_households(shipped, households):
    classified = relapse.classify(households, LINE)
    release, told = relapse.release(classified, "2023"), []
    with using("zh"), patch.object(page, "display", lambda bundle, raw: told.append(bundle["text/plain"])):
        leading.first_page(release, "2023", shipped.monitoring_lines.tail(1), True, True, shipped, False, [])
    assert not re.search(r"(?<![\d.,])[1-4] 户|\bH\d", told[0]), told[0]
    now = classified[classified["period"] == "2023"]
    for township in groups.foremost(release).index:
        assert (now[now["township"].eq(township)]["group"] != "none").sum() not in (1, 2, 3, 4)
