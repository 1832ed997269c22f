"""Digits that are no figures: dates, numbers of documents and lists, ages in names, names of techniques.

Each rule has a sentence made up for it, in which the digits between ⟦ and ⟧ are covered and others are not.
"""

import re
from typing import NamedTuple

from plan_monitor.reading.rules import DASH, any_of
from plan_monitor.reading.units import SCALE
from plan_monitor.reading.vocabulary import words

_YEAR = r"(?:19|20)\d\d"
_PART_OF_MONTH = "份 末 底 初 上旬 中旬 下旬"
_THESE = "上述|(?:^|(?<=[，。；]))以[上下]|这|那|此|该|其余|其他|另外?"
_IDEAS = any_of(words("ideas"))
_COUNTED = any_of("人群 人员 项目 企业 产业 行业 领域 工程 园区 学科 专科 县 乡 镇 村")
_MEASURED = any_of("元 人 户 吨 亩 平方米 千瓦 张 头 立方米 公里 米 名 岁 M 兆")
_NUMBERED = any_of("文 令 公 告 线 楼 院 地 井 机 门 房 通")
_IN_NAMES = any_of("行动 规划 计划 过渡期 攻坚 一贯 义务教育 免费 教育 制")
_SCALES = any_of("十 百 千 万 亿 个 元 年 岁 亩 吨 人 倍 公")


class Mask(NamedTuple):
    """A rule: the pattern that it masks, a made-up example with that between ⟦ and ⟧, and words (`unless`)
    after which it does not apply."""

    name: str
    pattern: re.Pattern
    example: str
    unless: re.Pattern | None = None


def mask(name: str, pattern: str, example: str, unless: str = "") -> Mask:
    """A rule from the text of its patterns."""
    return Mask(name, re.compile(pattern), example, re.compile(f"(?:{unless})$") if unless else None)


MASKS = [
    mask(
        "title of a document", r"《[^《》]{1,80}》|〈[^〈〉]{1,80}〉", "按《某市教育现代化⟦2035⟧》办学 3 所"
    ),
    mask(
        "number of a document",
        rf"[〔\[【（(﹝]\s?{_YEAR}\s?[〕\]】）)﹞]\s?第?\s?\d{{1,5}}\s?号",
        "某政发〔⟦2021⟧〕⟦8⟧号",
    ),
    mask(
        "address",
        r"(?:https?://|www\.)[!-~]+|(?<![\w.+-])[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]+|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])",
        "见http://example.org/⟦2021⟧/⟦03⟧/t⟦20210305⟧_⟦3⟧.html，共 4 项",
    ),
    mask(
        "code of letters and digits",
        r"(?<![0-9A-Za-z])(?=[0-9]{0,17}[A-Z])[0-9A-Z]{15,20}(?![0-9A-Za-z])",
        "代码⟦9100⟧MA⟦6⟧K⟦012345678⟧Q，有 3 家",
    ),
    mask(
        "coordinate",
        r"(?:[东西]经|[南北]纬)\s?[\d.]{1,12}[°度]?(?:\d{1,2}[′'分])?(?:[\d.]{1,6}[″\"秒])?"
        rf"(?:{DASH}[\d.]{{1,12}}[°度]?(?:\d{{1,2}}[′'分])?)?",
        "位于东经⟦101⟧°⟦30⟧′、北纬⟦25⟧度，有 3 个乡",
    ),
    mask(
        "date",
        rf"{_YEAR}(?:[-./]\d{{1,2}}[-./]\d{{1,2}})(?:\s?\d{{1,2}}:\d\d(?::\d\d)?)?",
        "发布于⟦2021-03-05⟧",
    ),
    mask(
        "time of day",
        r"(?<=[日午晨晚于在天])[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?![:：\d%])"
        r"|(?<![\d:：])[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?=[时分前后至到起止召开举—-])",
        "每天⟦9:30⟧前到岗 5 人",
        unless=r"[比构][^，。；\d]{0,6}",
    ),
    mask(
        "span of years",
        rf"{_YEAR}年?度?(?:{DASH}|[至到、和与/]){_YEAR}(?=年|学年|[）)》”]|{DASH})年?(?:度|间)?",
        "⟦2016⟧—⟦2020⟧年建成 12 所",
    ),
    mask(
        "year, month or day",
        rf"{_YEAR}\s?(?:年|学年)[度末底初]?"
        rf"(?:前?\d{{1,2}}(?:{DASH}\d{{1,2}})?\s?个?月[份末底初]?(?:\d{{1,2}}\s?[日号])?)?",
        "⟦2020⟧年⟦3⟧月⟦1⟧日起招收 20 人",
    ),
    mask(
        "month",
        rf"(?<![\d.])\d{{1,2}}(?:{DASH}\d{{1,2}})?月{any_of(_PART_OF_MONTH)}?(?:\d{{1,2}}[日号])?",
        "⟦1⟧—⟦5⟧月销售 30 万元",
    ),
    mask(
        "day",
        rf"(?<![\d.])\d{{1,2}}日?(?:{DASH}|[至到])\d{{1,2}}日|(?<![\d.])\d{{1,2}}日(?:[前起止至]|$)",
        "⟦1⟧日至⟦2⟧日到会 30 人",
    ),
    mask(
        "years that pass",
        r"(?:近|过去|未来|今后|连续|每|历时|最近|[前后头])\d{1,2}[多余]?年|\d{1,2}[多余]?年(?:来|以来|间|内|期间?)|\d0年代",
        "未来⟦5⟧年新增 600 人",
    ),
    mask("years in a name", rf"\d{{1,2}}年(?={_IN_NAMES})", "⟦9⟧年义务教育巩固率达 95 %"),
    mask("months that are left", r"(?:剩余|剩下|余下|[前后头])\d{1,2}个月", "剩余⟦4⟧个月每月完成 3 亿元"),
    mask("ordinal", r"第\s?\d+(?:[、和至到—-]\s?第?\d+)*(?![\d.]*[位名])", "第⟦3⟧次会议通过 8 件"),
    mask(
        "number of a thing",
        rf"(?<!\d)\d+\s?号(?={_NUMBERED}|$|[，。；、）)])|(?<![A-Za-z\d])[A-Za-z]{{0,3}}\d+(?=\s?[、和]?\s?号文)",
        "按⟦18⟧号文补助 3 万元",
    ),
    mask(
        "list number",
        r"(?:^|(?<=[。；;：:！!]))\s{0,4}(?:[（(]\s?\d{1,2}\s?[）)]|\d{1,2}\s?(?:[.．](?!\d)|[、)）]))"
        rf"|(?<![\d.])\d{{1,2}}[.．](?={_YEAR}年)|(?<=[；;])\d[.．](?=\d个(?!百分点|月))",
        "⟦3⟧.新建 5 所",
    ),
    mask(
        "section number",
        rf"^\s?\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}(?=\s?[一-鿿]{{2}})(?!\s?(?:{_SCALES}|(?:以?及|[和与至到])\s?\d))",
        "⟦2.1⟧发展目标 6 项",
    ),
    mask(
        "note number",
        r"(?:(?<![关加倾])注|(?<![代报])表|(?<![地蓝])图|专栏|附件|栏目)\s?\d+(?:[-.]\d+)*",
        "见附件⟦2⟧，共 4 项",
    ),
    mask(
        "age",
        rf"(?<![\d.])\d{{1,3}}(?:{DASH}|[至到])\d{{1,3}}\s?周?岁|(?<![\d.])\d{{1,3}}\s?周?岁(?!左右)",
        "对⟦3⟧—⟦6⟧岁儿童 120 名",
        unless=r"(?:寿命|平均年龄)[^，。；\d]{0,8}",
    ),
    mask(
        "letters and digits",
        r"(?<![A-Za-z])(?!(?:RMB|USD|CNY)\d)[A-Za-z]{1,12}[-+.]?\d+(?:\.\d+)?(?:[A-Za-z+]{1,12}\d*)*"
        r"|(?<![\d.])[2-6][GK](?![A-Za-z])|(?<!\d)\d{1,2}[A-LN-Z](?=[级类])|(?<!\d)\d[Dd]打印",
        "建成⟦5⟧G 基站 800 个",
    ),
    mask(
        "slogan",
        r"[“\"‘「](?=[^”\"’」]{0,14}\d)(?![^”\"’」]{0,14}(?:%|[万亿]元|\d\.\d|\d{3}))[^”\"’」]{1,14}[”\"’」]",
        "实施“⟦1⟧个中心、⟦3⟧条线”战略，惠及 30 户",
    ),
    mask("sum of a formula", r"(?<!\d)\d+(?:[+＋](?:\d+|[A-Za-z]))+", "推行⟦1⟧+⟦5⟧模式的有 20 个"),
    mask(
        "index base",
        r"(?:上年|上月|年|同期)(?:为|[=＝])1?00(?![\d.%])|(?<![<>＜＞])[=＝]\s?100(?=$|[，,。；;、）)计\s])",
        "以上年=⟦100⟧计，收入 5 万元",
    ),
    mask("full marks", r"满分[为是]?\s?\d+\s?分?", "满分⟦100⟧分，平均 82 分"),
    mask(
        "count of what was named",
        rf"(?:{_THESE})\s?\d{{1,3}}(?=[个项条家种类位名所][^百])",
        "上述⟦4⟧项共投资 20 万元",
    ),
    mask(
        "count of ideas",
        rf"(?<!\d)\d{{1,2}}个?(?:大|重大|主要)?{_IDEAS}(?!{_COUNTED})",
        "抓住⟦3⟧个重点，建设 5 个重点项目",
    ),
    mask(
        "first so many",
        r"(?:[前后]|最[高低大小])\s?\d{1,3}(?:[名位强](?!专)|个工作日)",
        "进入前⟦10⟧名的有 4 所",
    ),
    mask(
        "denominator",
        r"每\s?(?:\d{1,3}(?:,?000)?|\d{1,5})(?=[万千百]?(?:公斤|平方|小时|[人名户个元亩班次张所生天年]))",
        "每⟦100⟧名学生拥有 12 台",
    ),
    mask(
        "threshold in a name",
        rf"(?<![\d.])\d+(?:\.\d+)?{SCALE}?{_MEASURED}(?:[及或]|[（(]含[）)])?(?:以上|以下|以内)(?:的(?=[一-鿿])|(?=[一-鿿]))"
        r"(?!的?(?:水平|目标|标准|规模|比例|要求|左右|范围|台阶))",
        "⟦500⟧万元以上项目达 23 个",
        unless="培训|培养|招聘|招收|选派",
    ),
    mask(
        "class of a size",
        rf"(?<![\d.])\d+(?:\.\d+)?{SCALE}?元级|(?<!\d)\d+分钟(?=[一-鿿]{{0,8}}圈)",
        "⟦10⟧亿元级企业 2 家",
    ),
    mask("voltage", r"(?<!\d)\d+(?:千伏|[kK][vV])", "新建⟦110⟧千伏变电站 3 座"),
    mask("time limit", r"(?<!\d)\d+(?:天|日|小时)内", "⟦30⟧天内结清的占 98 %"),
    mask(
        "day and night",
        r"(?<!\d)7\s?[×xX*]\s?24小时|(?<!\d)24小时(?=热线|值守|值班|不间断|营业|监控|客服|供水|在线)",
        "⟦7⟧×⟦24⟧小时服务窗口 6 个",
    ),
    mask("rate of ten thousands", r"(?<=[/／])10+[万千]?", "死亡率为 11.6/⟦10⟧万"),
    mask(
        "hotline",
        r"(?<!\d)\d{3,5}(?=[一-鿿]{0,4}(?:热线|平台|电话|急救|报警))",
        "开通⟦12345⟧热线，受理 300 件",
    ),
    mask(
        "telephone",
        r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)|(?:电话|传真)[：:]?\s?\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?![\d万元人])",
        "联系电话 ⟦0871-6312345⟧，共 2 人",
    ),
]
_REACH = 20  # characters before a match that are looked at


def masked_positions(text: str) -> dict[int, str]:
    """Positions of the digits that a rule masks, each with the rule's name.

    >>> sorted(masked_positions("2020年新建3所"))
    [0, 1, 2, 3]
    """
    positions: dict[int, str] = {}
    for entry in MASKS:
        for match in entry.pattern.finditer(text):
            if entry.unless and entry.unless.search(text[max(0, match.start() - _REACH) : match.start()]):
                continue
            for position in range(*match.span()):
                if text[position].isdigit():
                    positions.setdefault(position, entry.name)
    return positions
