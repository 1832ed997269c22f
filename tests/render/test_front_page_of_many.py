"""The front page of a report or two for each county of a country, in a real browser."""

from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from browser import DESK, PHONE, needed, serious, shown, started
from many_reports import COUNTIES, folder_of
from plan_monitor.settle import divisions
from reportkit.render.front import MANY
from reportkit.render.publish import publish
from reportkit.render.store import Folder

PAGE = 60
ALL = 2 * len(COUNTIES)


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """The front page of two reports for each county; the last update of the first one failed."""
    folder = tmp_path_factory.mktemp("country")
    records = folder_of(ALL, folder)
    next(iter(records.values()))["status"] = "failed"
    publish(Folder(folder), records)
    return folder / "index.html"


@pytest.fixture(scope="module")
def browser():
    with started() as browser:
        yield browser


@pytest.fixture
def page(browser, country):
    with shown(browser, viewport=DESK) as page:
        page.goto(country.as_uri())
        expect(cards(page)).to_have_count(PAGE)
        yield page


def cards(page):
    return page.locator("main:visible article")


def status(page):
    return page.locator("main:visible [role=status]").inner_text()


def names(page):
    return cards(page).locator("h3 a").evaluate_all("links => links.map(link => link.getAttribute('href'))")


def find(page, words):
    page.locator("main:visible input[type=search]").fill(words)


def choose(page, name, value):
    page.locator(f"main:visible select[name={name}]").select_option(value)


def within(province):
    """Counties of a province."""
    return [one for one in COUNTIES if divisions.chain(one.code)[-2].name == province]


@pytest.mark.slow
@needed
def test_two_characters_find_a_county_wherever_it_lies(page):
    find(page, "清河")
    alike = [one for one in COUNTIES if "清河" in one.name]
    found = {f"{kind}-{one.code}-zh.html" for one in alike for kind in ("plan", "fund")}
    assert len(alike) > 1 and {*names(page)} == found
    assert status(page) == f"{len(found)} 份报告，第 1 至 {len(found)} 份"
    headings = cards(page).locator("h3").all_text_contents()
    assert len({*headings}) == len(headings)
    find(page, "清河 邢台")
    assert names(page) == ["fund-130534-zh.html", "plan-130534-zh.html"]
    find(page, "没有这个地方")
    assert (names(page), status(page)) == ([], "没有符合条件的报告")


@pytest.mark.slow
@needed
def test_filters_and_groups_count_what_they_hold(page):
    of_jiangsu = len(within("江苏省"))
    options = page.locator("select[name=region] option").all_inner_texts()
    assert f"江苏省（{2 * of_jiangsu}）" in options
    choose(page, "region", "江苏省")
    assert status(page) == f"{2 * of_jiangsu} 份报告，第 1 至 60 份"
    assert page.locator(".cards h2").all_inner_texts() == [f"医疗保障 · 江苏省 {of_jiangsu}"]
    choose(page, "domain", "治理与其他规划")
    assert page.locator(".cards h2").all_inner_texts() == [f"治理与其他规划 · 江苏省 {of_jiangsu}"]
    find(page, "镇江市")
    below = [one for one in COUNTIES if divisions.chain(one.code)[1].name == "镇江市"]
    assert names(page) == [f"plan-{one.code}-zh.html" for one in below]
    page.get_by_role("button", name="清除").click()
    expect(page.locator("[role=status]")).to_have_text(f"{ALL} 份报告，第 1 至 60 份")
    choose(page, "state", "failed")
    assert names(page) == ["plan-110101-zh.html"]
    expect(cards(page)).to_contain_text("更新失败")
    choose(page, "state", "endangered")
    marked = cards(page).locator(".fact .state").evaluate_all("all => all.map(one => one.className)")
    assert {*marked} == {"state status-lost"}  # of the first domain


@pytest.mark.slow
@needed
def test_pages_are_turned_by_keyboard_and_none_is_missing(page):
    choose(page, "region", "江苏省")
    seen = names(page)
    page.get_by_label("第", exact=False).focus()
    page.keyboard.press("Tab")
    while page.locator("form [data-step='1']").is_enabled():
        page.keyboard.press("Enter")
        seen += names(page)
    assert len(seen) == len({*seen}) == 2 * len(within("江苏省"))
    assert serious(page) == []
    number = page.locator("input[name=page]")
    assert number.input_value() == str(-(-len(seen) // PAGE))
    number.fill("2")
    number.press("Enter")
    assert names(page) == seen[PAGE : 2 * PAGE]
    number.fill("999")
    number.press("Enter")
    assert status(page).endswith(f"至 {len(seen)} 份")
    find(page, "市")
    assert number.input_value() == "1"


@pytest.mark.slow
@needed
def test_turning_a_page_from_below_leads_to_its_first_card(page):
    page.locator(".cards + .turn").get_by_text("下一页").click()
    assert status(page) == f"{ALL} 份报告，第 61 至 120 份"
    page.keyboard.press("Tab")
    expect(cards(page).first.locator("a").first).to_be_focused()
    expect(cards(page).first.locator("h3")).to_be_in_viewport()


@pytest.mark.slow
@needed
def test_who_comes_back_from_a_report_finds_the_same_page(page):
    choose(page, "region", "江苏省")
    page.locator("form [data-step='1']").click()
    before = names(page)
    cards(page).first.locator("h3 a").click()
    page.wait_for_url("**/fund-*.html")
    page.go_back()
    expect(cards(page)).to_have_count(PAGE)
    assert names(page) == before
    assert page.locator("select[name=region]").input_value() == "江苏省"


@pytest.mark.slow
@needed
def test_all_are_listed_where_scripts_are_off(browser, country):
    with shown(browser, java_script_enabled=False) as page:
        page.goto(country.as_uri())
        assert page.locator("form:visible, button:visible, .cards :visible").count() == 0
        page.get_by_text(f"全部 {ALL} 份报告的清单").click()
        assert page.locator(".all li:visible").count() == ALL
        page.get_by_role("link", name="居民医保 · 河北省邢台市清河县 医保基金运行与展望").click()
        page.wait_for_url("**/fund-130534-zh.html")


@pytest.mark.slow
def test_the_page_is_small_and_complete(country):
    assert country.stat().st_size < 3_000_000
    soup = BeautifulSoup(country.read_text(encoding="utf-8"), "html.parser")
    listed = {unquote(link["href"]) for link in soup.select(".all a")}
    assert len({link.get_text() for link in soup.select(".all a")}) == ALL
    assert listed == {path.name for path in country.parent.glob("*.html")} - {"index.html"}


@pytest.mark.slow
@needed
@pytest.mark.parametrize(
    "context",
    [{"viewport": DESK}, {"viewport": PHONE, "has_touch": True}, {"viewport": DESK, "color_scheme": "dark"}],
    ids=["desk", "phone", "dark"],
)
def test_it_fits_has_no_serious_fault_and_asks_for_nothing(browser, country, context):
    with shown(browser, **context) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(country.as_uri())
        expect(cards(page)).to_have_count(PAGE)
        assert page.evaluate("document.documentElement.scrollWidth") <= context["viewport"]["width"]
        for control in page.locator("form :is(input, select, button):visible").all():
            assert control.bounding_box()["height"] >= 36
        assert serious(page) == []
        assert asked == [country.as_uri()]


@pytest.mark.slow
@needed
def test_each_language_has_its_own_pages(browser, tmp_path):
    publish(Folder(tmp_path), folder_of(MANY, tmp_path) | folder_of(90, tmp_path, "en"))
    with shown(browser, viewport=DESK) as page:
        page.goto((tmp_path / "index.html").as_uri())
        expect(cards(page)).to_have_count(PAGE)
        page.get_by_text("English").click()
        assert status(page) == "Reports: 90, shown: 1 to 60"
        first = "Residents' insurance · Dongcheng District, Beijing"
        expect(cards(page).first.locator("h3 a")).to_have_text(first)
        page.get_by_role("button", name="Next").first.click()
        expect(cards(page)).to_have_count(30)
        expect(cards(page).first).to_contain_text("days ago")
        assert serious(page) == []


@pytest.mark.slow
def test_in_one_province_they_are_found_by_its_prefectures_as_these_are_called(tmp_path):
    counties = within("四川省")
    records = folder_of(2 * len(counties), tmp_path, counties=counties)
    own = records["plan-510104-zh"]
    own["parameters"]["region"], own["about"]["region"] = "510100", "成都"
    publish(Folder(tmp_path), records)
    soup = BeautifulSoup((tmp_path / "index.html").read_text(encoding="utf-8"), "html.parser")
    options = [option["value"] for option in soup.select("select[name=region] option")]
    assert len(options) == len({*options}) == 1 + 21  # all, and the prefectures of today
    assert options[:3] == ["", "成都", "自贡市"]
    listed = [link.get_text() for link in soup.select(".all a")]
    assert "居民医保 · 成都锦江区 医保基金运行与展望" in listed


@pytest.mark.slow
@needed
def test_nothing_that_data_contain_is_run(browser, tmp_path):
    evil = "<script>document.title = 'run'</script><img src=x onerror=\"document.title='run'\">{}$&"
    records = folder_of(MANY + 1, tmp_path)
    for key in ("title", "document", "domain", "region", "headline", "until", "as_of"):
        records["plan-110101-zh"]["about"][key] = evil
    records["plan-110101-zh"]["parameters"]["region"] = evil
    publish(Folder(tmp_path), records)
    with shown(browser) as page:
        page.goto((tmp_path / "index.html").as_uri())
        find(page, "ONERROR")
        expect(cards(page)).to_have_count(1)
        assert page.title() == "plan-monitor"
        expect(cards(page).locator(".answer")).to_have_text(evil)
        assert page.locator(".cards h2").inner_text() == f"{evil} · {evil} 1"


@pytest.mark.slow
def test_as_many_as_one_page_can_hold_are_all_there_as_html(tmp_path):
    for count, there in ((MANY, MANY), (MANY + 1, 0)):
        publish(Folder(tmp_path), folder_of(count, tmp_path))
        soup = BeautifulSoup((tmp_path / "index.html").read_text(encoding="utf-8"), "html.parser")
        assert len(soup.select("article")) == there
