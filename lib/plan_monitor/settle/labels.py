"""The words of every list of codes: what a bureau writes for a code, and what a message calls it.

A column's name says which list is meant; where tables use one name for different lists (``type``, ``level``,
``kind``), the codes allowed there tell them apart.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_UNREAD = re.compile(
    r"[\s\u200b\ufeff《》〈〉「」『』“”‘’\"'`]"
)  # blanks and quotation marks tell no names apart
_DASHES = re.compile(r"[‐‑‒–—―−~〜]+")
_YES_NO = {"yes": ("是", "yes"), "no": ("否", "no")}
LABELS: dict[str, dict[str, tuple[str, str]]] = {
    "type": {
        "plan": ("规划", "plan"),
        "chronicle": ("大事记", "chronicle"),
        "statistics": ("统计资料", "official statistics"),
        "news": ("新闻", "news"),
        "secondary": ("转载", "secondary source"),
        "synthetic": ("合成数据", "synthetic"),
        "assumption": ("假设", "assumption"),
        "primary": ("小学", "primary school"),
        "teaching-point": ("教学点", "teaching point"),
        "junior": ("初级中学", "junior secondary school"),
        "nine-year": ("九年一贯制学校", "nine-year school"),
        "complete": ("完全中学", "complete secondary school"),
        "twelve-year": ("十二年一贯制学校", "twelve-year school"),
    },
    "domain": {
        "education": ("教育", "education"),
        "medical-insurance": ("医疗保障", "medical insurance"),
        "rural-revitalization": ("乡村振兴", "rural revitalization"),
        "e-government": ("电子政务", "e-government"),
        "enterprise-listing": ("企业上市", "enterprise listing"),
        "science-literacy": ("科学素质", "science literacy"),
        "housing": ("住房", "housing"),
        "tcm": ("中医药", "traditional Chinese medicine"),
        "drug-regulation": ("药品监管", "drug regulation"),
        "context": ("背景", "context"),
        "other": ("其他", "other"),
    },
    "level": {
        "nation": ("全国", "nation"),
        "province": ("省级", "province"),
        "prefecture": ("地级", "prefecture"),
        "county": ("县级", "county"),
        "combined": ("合并区域", "combined"),
        "primary": ("小学", "primary"),
        "junior": ("初中", "junior"),
        "senior": ("高中", "senior"),
        "compulsory": ("义务教育", "compulsory"),
        "nine-and-twelve-year": ("一贯制学校", "combined schools"),
        "village": ("村小", "village schools"),
        "special": ("特殊教育", "special schools"),
        "whole": ("全校", "whole school"),
    },
    "direction": {
        "up": ("越高越好", "more is better"),
        "down": ("越低越好", "less is better"),
        "neutral": ("不分高低", "neutral"),
    },
    "nature": {"stock": ("存量", "stock"), "flow": ("流量", "flow")},
    "comparator": {
        "=": ("=", "equal to"),
        ">=": ("≥", "at least"),
        ">": (">", "more than"),
        "<=": ("≤", "at most"),
        "<": ("<", "less than"),
        "about": ("约", "about"),
    },
    "kind": {
        "level": ("达到水平", "level"),
        "floor": ("底线", "floor"),
        "ceiling": ("上限", "ceiling"),
        "cumulative": ("累计", "cumulative"),
        "growth": ("增长", "growth"),
        "coverage": ("覆盖", "coverage"),
        "text": ("文字表述", "text"),
        "arithmetic": ("重新计算", "computed again"),
        "agreement": ("两处对照", "one thing stated twice"),
        "order": ("大小关系", "which is larger"),
        "distinct": ("不同事物同一数", "one number for two things"),
        "reading": ("可调和的读法", "reading that would reconcile"),
    },
    "attribute": {"binding": ("约束性", "binding"), "expected": ("预期性", "indicative")},
    "reading": {
        "printed": ("原文数字", "as printed"),
        "worded": ("由文字折算", "coded from words"),
        "counted": ("按名单计数", "counted from names"),
        "realigned": ("错位还原", "realigned"),
        "derived": ("推算", "derived"),
    },
    "quality": {
        "A": ("A 官方文本", "A official text"),
        "B": ("B 转载或推算", "B secondary or derived"),
        "C": ("C 存疑", "C doubtful"),
    },
    "timing": {"in": ("计划当年", "planned for the year"), "by": ("最迟期限", "deadline")},
    "state": {
        "done": ("已完成", "done"),
        "under_way": ("进行中", "under way"),
        "missed": ("到期未完成", "missed"),
        "dropped": ("已取消", "dropped"),
        "asked": ("已征询", "asked"),
        "answered": ("已答复", "answered"),
        "refused": ("说明无数字", "refused"),
    },
    "group": {
        "resource": ("资源配置", "resources"),
        "rule": ("评估规则", "rule"),
        "government": ("政府保障程度", "government support"),
        "quality": ("教育质量", "quality of education"),
        "recognition": ("社会认可度", "public recognition"),
        "veto": ("一票否决", "veto"),
        "norm": ("其他标准", "other norm"),
    },
    "scheme": {
        "all": ("基本医疗保险（合计）", "basic medical insurance (all)"),
        "employees": ("职工医保", "employees' insurance"),
        "residents": ("居民医保", "residents' insurance"),
        "new-rural": ("新农合", "new rural cooperative scheme"),
        "employees-pooled": ("职工医保统筹基金", "employees' pooled fund"),
        "pooled": ("统筹基金（合计）", "pooled funds (all)"),
        "personal-accounts": ("职工医保个人账户", "employees' personal accounts"),
    },
    "basis": {
        "preliminary": ("快报", "preliminary"),
        "final": ("决算", "final"),
        "derived": ("推算", "derived"),
    },
    "ratio": {
        "reserve_months": ("可支付月数", "months in reserve"),
        "surplus_rate": ("当期结余率", "current surplus rate"),
        "growth_gap": ("支出与收入增速之差", "growth of expenditure less that of income"),
    },
    "severity": {"ok": ("正常", "ok"), "watch": ("关注", "watch"), "alarm": ("预警", "alarm")},
    "status": {"lifted": ("脱贫户", "lifted household"), "other": ("一般农户", "other household")},
    "monitored": {
        "unstable": ("脱贫不稳定户", "unstable (lifted)"),
        "marginal": ("边缘易致贫户", "marginal"),
        "hardship": ("突发严重困难户", "sudden hardship"),
    },
    "relation": {
        "=": ("=", "equal to"),
        "!=": ("≠", "not equal to"),
        ">=": ("≥", "at least"),
        ">": (">", "more than"),
        "<=": ("≤", "at most"),
        "<": ("<", "less than"),
    },
    "review": {
        "proven": ("经核算或对照证实的错误或矛盾", "error or contradiction proven"),
        "changed": ("后出文件改变而未说明", "changed without saying so"),
        "unclear": ("待发文机关澄清", "to be cleared up by the issuer"),
        "scope": ("范围或口径不同", "different scope or definition"),
        "compatible": ("可以同时成立", "both can be true"),
        "rounding": ("舍去小数", "decimals cut off"),
        "copy": ("文字稿损坏", "damage to our copy"),
        "superseded": ("预计数，已有后来的数", "an estimate, with a later figure since"),
    },
    **dict.fromkeys(("maternity", "answer", "school", "insured", "housing", "water"), _YES_NO),
}
_YES_NO_TOO = {"yes": "有 √ ✓ ✔ y 1", "no": "无 没有 不是 × ✗ ✘ n 0"}
# what else is accepted: words between blanks; "以上" and "以下" include the number (Civil Code, article 1259)
_COMPARED = {
    "=": "等于 为 达到 达",
    ">=": "≧ ⩾ => 不低于 不少于 不小于 不低於 至少 以上 及以上 大于等于 大于或等于 达到或超过",
    ">": "大于 高于 超过 多于 优于",
    "<=": "≦ ⩽ =< 不高于 不超过 不大于 不多于 至多 以下 及以下 以内 之内 小于等于 小于或等于 控制在",
    "<": "小于 低于 少于 不足 不到 不满",
    "about": "大约 约为 左右 上下 ≈ ~ approx approximately around",
    "!=": "<> 不等于",
}
ALSO: dict[str, dict[str, str]] = {
    "type": {
        "plan": "计划 方案 实施方案 行动计划 规划计划 政策文件 意见",
        "chronicle": "地方志 方志",
        "statistics": "统计 统计公报 公报 统计年鉴 统计数据 官方统计 决算",
        "news": "新闻报道 报道 媒体报道",
        "secondary": "二手资料 二手来源 转载资料 百科",
        "synthetic": "合成 虚构 示例数据",
        "assumption": "假定 假设值",
        "primary": "完全小学",
        "junior": "初中",
        "nine-year": "九年一贯制",
        "complete": "完中",
        "twelve-year": "十二年一贯制",
    },
    "domain": {
        "education": "教育事业",
        "medical-insurance": "医保 医疗保险",
        "e-government": "数字政府",
        "enterprise-listing": "上市",
        "science-literacy": "科普 全民科学素质",
        "housing": "住房保障 保障性住房",
        "tcm": "中医 tcm",
        "drug-regulation": "药监 药品安全",
        "context": "背景数据",
        "other": "其它",
    },
    "level": {
        "nation": "国家 国家级 中央",
        "province": "省 自治区 直辖市",
        "prefecture": "地级市 地市级 市级 州市级 州级 市州 地市 自治州 盟",
        "county": "县 区县 县区 县市区 县级市 市辖区",
        "combined": "合并 合计",
        "junior": "初级中学",
        "senior": "普通高中",
        "special": "特殊教育学校",
        "village": "村完小 乡村小学",
    },
    "direction": {
        "up": "正向 正向指标 正指标 上升 越大越好 越多越好 higher",
        "down": "逆向 逆向指标 负向 负向指标 逆指标 下降 越小越好 越少越好 lower",
        "neutral": "中性 无方向",
    },
    "nature": {"stock": "时点 时点数 时点指标 存量指标", "flow": "时期 时期数 时期指标 流量指标"},
    "comparator": _COMPARED,
    "relation": _COMPARED,
    "kind": {
        "level": "水平 达到值",
        "floor": "下限 保底 不低于",
        "ceiling": "不超过 封顶",
        "cumulative": "累计值 累计数",
        "growth": "增速 增长率 增长幅度",
        "coverage": "覆盖率 全覆盖",
        "text": "文字 定性 定性目标",
    },
    "attribute": {
        "binding": "约束 约束性指标 约束性目标",
        "expected": "预期 预期性指标 预期性目标 指导性 expected",
    },
    "reading": {
        "printed": "原文 照录 直接引用",
        "worded": "文字折算",
        "counted": "计数",
        "derived": "计算 推算得出",
    },
    "quality": {"A": "官方文本 A级 甲", "B": "转载或推算 B级 乙", "C": "存疑 C级 丙"},
    "timing": {"in": "当年 当年完成", "by": "最迟 之前 以前 前 截至 不迟于"},
    "state": {
        "done": "完成 已办结",
        "under_way": "推进中 在建 正在进行",
        "missed": "未完成 逾期 逾期未完成",
        "dropped": "取消 终止",
    },
    "group": {
        "resource": "资源 学校资源",
        "rule": "规则",
        "government": "政府保障",
        "quality": "质量",
        "recognition": "认可度 满意度",
        "veto": "一票否决情形",
        "norm": "标准 其他",
    },
    "scheme": {
        "all": "基本医疗保险 基本医保 合计 全部",
        "employees": "职工基本医疗保险 城镇职工基本医疗保险 城镇职工医保 职工",
        "residents": "城乡居民基本医疗保险 城乡居民医保 居民基本医疗保险 居民",
        "new-rural": "新型农村合作医疗",
        "employees-pooled": "职工统筹 职工统筹基金 职工基本医疗保险统筹基金",
        "pooled": "统筹基金",
        "personal-accounts": "个人账户 职工个人账户 职工基本医疗保险个人账户",
    },
    "basis": {"preliminary": "快报数", "final": "决算数 公报 公报数", "derived": "推算数 推算值"},
    "ratio": {
        "reserve_months": "累计结余可支付月数 备付月数",
        "surplus_rate": "结余率",
        "growth_gap": "增速差",
    },
    "severity": {"ok": "无风险", "watch": "提示", "alarm": "警报 报警"},
    "status": {"lifted": "脱贫", "other": "非脱贫户 其他农户"},
    "monitored": {
        "unstable": "脱贫不稳定",
        "marginal": "边缘户 边缘易致贫",
        "hardship": "突发困难户 突发严重困难",
    },
    **dict.fromkeys(("maternity", "answer", "school", "insured", "housing", "water"), _YES_NO_TOO),
}


def key(text: str) -> str:
    """A name as it is compared: without blanks and quotation marks, full-width forms and capitals.

    >>> key("《某州“十四五”教育规划》（ 2021—2025年 ）"), key("Gross Enrolment　Rate")
    ('某州十四五教育规划(2021-2025年)', 'grossenrolmentrate')
    """
    return _DASHES.sub("-", _UNREAD.sub("", unicodedata.normalize("NFKC", text))).casefold()


@lru_cache
def _codes(field: str) -> dict[str, list[str]]:
    """Codes of a list by everything that means them, as it is compared."""
    found: dict[str, list[str]] = {}
    for listed_code, words in LABELS.get(field, {}).items():
        for word in (*words, *ALSO.get(field, {}).get(listed_code, "").split()):
            found.setdefault(key(word), []).append(listed_code)
    return found


@lru_cache
def _meant(field: str, allowed: tuple[str, ...]) -> dict[str, str]:
    """The one code of those allowed, by everything that means it and no other of them."""
    words = {word: [one for one in codes if one in allowed] for word, codes in _codes(field).items()}
    return {word: codes[0] for word, codes in words.items() if len(codes) == 1} | {
        key(one): one for one in allowed
    }


def code(field: str, text: str, allowed: Iterable[str]) -> str | None:
    """The code that a text means in a column; None where it means none of those allowed, or more than one.

    Parameters
    ----------
    field : str
        Name of the column.
    text : str
        A code, its Chinese or English label, or another usual word for it, in any width and case.
    allowed : iterable of str
        Codes the column may have.

    >>> code("attribute", "约束性", ["binding", "expected"]), code("comparator", "≥", [">=", "<="])
    ('binding', '>=')
    >>> code("level", "小学", ["nation", "county"]) is None
    True
    """
    return _meant(field, tuple(allowed)).get(key(text))


def listed(field: str, allowed: Iterable[str], lang: str) -> str:
    """What a column may have, for a message: labels in Chinese, codes in English.

    >>> listed("attribute", ["binding", "expected"], "zh"), listed("attribute", ["binding", "expected"], "en")
    ('约束性, 预期性', 'binding, expected')
    """
    words = LABELS.get(field, {}) if lang == "zh" else {}
    return ", ".join(words[one][0] if one in words else one for one in allowed)


def shown(field: str, code_: str, lang: str) -> str:
    """What a code is called in a column: its Chinese label, in English the code itself.

    >>> shown("attribute", "binding", "zh"), shown("attribute", "binding", "en")
    ('约束性', 'binding')
    """
    return listed(field, [code_], lang)
