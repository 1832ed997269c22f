"""Heat map, limit bars, timeline: the picture, and every plotted figure in its text."""

import warnings

import pandas as pd
import pytest

from plan_monitor import present

STATES = {"met": ("达到", "met", "#cfe3d4"), "short": ("不足", "short", "#a3191f")}
CELLS = pd.DataFrame(
    [
        ("小学", "城关小学", "教学用房", "120", "met"),
        ("小学", "城关小学", "运动场馆", "84", "short"),
        ("小学", "河边完小", "教学用房", "99", "met"),
        ("初中", "城关中学", "运动场馆", "101", "met"),
    ],
    columns=["panel", "row", "column", "text", "state"],
)
BARS = pd.DataFrame(
    [
        ("小学", "用房", 0.514, 0.5),
        ("小学", "设备", 0.2, 0.5),
        ("初中", "用房", 0.45, 0.45),
        ("初中", "设备", None, 0.45),
    ],
    columns=["panel", "category", "value", "limit"],
)
MARKS = pd.DataFrame(
    [
        ("某县", "规划", 2030, "by", "unknown"),
        ("某县", "方案", 2028, "in", "done"),
        ("另一县", "方案", 2031, "in", "unknown"),
    ],
    columns=["row", "series", "year", "timing", "state"],
)
KNOWN = {"done": ("已完成", "done", "#3f7d58"), "unknown": ("未知", "unknown", "#8a8a8a")}
TITLE = ("标题", "Title")


def draw(kind, frame, lang):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph, a layout that does not fit
        if kind == "heat":
            present.heat_map(frame, lang, title=TITLE, states=STATES)
        elif kind == "limits":
            present.limit_bars(frame, lang, title=TITLE, unit="", over=("超过", "over"))
        else:
            present.timeline(frame, lang, title=TITLE, states=KNOWN, now=2025.0)


@pytest.mark.parametrize(
    ("kind", "frame", "lang", "text"),
    [
        (
            "heat",
            CELLS,
            "zh",
            "标题。小学 – 城关小学：教学用房 120，运动场馆 84（不足） | 河边完小：教学用房 99；初中 – 城关中学：运动场馆 101。",
        ),
        (
            "heat",
            CELLS,
            "en",
            "Title. 小学 – 城关小学: 教学用房 120, 运动场馆 84 (short) | 河边完小: 教学用房 99; 初中 – 城关中学: 运动场馆 101.",
        ),
        (
            "limits",
            BARS,
            "zh",
            "标题。小学（限值 0.50） – 用房 0.514（超过），设备 0.200；初中（限值 0.45） – 用房 0.450，设备 无法计算。",
        ),
        (
            "limits",
            BARS,
            "en",
            "Title. 小学 (limit 0.50) – 用房 0.514 (over), 设备 0.200; 初中 (limit 0.45) – 用房 0.450, 设备 not computable.",
        ),
        (
            "timeline",
            MARKS,
            "zh",
            "标题。某县 – 规划：最迟 2030，未知 | 方案：计划于 2028，已完成；另一县 – 方案：计划于 2031，未知。",
        ),
        (
            "timeline",
            MARKS[MARKS["series"] == "方案"],
            "en",
            "Title. 某县 – planned for 2028, done; 另一县 – planned for 2031, unknown.",
        ),
    ],
)
def test_every_figure_is_in_the_text(shown, kind, frame, lang, text):
    draw(kind, frame, lang)
    assert shown[0]["text/plain"] == text
    assert shown[0]["image/png"].startswith(b"\x89PNG")
    assert len(shown) == 1


@pytest.mark.parametrize(("kind", "frame"), [("heat", CELLS), ("limits", BARS), ("timeline", MARKS)])
def test_nothing_to_draw_is_said(shown, kind, frame):
    draw(kind, frame.iloc[:0], "en")
    assert shown[0]["text/plain"] == "**Title**: no data."


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_large_county_fits(shown, lang):
    rows = [
        (
            "小学",
            f"名字很长的乡镇中心小学第{n}分校",
            f"每百名学生拥有县级以上骨干教师数{k}",
            str(n * k),
            "met",
        )
        for n in range(45)
        for k in range(7)
    ]
    draw("heat", pd.DataFrame(rows, columns=CELLS.columns), lang)
    assert shown[0]["text/plain"].count("骨干教师数") == 45 * 7


@pytest.mark.parametrize(
    ("colour", "ink"),
    [("#ffffff", "black"), ("#f0c36d", "black"), ("#a3191f", "white"), ("#000000", "white")],
)
def test_figures_are_readable_on_their_colour(colour, ink):
    from plan_monitor.present.heatmap import _ink

    assert _ink(colour) == ink
