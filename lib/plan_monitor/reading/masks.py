"""Digits that are no figures: dates, numbers of documents and lists, ages in names, names of techniques.

Each rule has a sentence made up for it, in which the digits between ⟦ and ⟧ are covered and others are not.
"""

import re
from typing import NamedTuple

_YEAR = r"(?:19|20)\d\d"
_DASH = r"[-‐‑‒–—―−~～〜]+"
_THESE = "上述|(?:^|(?<=[，。；]))以[上下]|这|那|此|该|其余|其他|另外?"
_IDEAS = "方面|意识|自信|维护|确立|关键|环节|重点|核心|抓手|着力点|亮点|特点|原则|阶段|步骤|层面|维度|要点|转变|统一|结合|坚持|精准|严禁"


class Mask(NamedTuple):
    """A rule: what it covers, and a made-up sentence with that between ⟦ and ⟧."""

    name: str
    pattern: re.Pattern
    example: str


def _mask(name: str, pattern: str, example: str) -> Mask:
    return Mask(name, re.compile(pattern), example)


MASKS = [
    _mask(
        "title of a document", r"《[^《》]{1,80}》|〈[^〈〉]{1,80}〉", "按《某市教育现代化⟦2035⟧》办学 3 所"
    ),
    _mask(
        "number of a document",
        rf"[〔\[【（(﹝]\s*{_YEAR}\s*[〕\]】）)﹞]\s*第?\s*\d+\s*号",
        "某政发〔⟦2021⟧〕⟦8⟧号",
    ),
    _mask(
        "date",
        rf"{_YEAR}(?:[-./]\d{{1,2}}[-./]\d{{1,2}})(?:\s*\d{{1,2}}:\d\d(?::\d\d)?)?",
        "发布于⟦2021-03-05⟧",
    ),
    _mask(
        "time of day",
        r"(?<![\d:：])\d{1,2}:\d\d(?::\d\d)?(?![:：\d])(?=[^\d:：%]*(?:$|[时分前后至到起]))",
        "每天⟦9:30⟧前到岗 5 人",
    ),
    _mask(
        "span of years",
        rf"{_YEAR}年?度?(?:{_DASH}|[至到、和与]){_YEAR}(?=年|学年|[）)》”]|{_DASH})年?(?:度|间)?",
        "⟦2016⟧—⟦2020⟧年建成 12 所",
    ),
    _mask(
        "year, month or day",
        rf"{_YEAR}\s*(?:年|学年)(?:度|末|底|初)?(?:前?\d{{1,2}}(?:{_DASH}\d{{1,2}})?\s*个?月(?:份|末|底|初)?(?:\d{{1,2}}\s*[日号])?)?",
        "⟦2020⟧年⟦3⟧月⟦1⟧日起招收 20 人",
    ),
    _mask(
        "month",
        rf"(?<![\d.])\d{{1,2}}(?:{_DASH}\d{{1,2}})?月(?:份|末|底|初|上旬|中旬|下旬)?(?:\d{{1,2}}[日号])?",
        "⟦1⟧—⟦5⟧月销售 30 万元",
    ),
    _mask("day", r"(?<![\d.])\d{1,2}日(?:前|起|止|至|$)", "⟦15⟧日前报送 3 份"),
    _mask(
        "years that pass",
        r"(?:近|过去|未来|今后|连续|每|历时|最近|前|后|头)\d{1,2}(?:多|余)?年|\d{1,2}(?:多|余)?年(?:来|以来|间|内|期间?)",
        "未来⟦5⟧年新增 600 人",
    ),
    _mask("months that are left", r"(?:剩余|剩下|余下|前|后|头)\d{1,2}个月", "剩余⟦4⟧个月每月完成 3 亿元"),
    _mask("ordinal", r"第\s*\d+(?:[、和至到—-]\s*第?\d+)*(?![\d.]*[位名])", "第⟦3⟧次会议通过 8 件"),
    _mask(
        "number of a thing",
        r"\d+\s*号(?=[文令公告线楼院地井机门房通]|$|[，。；、）)])|[A-Za-z]*\d+(?=\s*[、和]?\s*号文)",
        "按⟦18⟧号文补助 3 万元",
    ),
    _mask(
        "list number",
        r"(?:^|(?<=[。；;：:！!]))\s*(?:[（(]\s*\d{1,2}\s*[）)]|\d{1,2}\s*(?:[.．](?![\d])|[、)）]))",
        "⟦3⟧.新建 5 所",
    ),
    _mask(
        "section number",
        r"^\s*\d{1,2}(?:[.．]\d{1,2}){1,3}(?=\s*[一-鿿]{2})(?!\s*(?:[十百千万亿]|个|元|年|岁|亩|吨|人|倍|公))",
        "⟦2.1⟧发展目标 6 项",
    ),
    _mask(
        "note number", r"(?:注|表|图|专栏|附件|附表|附图|续表|栏目)\s*\d+(?:[-.]\d+)*", "见附件⟦2⟧，共 4 项"
    ),
    _mask(
        "age",
        rf"(?<![\d.])\d{{1,3}}(?:{_DASH}|[至到])\d{{1,3}}\s*周?岁|(?<!寿命)(?<!寿命[为达])(?<!寿命达到)(?<!寿命提高到)(?<![\d.])\d{{1,3}}\s*周?岁(?!左右)",
        "对⟦3⟧—⟦6⟧岁儿童 120 名",
    ),
    _mask(
        "letters and digits",
        r"[A-Za-z]+[-+.]?\d+(?:\.\d+)?(?:[A-Za-z+]+\d*)*|(?<![\d.])[2-6][GK](?![A-Za-z])|\d+[A-LN-Z](?=级|类|级景区)|\d+[Dd]打印",
        "建成⟦5⟧G 基站 800 个",
    ),
    _mask(
        "slogan",
        r"[“\"‘「](?=[^”\"’」]{0,14}\d)(?![^”\"’」]*(?:%|[万亿]元|\d\.\d|\d{3,}))[^”\"’」]{1,14}[”\"’」]",
        "实施“⟦1⟧个中心、⟦3⟧条线”战略，惠及 30 户",
    ),
    _mask("sum of a formula", r"\d+(?:[+＋](?:\d+|[A-Za-zXNn]))+", "推行⟦1⟧+⟦5⟧模式的有 20 个"),
    _mask(
        "index base",
        r"(?:上年|上月|[^，。]{0,6}年|同期)(?:为|[=＝])1?00(?![\d.%])|[=＝]\s*100(?![\d.%])",
        "以上年=⟦100⟧计，收入 5 万元",
    ),
    _mask(
        "count of what was named",
        rf"(?:{_THESE})\s*\d{{1,3}}(?=[个项条家种类位名所][^百])",
        "上述⟦4⟧项共投资 20 万元",
    ),
    _mask("count of ideas", rf"\d{{1,2}}个?(?:大|重大|主要)?(?:{_IDEAS})", "抓住⟦3⟧个重点，培训 50 人"),
    _mask(
        "first so many",
        r"(?:前|后|最[高低大小])\s*\d{1,3}(?:[名位强](?!专)|个工作日)",
        "进入前⟦10⟧名的有 4 所",
    ),
    _mask(
        "denominator",
        r"每\s*(?:\d{1,3}(?:,?000)?|\d{1,5})(?=[万千百]?(?:人|名|户|个|元|亩|公斤|平方|班|小时|次|张|所|生|天|年))",
        "每⟦100⟧名学生拥有 12 台",
    ),
    _mask(
        "threshold in a name",
        r"\d+(?:\.\d+)?[千万亿]?(?:元|人|户|吨|亩|平方米|千瓦|张|头|立方米|公里|米|名|岁|M|兆)(?:及|或)?(?:以上|以下|以内)(?:的(?=[一-鿿])|(?=[一-鿿]))"
        r"(?!的?(?:水平|目标|标准|规模|比例|要求|左右|范围|台阶))",
        "⟦500⟧万元以上项目达 23 个",
    ),
    _mask("voltage", r"\d+(?:千伏|kV|KV|kv)", "新建⟦110⟧千伏变电站 3 座"),
    _mask("time limit", r"\d+(?:天|日|小时)内", "⟦30⟧天内结清的占 98 %"),
    _mask("years of grace", r"\d{1,2}年过渡期", "⟦5⟧年过渡期内帮扶 300 户"),
    _mask("rate of ten thousands", r"(?<=[/／])10+[万千]?", "死亡率为 11.6/⟦10⟧万"),
    _mask(
        "hotline",
        r"(?<!\d)\d{3,5}(?=(?:[一-鿿]{0,4})(?:热线|平台|电话|急救))",
        "开通⟦12345⟧热线，受理 300 件",
    ),
    _mask(
        "telephone",
        r"(?<!\d)(?:0\d{2,3}-?)?\d{7,8}(?!\d|\.\d|[一-鿿%])|1[3-9]\d{9}",
        "联系电话 ⟦0871-6312345⟧，共 2 人",
    ),
]


def covered(text: str) -> dict[int, str]:
    """Positions of digits that some rule covers, each with the rule's name.

    >>> sorted(covered("2020年新建3所"))
    [0, 1, 2, 3]
    """
    positions: dict[int, str] = {}
    for mask in MASKS:
        for match in mask.pattern.finditer(text):
            for position in range(*match.span()):
                if text[position].isdigit():
                    positions.setdefault(position, mask.name)
    return positions
