"""Whether a figure is aimed at or has been reached, is money for it, or neither.

A plan aims at what it says, unless heading, time or words say that it looks back; a bulletin looks back, unless time and
words say that it aims.
"""

import re

from plan_monitor.reading.frame import Frame

_BACK = re.compile(
    r"成[就绩效]|回顾|现状|基础|形势|完成情况|进展|取得|机遇|挑战|背景|发展环境|总结|困难|问题|短板|[上去]年|“?十三五”?时期|主要做法|基本情况|概况"
)
_AHEAD = re.compile(
    r"目标|任务|措施|举措|重点|工程|项目|保障|打算|安排|计划|部署|思路|建议|今年|明年|下一步|下步|展望|要求|专栏|实施"
)
_AIMS = re.compile(
    r"力争|争取|确保|(?<!全面)(?:预期|计划)(?!生育|单列|经济)|目标|拟(?=[建新安投])|不低于|不少于|不得|要(?=[达实完在建])|应(?=[达不当])|将(?=[达建新投实])|必须|原则上"
)
_DONE = re.compile(
    r"已[经]?|累计(?:投入|完成|建成|培训|建设)|截至|截止|了(?=\d)|实现了|完成了|达到了|创建了|新建了|实施了|现有|同比|比上年|较上年|五年来|以来|被评|获得|[上去]年"
)
_MONEY = re.compile(r"(?:元|美元|欧元|港元)(?:/|$)")
_FUNDS = re.compile(
    r"投入|总投资|投资(?:金额|估算|概算|规模|[约共]?$)|(?:规划|计划|估算|概算|匡算|预算)投资|资金|补助|奖补|补贴|奖励|经费|拨款|贷款|融资|债券|捐[赠款]"
)
_FLOWS = re.compile(r"固定资产投资|完成投资|投资(?:完成)?额|开发投资|存款|贷款余额|收入")
_STANDARD = re.compile(r"(?:及|或)?(?:以上|以下|以内)的?[一-鿿]")


def role(
    before: str, after: str, path: tuple[str, ...], period: str, dated: bool, unit: str, frame: Frame
) -> str:
    """The role of a figure: "target", "observation", "investment" or "other".

    Parameters
    ----------
    before, after : str
        Its sentence up to the figure, and what follows the figure and its unit.
    path : tuple of str
        The headings above it.
    period : str
    dated : bool
        Whether the text tells the period.
    unit : str
    frame : Frame
    """
    clause = re.split(r"[，,。；;：:]", before)[-1]
    if _STANDARD.match(after) and unit != "%":
        return "other"
    last = (
        int(period[-4:])
        if re.search(r"\d{4}$", period)
        else int(period[:4])
        if period[:4].isdigit()
        else None
    )
    year = frame.clock.year
    ahead = last > year if dated and last and year else aimed(before, path, frame)
    if _MONEY.search(unit) and _FUNDS.search(clause) and not _FLOWS.search(clause):
        return "investment"
    return "target" if ahead else "observation"


def aimed(before: str, path: tuple[str, ...], frame: Frame) -> bool:
    """Whether what no time dates is aimed at, by the headings above and the words before it."""
    behind = [
        bool(_BACK.search(name)) for name in reversed(path) if _BACK.search(name) or _AHEAD.search(name)
    ]
    if frame.kind == "bulletin":
        return (
            bool(_AIMS.search(before))
            and not _DONE.search(before)
            and ("目标" in before or behind[:1] == [False])
        )
    if behind and behind[0]:
        return False
    if frame.kind == "report":
        return bool(behind)
    return bool(_AIMS.search(before)) or not _DONE.search(before)
