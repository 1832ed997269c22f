"""What holds for all figures of one table: its document, place, years, units and notes."""

import re
import unicodedata
from dataclasses import dataclass

from plan_monitor.intake.take import labels, titles
from plan_monitor.intake.take.blocks import Block
from plan_monitor.intake.take.drafts import Document
from plan_monitor.intake.take.places import Places
from plan_monitor.settle import defaults
from reportkit import periods

_BRACKETS = {"[": r"[\[［]\s*[\]］]", "〔": r"〔\s*〕", "【": r"【\s*】", "(": r"[(（]\s*[)）]"}
_MARK = re.compile(r"[①-⑳*＊†‡]")


@dataclass(frozen=True)
class Options:
    """What the person who takes the files says about all of them."""

    document: str | None
    region: str | None
    promised_from: str | None
    places: Places
    units: dict[str, str]  # unit of each indicator the package knows, by name
    today: int  # the year


@dataclass(frozen=True)
class Context:
    """What the surroundings of one table say of all its figures."""

    document: str
    part: str  # what the table's title says beside the document's: 主要指标
    captioned: bool  # only the table's caption names the document: the next table has its own
    issuer: str
    issued: str
    number: str
    title: str
    region: str
    indicator: str  # what the title says the whole table is about
    indicator_unit: str
    period: str  # the one that the title names, or the name of the sheet
    plan: bool
    numbered: bool  # a title names a five-year plan, as tables of its targets do, and of its results
    review: bool
    made_up: bool  # the figures, as a title, the source or a note says
    span: str  # years of the plan, 2021/2025
    units: tuple[str, ...]
    cumulative: frozenset[str]  # opening brackets that the notes say hold a sum over years
    footnotes: dict[str, str]
    options: Options
    listed: frozenset[str] = frozenset()  # the regions that the table's rows or columns are about

    @property
    def base(self) -> str:
        """The year a plan counts from: the one before its first."""
        return str(int(self.span[:4]) - 1) if self.span else ""

    @property
    def end(self) -> str:
        """The last year of a plan."""
        return self.span[-4:]

    def precedes(self, period: str) -> bool:
        """Whether a period is over before the plan begins: the plan promises nothing for it."""
        return bool(self.span) and int(period.split("/")[-1][:4]) < int(self.span[:4])

    def promised(self, period: str) -> tuple[bool | None, dict[str, str]]:
        """Whether a figure is a target, by its period, where the heading does not say; or None, and why."""
        year, start = int(period.split("/")[-1][:4]), periods.start(period)
        if self.options.promised_from is not None:
            return start >= periods.start(self.options.promised_from), {}
        if not self.plan and self.numbered and self.span and not self.precedes(period):
            return None, _either(period)
        if not self.plan:
            if year > self.options.today:
                return None, {
                    "zh": f"{period} 尚未到来，表中也未写“目标”；应在表头写明“目标”",
                    "en": f"{period} is yet to come and the table does not say target; expected "
                    "目标 in the heading",
                }
            return False, {}
        if self.precedes(period):
            return False, {}
        if self.issued and start >= int(self.issued[:4]) and not self.review:
            return True, {}
        if self.issued and periods.end(period) < int(self.issued[:4]) - 1:
            return False, {}
        if self.span and year >= int(self.end) and not self.review:
            return True, {}
        return None, _either(period)

    def drafted(self, promises: bool) -> Document:
        """The document that the table stands in."""
        plan = promises or self.plan
        return Document(
            self.document,
            "synthetic" if self.made_up else "plan" if plan else "statistics",
            self.number,
            self.issuer,
            self.issued,
            self.span if plan else "",
            defaults.domain(self.document),
        )


def _either(period: str) -> dict[str, str]:
    return {
        "zh": f"规划的表中 {period} 的数可以是实际数，也可以是目标；应在表头写明“实际”或“目标”，"
        "或说明从哪一年起是目标",
        "en": f"in a plan's table {period} may be an actual or a target; expected 实际 or 目标 "
        "in the heading, or the first year of targets given",
    }


def read(
    block: Block, previous: "Context | None", stem: str, options: Options, has_attributes: bool
) -> Context:
    """The context of a table.

    Parameters
    ----------
    block : Block
    previous : Context or None
        Of the table above it in the same sheet: its document holds where this table names none.
    stem : str
        Name of the file, the document's title where nothing else is.
    options : Options
    has_attributes : bool
        Whether a column tells binding from expected targets, as only plans do.
    """
    title_lines = [line for line in block.preamble["title"] if not _bare_date(line)]
    document_titles = [
        line for line in title_lines if not (titles.is_caption(line) or titles.organ(line) or _no_title(line))
    ]
    source = re.sub(r"[。.；;\s]+$", "", block.sources[0]) if block.sources else ""
    quotation = re.search(r"《([^》]+)》", source)
    database = block.preamble["database"][0] if block.preamble["database"] else ""
    organ = titles.organ(source) or next(filter(None, map(titles.organ, title_lines)), "")
    part, captioned = "", False
    if options.document:
        document = options.document
    elif quotation or (source and not titles.organ(source)):
        document = quotation[1] if quotation else source
    elif database:
        document = f"{organ or '国家统计局'} {database}"
    elif document_titles:
        document, part = titles.plan_title(titles.caption(document_titles[0]))
    elif previous is not None and not previous.captioned:
        document = previous.document
    else:
        document, captioned = titles.caption(title_lines[0]) if title_lines else stem, bool(title_lines)
    all_titles = [document, *title_lines]
    texts = [*block.preamble["title"], *block.preamble["form"], *block.notes]
    region = options.region or next(
        (place for line in reversed(all_titles) if (place := titles.region(line, options.places.is_region))),
        "",
    )
    if block.preamble["region"]:
        region = block.preamble["region"][-1]
    if not region and re.match(r"(?:月|季|年)度数据", database):
        region = "全国"
    subject = labels.read(block.preamble["indicator"][-1]) if block.preamble["indicator"] else None
    if subject is None:
        subject = labels.read(titles.indicator(block.title, region))
    predecessor = previous if previous is not None and document == previous.document else None
    spans = {span for line in all_titles if (span := titles.span(line))}
    plan = has_attributes or any(defaults.may_promise(line) for line in all_titles)
    sheet = re.sub(r"^((?:19|20)\d\d)$", r"\1年", (block.sheet.name or "").strip())
    lines = (*block.preamble["time"], *reversed(title_lines), sheet)
    times = [point for line in lines if (point := titles.point(line))]
    span = spans.pop() if len(spans) == 1 else ""
    return Context(
        document=document,
        part=part,
        captioned=captioned,
        issuer=organ or (predecessor.issuer if predecessor else ""),
        issued=next(
            (day for line in texts if (day := titles.issued(line))), predecessor.issued if predecessor else ""
        ),
        number=next(
            (no for line in texts if (no := titles.number(line))), predecessor.number if predecessor else ""
        ),
        title=block.title,
        region=region or (predecessor.region if predecessor else ""),
        indicator=subject.name,
        indicator_unit=subject.unit,
        period=times[0] if times else "",
        numbered=any(map(titles.numbered, all_titles)),
        plan=plan or (predecessor is not None and predecessor.plan),
        review=any(titles.is_review(line) for line in all_titles),
        made_up=any(defaults.kind_of_document(line) == "synthetic" for line in (*all_titles, source))
        or any("虚构" in note for note in block.notes),
        span=span or (predecessor.span if predecessor else ""),
        units=_units(block.preamble["unit"]),
        cumulative=_cumulative(block.notes),
        footnotes=_footnotes(block.notes),
        options=options,
    )


def _no_title(line: str) -> bool:
    """Whether a line is only the word for an attachment, or the time that a table is of."""
    return bool(
        re.fullmatch(r"(?:红头)?文件|附[件表]?\s*[\d一二三四五六七八九十]*\s*[:：]?|截[至止].*", line)
    )


def _bare_date(line: str) -> bool:
    """Whether a line is a date or document number in brackets, not a title."""
    rest = re.sub(r"[（()）\s]|印发|发布|公布|通过", "", line)
    return bool(titles.issued(line) or titles.number(line)) and len(rest) < 14


def _units(lines: list[str]) -> tuple[str, ...]:
    """The units that a line 单位：… lists."""
    folded = [unicodedata.normalize("NFKC", line).replace(" ", "") for line in lines]
    return tuple(dict.fromkeys(unit for line in folded for unit in re.split(r"[、,，;；]", line) if unit))


def _cumulative(notes: list[str]) -> frozenset[str]:
    """The brackets that a note says hold a sum over years: 〔〕内为五年累计数."""
    signs = set()
    for sentence in re.split(r"[。；;\n]", "\n".join(notes)):
        if "累计" in sentence:
            signs |= {sign for sign, pattern in _BRACKETS.items() if re.search(pattern, sentence)}
            if re.search(r"方括号|中括号", sentence):
                signs.add("[")
            elif "括号" in sentence:
                signs |= set(_BRACKETS)
    return frozenset(signs)


def _footnotes(notes: list[str]) -> dict[str, str]:
    """Text of each footnote by its mark."""
    texts = {}
    for note in notes:
        parts = re.split(f"({_MARK.pattern})", note)
        texts |= {
            mark: text.strip(" \u3000、，；。:：的")
            for mark, text in zip(parts[1::2], parts[2::2], strict=True)
        }
    return texts
