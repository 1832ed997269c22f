"""The front page in a real browser: found, filtered, read by keyboard and on a phone; nothing from outside."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from browser import DESK, PHONE, needed, opened, serious
from reportkit.render.publish import publish
from reportkit.render.store import Folder

pytestmark = [pytest.mark.slow, needed]
REPORTS = {
    "edu-zh": {"title": "教育规划", "domain": "教育", "region": "某州", "answer": ["19 项中 11 项已达到。"]},
    "balance-zh": {"title": "优质均衡", "domain": "教育", "region": "合成县", "synthetic": True},
    "fund-zh": {"title": "基金", "domain": "医疗保障", "region": "某州", "as_of": "2026-06"},
    "edu-en": {"title": "Education plan", "domain": "Education", "region": "A prefecture", "lang": "en"},
}


@pytest.fixture
def front(tmp_path):
    """Address of a front page of four reports; one was made two days ago, one failed since."""
    records = {}
    for rank, (name, about) in enumerate(REPORTS.items()):
        (tmp_path / f"{name}.html").write_text(f"<title>{name}</title>", encoding="utf-8")
        (tmp_path / f"{name}.pdf").write_bytes(b"%PDF")
        usual = {"lang": "zh", "document": "", "as_of": "2025-12", "edition": "1.0", "synthetic": False}
        told = {**usual, "answer": [], "rank": rank, **about}
        records[name] = {
            "about": told | {"headline": "".join(told["answer"])},
            "status": "failed" if name == "fund-zh" else "ok",
            "published": (datetime.now(UTC) - timedelta(days=2)).isoformat(timespec="seconds"),
        }
    publish(Folder(tmp_path), records)
    return (tmp_path / "index.html").as_uri()


def titles(page):
    return page.locator("main:visible article:visible h3").all_inner_texts()


def choose(page, name, value):
    page.locator(f"main:visible select[name={name}]").select_option(value)


def test_reports_are_found_by_words_and_filters(front):
    with opened(viewport=DESK) as page:
        page.goto(front)
        assert titles(page) == ["教育规划", "优质均衡", "基金"]
        status = page.locator("main:visible [role=status]")
        assert status.inner_text() == "3 份报告"
        page.locator("main:visible input[type=search]").fill("某州 已达到")
        assert titles(page) == ["教育规划"]
        page.get_by_role("button", name="清除").click()
        expect(page.locator("main:visible article:visible")).to_have_count(3)
        choose(page, "domain", "教育")
        assert titles(page) == ["教育规划", "优质均衡"]
        assert page.locator("main:visible h2:visible").all_inner_texts() == ["教育"]
        choose(page, "state", "synthetic")
        assert titles(page) == ["优质均衡"]
        choose(page, "region", "某州")
        assert titles(page) == []
        assert status.inner_text() == "没有符合条件的报告"
        page.get_by_role("button", name="清除").click()
        expect(page.locator("main:visible article:visible")).to_have_count(3)
        choose(page, "state", "failed")
        assert titles(page) == ["基金"]
        choose(page, "state", "")
        choose(page, "period", "2026-06")
        assert titles(page) == ["基金"]
        page.get_by_text("English").click()
        assert titles(page) == ["Education plan"]


def test_a_third_language_has_its_own_front_page(tmp_path):
    records = {}
    for lang in ("zh", "en", "fr"):
        (tmp_path / f"plan-{lang}.html").write_text(lang, encoding="utf-8")
        told = {"lang": lang, "title": f"plan {lang}", "domain": "x", "region": "", "document": "", "rank": 0}
        told |= {"as_of": "2025-12", "edition": "1.0", "synthetic": False, "answer": [], "headline": ""}
        records[f"plan-{lang}"] = {"about": told, "status": "ok", "published": "2026-11-01T00:00:00"}
    publish(Folder(tmp_path), records)
    with opened(viewport=DESK) as page:
        page.goto((tmp_path / "index.html").as_uri())
        assert page.locator(".languages label").all_inner_texts() == ["中文", "English", "fr"]
        for label, lang in (("English", "en"), ("fr", "fr"), ("中文", "zh")):
            page.locator(".languages").get_by_text(label).click()
            assert titles(page) == [f"Plan {lang}"]


def test_a_row_says_how_old_it_is_what_it_holds_and_what_went_wrong(front):
    with opened(viewport=DESK) as page:
        page.goto(front)
        rows = {row.locator("h3").inner_text(): row for row in page.locator("main:visible article").all()}
        assert "（前天）" in rows["教育规划"].inner_text()
        assert "19 项中 11 项已达到。" in rows["教育规划"].inner_text()
        assert "合成数据" in rows["优质均衡"].inner_text()
        assert "更新失败" in rows["基金"].inner_text()
        assert "更新失败" not in rows["教育规划"].inner_text()
        assert rows["基金"].get_by_role("link", name="PDF").get_attribute("href") == "fund-zh.pdf"


def test_it_is_used_by_keyboard_alone(front):
    with opened(viewport=DESK) as page:
        page.goto(front)
        page.keyboard.press("Tab")  # the languages
        page.keyboard.press("Tab")
        page.keyboard.type("优质")
        assert titles(page) == ["优质均衡"]
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('article')"):
                break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url("**/balance-zh.html")


def test_it_fits_a_phone(front):
    with opened(viewport=PHONE, has_touch=True) as page:
        page.goto(front)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        for control in page.locator("main:visible input:visible, main:visible select:visible").all():
            assert control.bounding_box()["height"] >= 36


def test_it_lists_everything_where_scripts_are_off(front):
    with opened(java_script_enabled=False) as page:
        page.goto(front)
        assert titles(page) == ["教育规划", "优质均衡", "基金"]
        assert page.locator("form:visible").count() == 0


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_it_has_no_serious_accessibility_fault_and_asks_for_nothing(front, viewport):
    with opened(viewport=viewport) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(front)
        assert serious(page) == []
        page.get_by_text("English").click()
        assert serious(page) == []
        assert asked == [front]


def test_nothing_that_data_contain_is_run(tmp_path):
    evil = "<script>document.title = 'run'</script><img src=x onerror=\"document.title='run'\">"
    about = {"title": evil, "domain": evil, "region": evil, "headline": evil, "answer": [evil], "lang": "zh"}
    about |= {"document": evil, "as_of": "2025", "edition": "1", "rank": 0, "synthetic": False}
    (tmp_path / "a.html").write_text("x")
    publish(
        Folder(tmp_path), {"a": {"about": about, "status": "ok", "published": "2026-01-01T00:00:00+00:00"}}
    )
    with opened() as page:
        page.goto((tmp_path / "index.html").as_uri())
        assert page.title() == "plan-monitor"
        assert titles(page) == [f"{evil} · {evil}\n{evil}"]


def test_at_first_sight_six_reports_with_their_names_states_and_figures(tmp_path):
    """One notebook about several documents, and several notebooks about one document."""
    records, fact = (
        {},
        {"label": "学前教育毛入园率（2020）", "figure": "91 %", "word": "进度偏慢", "state": "slow"},
    )
    answer = "九十三项承诺都还没有到期后的数字，基年水平高于全省和全国，但学前教育目标偏陡。"
    about = [
        *(("规划目标监测", f"某州加快第{n}项事业高质量发展三年行动实施方案", "某州") for n in "一二三四"),
        *(
            ("其他规划监测", "某州加快第一项事业高质量发展三年行动实施方案", region)
            for region in ("某州", "某县")
        ),
        ("总览", "", ""),
    ]
    for rank, (title, document, region) in enumerate(about):
        told = {
            "title": title,
            "document": document,
            "region": region,
            "domain": "治理与其他规划",
            "lang": "zh",
        }
        told |= {"as_of": "2025-12", "until": "截止 2025-12 · 最新实绩 2020（别处 2024）", "edition": "1.0"}
        told |= {"rank": rank, "synthetic": False, "headline": answer, "answer": [answer], "facts": [fact]}
        records[f"r{rank}"] = {"about": told, "status": "ok", "published": "2026-11-01T00:00:00"}
        (tmp_path / f"r{rank}.html").write_text("x", encoding="utf-8")
    publish(Folder(tmp_path), records)
    with opened(viewport={"width": 1280, "height": 800}) as page:
        page.goto((tmp_path / "index.html").as_uri())
        cards = page.locator("main:visible article:visible").all()
        for card in cards[:6]:
            for part in ("h3", ".answer", ".fact strong", ".fact .state"):
                box = card.locator(part).bounding_box()
                assert box["y"] + box["height"] <= 800
        names = [card.locator("h3 a").inner_text() for card in cards]
        assert names[3:6] == [about[3][1], f"{about[4][1]} · 某州", f"{about[5][1]} · 某县"]
        shown = titles(page)
        assert len({*shown}) == len(shown) == 7
        assert serious(page) == []


def test_it_is_readable_in_the_dark(front):
    with opened(viewport=DESK, color_scheme="dark") as page:
        page.goto(front)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 25, 28)"
        assert serious(page) == []
