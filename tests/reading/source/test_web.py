"""Web pages without what serves to move about in them; Markdown by way of them."""

import pytest
from shown import levels, read_bytes, tables, texts

PROSE = "全州新建幼儿园126所，累计投入资金23.7亿元。"


def page(body, head=""):
    return f"<!DOCTYPE html><html><head>{head}<title>题</title></head><body>{body}</body></html>"


def test_what_a_reader_does_not_see_is_left_out(tmp_path):
    hidden = (
        "<script>var a = 12;</script><style>p{width:9px}</style><noscript>请开启</noscript><!-- 99 -->"
        "<nav><a href='/'>首页</a></nav><div class='main-nav'>导航 1</div><div id='footer'>备案 2</div><p hidden>藏 3</p>"
        "<p style='display: none'>藏 4</p><div aria-hidden='true'>藏 5</div><form><input value='6'><select><option>7</select></form>"
        "<ul><li><a>一</a><li><a>二</a><li><a>三</a><li><a>四</a></ul><p>价<del>8</del><ins>9</ins></p>"
    )
    assert texts(read_bytes(tmp_path, page(f"{hidden}<p>{PROSE}</p>"))) == ["价9", PROSE]


def test_only_the_main_part_where_a_page_names_it(tmp_path):
    assert texts(read_bytes(tmp_path, page(f"<p>别处</p><main><p>{PROSE * 9}</p></main>"))) == [PROSE * 9]


def test_headings_and_the_title(tmp_path):
    body = "<h1>规划</h1><h2>一、基础</h2><p>文。</p><h3>（一）成绩</h3><p>文二。</p><h2>二、目标</h2>"
    source = read_bytes(tmp_path, page(body))
    assert levels(source) == [
        (0, "规划"),
        (2, "一、基础"),
        (0, "文。"),
        (3, "（一）成绩"),
        (0, "文二。"),
        (2, "二、目标"),
    ]
    assert source.parts[4].path == ("一、基础", "（一）成绩")


def test_lines_within_a_paragraph(tmp_path):
    body = "<p>　　各县市要把规划实施纳入年度考核，每年安排专<br>项资金1.2亿元。<br>　　二、目标<br/>　　州级&nbsp;通报&ge;2次。</p>"
    assert texts(read_bytes(tmp_path, page(body))) == [
        "各县市要把规划实施纳入年度考核，每年安排专项资金1.2亿元。",
        "二、目标",
        "州级通报≥2次。",
    ]


def test_inline_elements_divide_nothing_and_blocks_do(tmp_path):
    body = "<div>全州<b>126</b><span>所</span><div>另起</div>其后</div><p>面积12m<sup>2</sup>，占95%<sup>1</sup></p><ol start='3'><li>甲</li><li>乙</li></ol>"
    assert texts(read_bytes(tmp_path, page(body))) == [
        "全州126所",
        "另起",
        "其后",
        "面积12m²，占95%¹",
        "3.甲",
        "4.乙",
    ]


def test_a_table_with_spans(tmp_path):
    body = (
        "<table><caption>表1</caption><thead><tr><th rowspan=2>县市<th colspan=2>人口</thead>"
        "<tr><th>2020年<th>2025年</tr><tr><td rowspan='2'>白水<br>县<td>1<td>2</tr><tr><td>3<td>4</tr><tr style='display:none'><td>藏<td>5<td>6</table>"
    )
    source = read_bytes(tmp_path, page(body))
    assert tables(source) == [
        [["县市", "人口", ""], ["", "2020年", "2025年"], ["白水 县", "1", "2"], ["白水 县", "3", "4"]]
    ]
    assert source.parts[1].above == ("表1",)


def test_a_table_that_only_lays_out_is_none(tmp_path):
    inner = "<table><tr><td>县市<td>人口<tr><td>白水县<td>23.5</table>"
    source = read_bytes(tmp_path, page(f"<table><tr><td>{inner}<td>旁</table>"))
    assert tables(source) == [[["县市", "人口"], ["白水县", "23.5"]]]
    assert texts(source) == ["旁"]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=gb2312>", "gb18030"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=utf-8'>", "utf-8"),
        ("", "gb18030"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("<meta charset=gbk>", "utf-8"),
        ("<meta charset=x-none>", "utf-8"),
    ],
)
def test_encodings(tmp_path, head, encoding):
    assert texts(read_bytes(tmp_path, page(f"<p>{PROSE}</p>", head).encode(encoding))) == [PROSE]


def test_an_xhtml_page_fetches_no_entity(tmp_path):
    (tmp_path / "secret").write_text("秘密", encoding="utf-8")
    address = (tmp_path / "secret").as_uri()
    content = f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [<!ENTITY e SYSTEM "{address}">]><html><body><p>甲&e;乙</p><img src="http://127.0.0.1:9/x"></body></html>'
    assert "秘密" not in read_bytes(tmp_path, content).text


def test_markdown(tmp_path):
    content = (
        "# 规划\n\n## 一、目标\n\n全州**新建**126所，\n投入[3亿元](http://127.0.0.1:9/)。\n\n| 县市 | 人口 |\n| --- | ---: |\n| 白水县 | 23.5 |\n\n"
        "3. 甲\n4. 乙\n\n<script>12</script>\n"
    )
    source = read_bytes(tmp_path, content)
    assert levels(source) == [
        (0, "规划"),
        (2, "一、目标"),
        (0, "全州新建126所，投入3亿元。"),
        (5, "3.甲"),
        (5, "4.乙"),
    ]
    assert tables(source) == [[["县市", "人口"], ["白水县", "23.5"]]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<pre>甲  乙\n二、丙<b> 丁\n三、戊</b></pre><p>己\n 庚</p>", ["甲乙", "二、丙丁", "三、戊", "己庚"]),
        ("<pre>一、甲<div>二、乙\n三、丙</div></pre>", ["一、甲", "二、乙", "三、丙"]),
        ("<ol><li>甲<li value='7'>乙<li>丙<li value='x'>丁</ol>", ["1.甲", "7.乙", "8.丙", "9.丁"]),
        ("<ol start='-1'><li>甲<li>乙</ol>", ["-1.甲", "0.乙"]),
        ("<ol type='a'><li>甲</ol><ol start='x'><li>乙</ol><ul><li>丙</ul>", ["甲", "乙", "丙"]),
        ("<p>甲<p>乙</p>丙<div>丁</div>戊", ["甲", "乙", "丙", "丁", "戊"]),
    ],
)
def test_lists_and_text_as_it_was_typed(tmp_path, body, expected):
    assert texts(read_bytes(tmp_path, page(body))) == expected


@pytest.mark.parametrize(
    ("body", "is_seen"),
    [
        ("<div><a>一二三</a><a>四五六</a><a>七八九</a></div>", True),  # three links
        ("<div><a>一二三</a><a>四五六</a><a>七八九</a><a>十</a></div>", False),
        ("<div><a>一二三</a><a>四五六</a><a>七八九</a><a></a>十</div>", False),  # nine characters of ten
        ("<div><a>一二三</a><a>四五六</a><a>七八</a><a></a>九十</div>", True),
        ("<p><a>一二三</a><a>四五六</a><a>七八九</a><a>十</a></p>", True),  # of prose
        ("<div class='page-nav'>甲</div>", False),
        ("<div class='navy'>甲</div>", True),
        ("<p role='search'>甲</p>", False),
        ("<p role='note'>甲</p>", True),
        ("<p aria-hidden='false'>甲</p>", True),
        ("<p style='visibility:hidden'>甲</p>", False),
        ("<p style='display:block'>甲</p>", True),
    ],
)
def test_what_only_serves_to_move_about_is_no_text(tmp_path, body, is_seen):
    made = texts(read_bytes(tmp_path, page(f"{body}<p>{PROSE}</p>")))
    assert len(made) == 1 + is_seen and made[-1] == PROSE


@pytest.mark.parametrize(("length", "is_main"), [(200, False), (201, True)])
def test_a_main_part_is_longer_than_two_hundred_characters(tmp_path, length, is_main):
    for tag in ("main", "article"):
        body = f"<p>别处</p><{tag}><p>{'一' * length}</p></{tag}>"
        assert texts(read_bytes(tmp_path, page(body))) == ["别处"] * (not is_main) + ["一" * length]
    assert len(texts(read_bytes(tmp_path, page(f"{body}<article>又</article>")))) == 3  # which of the two?


def test_the_rows_of_a_table_and_what_stands_in_its_cells(tmp_path):
    inner = "<table><tr><td>内<td>7</table>"
    body = (
        "<table><thead><tr><th>县市<th>人口</thead><tbody><tr><td>白水<p>县</p><td>1<sup>2</sup>"
        f"<tr><td>石<span hidden>藏</span>桥{inner}县<td><div>3</div><div hidden>藏</div><tr><td hidden>藏<td>合计<td>4</tbody>"
        "<tfoot><tr><td>总计<td>5</tfoot></table>"
    )
    assert tables(read_bytes(tmp_path, page(body))) == [
        [["县市", "人口"], ["白水 县", "1²"], ["石桥县", "3"], ["合计", "4"], ["总计", "5"]],
        [["内", "7"]],
    ]


@pytest.mark.parametrize(
    ("attributes", "cell", "is_table"),
    [
        ("role='presentation'", "甲", False),
        ("role='none'", "甲", False),
        ("role='table'", "甲", True),
        ("", "<h3>甲</h3>", False),
        ("", "<h4>甲</h4>", True),
        ("", "甲乙丙<table><tr><td>丁<td>戊</table>", True),  # two of the six characters
        ("", "甲<table><tr><td>丁<td>戊</table>", True),  # half of them
        ("", "<table><tr><td>丁<td>戊</table>", False),
    ],
)
def test_a_table_lays_out_a_page_where_most_of_it_is_another_or_it_has_headings(
    tmp_path, attributes, cell, is_table
):
    made = tables(read_bytes(tmp_path, page(f"<table {attributes}><tr><td>{cell}<td>己</table>")))
    assert [rows[0][-1] for rows in made if rows[0][-1] != "戊"] == ["己"] * is_table


@pytest.mark.parametrize(
    ("span", "below"),
    [
        ("rowspan='2'", 1),
        ("rowspan='0'", 2),
        ("rowspan='x'", 0),
        ("rowspan='-2'", 0),
        ("rowspan='９'", 0),
        ("", 0),
        ("rowspan=' 2 '", 1),
    ],
)
def test_a_cell_spans_the_rows_that_its_number_says(tmp_path, span, below):
    rows = f"<tr><td {span}>甲<td>1<tr><td>乙<td>2<tr><td>丙<td>3"
    (made,) = tables(read_bytes(tmp_path, page(f"<table>{rows}</table>")))
    assert [row[1] for row in made] == ["1", *["乙", "丙"][:below], *["2", "3"][below:]]
