"""One count: the overview says of every plan what the plan's own report says."""

import re

import pytest

from notebook_runs import NOTEBOOKS, run
from plan_monitor.methods import promises
from plan_monitor.report.overview import plan_tiles
from reportkit.render.recipes import read

TILE = re.compile(r"- \[(?P<title>.+)\]\((?P<link>.+?)\)(?:：|: )(?P<lines>.+)")
TOTAL = {"zh": re.compile(r"数字承诺 (\d+) 项"), "en": re.compile(r"promises in numbers: (\d+)")}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_overview_says_of_every_plan_what_its_report_says(lang, tmp_path):
    jobs = {f"{job.name}.html": job for job in read(NOTEBOOKS.parent / "reports/recipes.yml")[0]}
    texts = run("overview", tmp_path, lang=lang)
    tiles = [
        TILE.fullmatch(line)
        for line in next(
            text for text in texts if TOTAL[lang].search(text.split("\n")[0]) and text.startswith("- ")
        ).splitlines()
    ]
    assert len(tiles) == 12 and all(tiles)
    for tile in tiles:
        job = jobs[tile["link"]]
        name = job.notebook.relative_to(NOTEBOOKS).with_suffix("").as_posix()
        report = "\n".join(run(name, tmp_path, **job.parameters))
        assert tile["lines"].lower() in report.lower(), tile["title"]
    total = sum(int(TOTAL[lang].search(tile["lines"])[1]) for tile in tiles)
    assert re.search(rf"\b{total} (项承诺|promises)", texts[0])


def test_a_plan_for_regions_apart_has_a_tile_for_each(shipped):
    judged = promises.judge(shipped.select(document="edu-3y"), "2025-12")
    apart = judged[judged["region"].isin(["532323", "532327"])]
    made = apart.iloc[:0].assign(link="")[["document", "region", "link"]]
    tiles = plan_tiles(apart, made, shipped)
    assert [lines[0] for lines in tiles["lines"]] == ["永仁县", "牟定县"]
    assert len(plan_tiles(judged, made, shipped)) == 1
