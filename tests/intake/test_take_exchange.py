"""Figures in the formats that statistical offices exchange: each with what the file says of it."""

import pytest


def told(taken):
    return [(one.indicator, one.region, one.period, one.value, one.unit) for one in taken.figures]


WORLD_BANK = "Country Name,Country Code,Indicator Name,Indicator Code,1960,2019\n"


def test_a_table_of_the_world_bank_may_have_seven_lines_above_its_heading(read):
    row = "China,CHN,GDP growth (annual %),NY.GDP,5,6.1\n,,,,,\nChina,CHN,Births,SP.B,,7\n"
    above = "Data Source,WDI,,,,\nLast Updated Date,2024-05-30,,,,\n,,,,,\nNote,made up,,,,\n" + ",,,,,\n" * 3
    taken = read(above + WORLD_BANK + row)
    assert told(taken) == [
        ("GDP growth (annual %)", "China", "1960", "5", "%"),
        ("GDP growth (annual %)", "China", "2019", "6.1", "%"),
        ("Births", "China", "2019", "7", ""),
    ]
    assert [one.locator for one in taken.figures] == [
        *("t.csv · 第9行 · 1960", "t.csv · 第9行 · 2019", "t.csv · 第11行 · 2019"),
    ]
    assert taken.documents[0][:5] == ("World Bank: WDI", "statistics", "", "World Bank", "2024-05-30")
    (shape,) = taken.shapes
    assert (shape.place, shape.title, shape.document, shape.figures) == (
        *("t.csv", "World Bank: WDI", "World Bank: WDI", 3),
    )
    assert not read(",,,,,\n" + above + WORLD_BANK + row).figures


def test_a_table_of_the_world_bank_needs_nothing_above_its_heading(read):
    taken = read(f"{WORLD_BANK}China,CHN,Births,SP.B,6,\n")
    assert taken.documents[0].title == "World Bank: World Development Indicators"
    assert (told(taken), taken.empty) == ([("Births", "China", "1960", "6", "")], 1)
    assert read(f"{WORLD_BANK}China,CHN,Births,SP.B,6,\n", document="Mine").shapes[0].title == "Mine"


def test_regions_that_nobody_knows_have_one_reason(read):
    rows = [f"{name},X,Births,SP.B,6,7" for name in ("France", "Peru", "", "Chad", "Mali", "France")]
    (left,) = read(WORLD_BANK + "\n".join([*rows, "China,CHN,Births,SP.B,6,7", ""])).left
    assert (left.place, left.value) == ("t.csv", "France、Peru")
    assert left.expected["zh"].startswith("5 个国家") and left.expected["en"].startswith("5 countries")


SDMX = "STRUCTURE_ID,FREQ,REF_AREA: Area,TOPIC,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS\n"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("CN: China,POP: Population,F: Women,2023,5,PS,6,A", ("Population · Women", "China", "2023", "5", "百万人")),
        ("CHN,POP,F,2023-Q1,5,PS,0,", ("POP · F", "中国", "2023Q1", "5", "人")),
        ("CN,POP,,2023-Q4,5,EUR: Euro,5,E", ("POP", "中国", "2023Q4", "5", "10^5 Euro")),
        ("CN,POP,,2023,5,pt,,B: Break", ("POP", "中国", "2023", "5", "%")),
        ("CN,POP,,2023,5,_Z,9: Billions,", ("POP", "中国", "2023", "5", "十亿")),
    ],
)  # fmt: skip
def test_an_observation_is_what_its_codes_and_names_say(read, cells, expected):
    taken = read(f"{SDMX}OECD:DF(1.0),A,{cells}\n")
    assert told(taken) == [expected] and taken.figures[0].locator == f"t.csv · 第2行 · {cells.split(',')[3]}"
    assert taken.documents[0][:4] == ("SDMX OECD:DF(1.0)", "statistics", "", "OECD")


@pytest.mark.parametrize(
    ("status", "quality", "zh", "en"),
    [
        *(("", "B", "", ""), ("A", "B", "", ""), ("E: Estimated", "B", "估计数", "Estimated")),
        *(("U", "C", "可靠性低", "Low reliability"), ("N", "C", "统计上不显著", "Not significant")),
    ],
)
def test_a_status_is_a_quality_and_a_remark(read, status, quality, zh, en):
    (figure,) = read(f"{SDMX}X,A,CN,POP,,2023,5,PS,0,{status}\n").figures
    assert (figure.quality, figure.note_zh, figure.note_en) == (quality, zh, en)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("CN,POP,,2023,5,PS,0,F", "预测"),
        ("CN,POP,,2023,5,PS,0,Z", "Z；应为 CL_OBS_STATUS"),
        ("CN,,,2023,5,PS,0,A", "什么指标"),
    ],
)
def test_an_observation_that_is_not_taken_says_why(read, cells, said):
    taken = read(f"{SDMX}X,A,{cells}\n,,,,,,,,,\nX,A,CN,POP,,2024,6,PS,0,A\nX,A,CN,POP,,2025,6,PS,0,O\n")
    assert [one.value for one in taken.figures] == ["6"] and taken.empty == 1
    (left,) = taken.left
    assert said in left.expected["zh"] and (left.place, left.value) == ("t.csv · 第2行 · 2023", "5")


def test_a_dataflow_of_no_agency_names_no_issuer(read):
    document = read(f"{SDMX}DF,A,CN,POP,,2023,5,PS,0,A\n").documents[0]
    assert (document.title, document.issuer) == ("SDMX DF", "")
    assert read(f"{SDMX},A,CN,POP,,2023,5,PS,0,A\n").documents[0].title == "SDMX t.csv"


def test_observations_of_an_empty_file_are_none(read):
    assert read(SDMX).figures == []


def cube(**changes):
    """Two indicators in two years, of which the last has no figure."""
    dimension = {
        "what": {"category": {"index": {"b": 1, "a": 0}, "label": {"a": "Births", "b": "Rate"}}},
        "sex": {"category": {"index": ["T", "F"], "label": {"F": "Women"}}},
        "age": {"category": {"label": {"all": "All ages"}}},
        "geo": {"category": {"label": {"CN": "中国"}}},
        "time": {"category": {"index": ["2022", "2023M05"]}},
    }
    dimension["what"]["category"]["unit"] = {"a": {"label": "万人", "base": "persons"}, "b": {"base": "%"}}
    whole = {
        **{"class": "dataset", "label": "Made", "source": "Office", "updated": "2024-01-17T08:00:00Z"},
        **{"id": [*dimension], "size": [2, 2, 1, 1, 2], "role": {"metric": ["what"]}, "dimension": dimension},
        "value": [1, 2.50, 3, 4, 5, 6, 7, None],
        "status": "p",
    }
    return whole | changes


def test_a_cube_is_read_in_the_order_of_its_dimensions(read):
    taken = read(cube())
    assert told(taken) == [
        ("Births · T", "中国", "2022", "1", "万人"),
        ("Births · T", "中国", "2023-05", "2.5", "万人"),
        ("Births · Women", "中国", "2022", "3", "万人"),
        ("Births · Women", "中国", "2023-05", "4", "万人"),
        ("Rate · T", "中国", "2022", "5", "%"),
        ("Rate · T", "中国", "2023-05", "6", "%"),
        ("Rate · Women", "中国", "2022", "7", "%"),
    ]
    assert {one.note_en for one in taken.figures} == {"Provisional"} and taken.empty == 1
    assert taken.figures[2].locator == "t.json · Births · Women · All ages · 中国 · 2022"
    assert taken.documents[0][:5] == ("Made", "statistics", "", "Office", "2024-01-17")
    (shape,) = taken.shapes
    assert (shape.place, shape.title, shape.document) == ("t.json", "Made", "Made")
    assert shape.shape == {"zh": "JSON-stat，5 个维度", "en": "JSON-stat with 5 dimensions"}
    assert read(cube(), document="Mine").documents[0].title == "Mine"


def test_a_cube_without_a_dimension_of_indicators_is_about_what_it_is_called(read):
    taken = read(cube(role={}))
    assert told(taken)[0] == ("Made · Births · T", "中国", "2022", "1", "")


@pytest.mark.parametrize(
    ("status", "notes"),
    [
        (["e", None], ["估计数", "", "", "", "", "", ""]),
        ({"0": "E", "3": "r"}, ["估计数", "", "", "修订数", "", "", ""]),
        (None, [""] * 7),
    ],
)
def test_a_status_belongs_to_the_value_in_its_place(read, status, notes):
    assert [one.note_zh for one in read(cube(status=status)).figures] == notes


def test_each_dataset_of_a_collection_or_bundle_is_read(read):
    item = cube(label="Other")
    collection = {
        "class": "collection",
        "link": {"item": [cube(), {"class": "collection", "link": {"item": [item]}}]},
    }
    assert [one.title for one in read(collection).shapes] == ["Made", "Other"]
    unnamed = {key: value for key, value in cube().items() if key != "label"}
    assert [
        one.title for one in read({"first": unnamed, "about": {"dimension": {}}, "second": item}).shapes
    ] == [
        *("first", "Other"),
    ]
    assert read(unnamed).shapes[0].title == "t"


@pytest.mark.parametrize(
    "changes",
    [
        {"value": [1, 2]},
        {"value": [1] * 9},
        {"size": [2, 2, 1, 1, 3]},
        {"size": [2, 2, 1, 1]},
        {"id": ["what", "sex", "age", "geo", "year"]},
    ],
)
def test_a_cube_whose_sizes_do_not_fit_is_refused(read, changes):
    taken = read(cube(**changes))
    assert not taken.figures and "JSON-stat" in taken.left[0].expected["en"]


def test_figures_of_no_region_are_of_the_one_that_is_given(read):
    unplaced = cube(id=["what", "sex", "age", "time"], size=[2, 2, 1, 2])
    assert not read(unplaced).figures
    assert {one.region for one in read(unplaced, region="镇江市").figures} == {"镇江市"}


def test_one_dimension_names_what_is_measured_where_there_is_one_that_does(read):
    heading = "FREQ,GEO,SERIES,INDICATOR,AGE,TIME_PERIOD,OBS_VALUE\n"
    assert told(read(f"{heading}A,CN,S: Series,POP: Population,T,2023,5\n"))[0][0] == "Population"
    assert told(read(f"{heading.replace('INDICATOR', 'SEX')}A,CN,S: Series,F,T,2023,5\n"))[0][0] == "Series"
