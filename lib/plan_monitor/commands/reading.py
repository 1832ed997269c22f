"""The commands that read documents: ``plan-monitor read`` and ``confirm``."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plan_monitor.commands.package import Write, checked
from plan_monitor.terminal import BAD_INPUT, give_up
from reportkit.findings import DataError, Finding
from reportkit.language import tr

if TYPE_CHECKING:
    import pandas as pd

    from plan_monitor.reading.confirm.drafted import Drafted, Given
    from plan_monitor.reading.frame import Frame
    from plan_monitor.reading.source import Source

_TABLES = ("documents", "regions", "indicators", "readings")
_YEAR = re.compile(r"((?:19|20)\d\d)年?(.*)")
_PART = re.compile(r"H[12]|Q[1-4]|-(?:0[1-9]|1[0-2])")


@checked()
def read(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="A document: docx, pdf, html, md, txt, xlsx, ods.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(metavar="FILE", dir_okay=False, help="Where to: a workbook (.xlsx) or a .csv file."),
    ],
    region: Annotated[
        str | None, typer.Option(metavar="NAME", help="The place the document is about.")
    ] = None,
    year: Annotated[
        str | None, typer.Option(metavar="YEAR", help="The year that it looks back on, such as 2020.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="YEAR", help="The last year that it plans.")] = None,
    document: Annotated[
        str | None, typer.Option(metavar="ID|TITLE", help="Which document it is; by default its own title.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="Package that knows indicators, and what was decided.",
        ),
    ] = None,
    ocr: Annotated[bool, typer.Option("--ocr", help="Recognise characters on scanned pages.")] = False,
) -> None:
    """Read the figures of a document into a file to decide in: what needs a look first.

    On a terminal it asks what it is not told. With --data the package's indicators are recognised, and what
    was decided on before. Exit status: 0 fine, 2 bad input (nothing is written).
    """
    from plan_monitor.reading import checks
    from plan_monitor.reading import confirm as confirming
    from plan_monitor.reading import source as sources
    from plan_monitor.reading.confirm import file as writing
    from plan_monitor.reading.confirm import summary

    _check_out(out, writing.ENDINGS)
    tables = _tables(data) if data else {}
    source = _source(sources, file, ocr)
    look_back_year, part = _year("--year", year)
    given = confirming.Given(region or "", look_back_year, _year("--until", until)[0], part, document or "")
    given = _with_answers(given, source, tables)
    if given.year and given.until and given.until < given.year:
        expected = {
            "zh": f"应不早于所回顾的 {given.year} 年",
            "en": f"expected no year before {given.year}, which is looked back on",
        }
        raise DataError([Finding("--until", None, None, str(given.until), expected)])
    drafted = confirming.draft(source, given, tables)
    if document and len(drafted.frames) > 1:
        zh = f"文件里有 {len(drafted.frames)} 份文件，不能都叫这个名字；请不加 --document"
        en = f"expected one document; the file holds {len(drafted.frames)}: leave --document out"
        raise DataError([Finding(file.name, None, "--document", document, {"zh": zh, "en": en})])
    words = _words(source, given, tables)
    written = writing.write(out, drafted, words, tables)
    lines = [*_frame_lines(drafted, given, file), *summary.of_draft(drafted, words)]
    lines += summary.of_checks(checks.candidates(drafted.rows))
    print("\n".join([*lines, *map(str, written)]))


@checked()
def confirm(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="What read wrote, with decisions."),
    ],
    into: Annotated[Path, typer.Option(metavar="DIR", exists=True, file_okay=False, help="Data package.")],
    accept_certain: Annotated[
        bool, typer.Option("--accept-certain", help="Accept also whatever needs no look.")
    ] = False,
    write: Write = False,
) -> None:
    """Put the figures that were accepted into a data package, and keep what was decided: all or nothing.

    A second time nothing changes. Exit status: 0 fine, 2 bad input or a conflict (nothing is written).
    """
    from plan_monitor.reading import confirm as confirming
    from plan_monitor.reading.confirm import summary

    outcome = confirming.confirm(confirming.read(file), into, accept_certain)
    written = write and not outcome.conflicts
    if written:
        confirming.put(outcome)
    print("\n".join(summary.of_outcome(outcome, written)))
    if outcome.conflicts:
        raise typer.Exit(BAD_INPUT)
    if written and outcome.targets + outcome.observations:
        print(tr("接下来：", "next: ") + f"plan-monitor adopt {into}")


def _check_out(out: Path, endings: tuple[str, ...]) -> None:
    """Refuse a file that could not be written, or that may already contain decisions."""
    if out.suffix.lower() not in endings:
        give_up(
            tr(f"--out 应为 .xlsx 或 .csv 文件：{out}", f"--out: expected a file in .xlsx or .csv: {out}")
        )
    if out.exists():
        give_up(
            tr(
                f"{out} 已经存在，可能有人已在里面做了决定；请另起名或先移走",
                f"{out} is there already, and somebody may have decided in it: move it away",
            )
        )
    if not out.parent.is_dir():
        give_up(tr(f"没有文件夹 {out.parent}", f"no folder {out.parent}"))


def _tables(folder: Path) -> "dict[str, pd.DataFrame]":
    """Tables of a package: documents, regions, indicators, and readings with earlier decisions."""
    from plan_monitor.data.inspection import settled
    from plan_monitor.settle.parts import joined

    result = settled(folder)
    if not result.parts:
        raise DataError(result.each())
    return {table: joined(result.parts, table) for table in _TABLES if table in result.parts}


def _source(sources, file: Path, ocr: bool) -> "Source":
    from plan_monitor.grid.sheet import Unreadable

    try:
        return sources.read(file, ocr=ocr)
    except Unreadable as error:
        raise DataError([Finding(file.name, None, None, None, error.expected)]) from None


def _year(option: str, text: str | None) -> tuple[int | None, str]:
    """The year that an option names, and the part of it."""
    from plan_monitor.reading import periods

    if not text:
        return None, ""
    if match := _YEAR.fullmatch(re.sub(r"\s", "", text).upper()):
        part = match[2] if _PART.fullmatch(match[2]) else periods.part_of_year(match[2])
        if part or match[2] in ("", "度", "全年", "底", "末"):
            return int(match[1]), part
    expected = {
        "zh": "应为年份，或其中一段，如 2020、2020年上半年、2020Q3",
        "en": "expected a year or a part of one, such as 2020, 2020H1 or 2020Q3",
    }
    raise DataError([Finding(option, None, None, text, expected)])


def _with_answers(given: "Given", source: "Source", tables: "dict[str, pd.DataFrame]") -> "Given":
    """What is given, completed by asking the person at the terminal, if there is one."""
    import pandas as pd

    from plan_monitor.reading import frame, places

    documents = frame.documents(source.parts)
    if len(documents) > 1 or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return given
    proposed = given.frame(documents[0])
    if not given.region:
        head = [proposed.title, *frame.head(documents[0])]
        name = places.propose_region(head, tables.get("regions", pd.DataFrame()))
        given = given._replace(region=typer.prompt(tr("地区", "Region"), default=name))
    if given.year is None:
        question = tr("回顾的年份", "The year it looks back on")
        text = typer.prompt(question, default=proposed.clock.period)
        is_unchanged = text == proposed.clock.period
        year, part = (proposed.clock.year, "") if is_unchanged else _year("--year", text)
        given = given._replace(year=year, part=part)
    if given.until is None and proposed.kind != "bulletin":
        last_year = proposed.clock.plan[1] if proposed.clock.plan else ""
        text = typer.prompt(tr("规划到哪一年", "The last year it plans"), default=str(last_year))
        given = given._replace(until=_year("--until", text)[0])
    return given


def _frame_lines(drafted: "Drafted", given: "Given", file: Path) -> list[str]:
    """How each document was understood, and what could not be found in it."""
    lines = []
    for known_frame in drafted.frames:
        lines.append(
            (given.document or known_frame.title or file.name)
            + tr("：", ": ")
            + tr("，", ", ").join(_frame_words(known_frame, drafted))
        )
    if not (given.region and given.year):
        lines.append(
            tr(
                "（未指明的取自文件；不对请用 --region、--year、--until）",
                "(what was not given is the document's own; else --region, --year, --until)",
            )
        )
    missing = [
        name
        for name, is_known in (
            (tr("标题（--document）", "the title (--document)"), drafted.rows["document"].all()),
            (tr("地区（--region）", "the region (--region)"), drafted.region),
            (
                tr("年份（--year）", "the year (--year)"),
                all(known_frame.clock.year for known_frame in drafted.frames),
            ),
        )
        if not is_known
    ]
    if missing:
        listed = tr("、", ", ").join(missing)
        lines.append(
            tr(
                f"从文中看不出{listed}；靠它的格留空，列为要看的",
                f"the text does not tell {listed}; cells that follow from it are empty, and to be looked at",
            )
        )
    if drafted.region and not drafted.placed:
        lines.append(
            tr(
                f"行政区划里没有唯一的“{drafted.region}”；请用 --region 写全称，或在数据包 regions 中加上",
                f'no one region is called "{drafted.region}": give its full name, or add it to regions',
            )
        )
    return lines


def _frame_words(known_frame: "Frame", drafted: "Drafted") -> list[str]:
    year, plan = known_frame.clock.period or "?", known_frame.clock.plan
    phrases = [drafted.region or "?"] if len(drafted.frames) == 1 else []
    phrases.append(tr(f"回顾 {year}", f"looks back on {year}"))
    return phrases + ([tr(f"规划到 {plan[1]}", f"plans until {plan[1]}")] if plan else [])


def _words(source: "Source", given: "Given", tables: "dict[str, pd.DataFrame]") -> "pd.DataFrame":
    """Promises without a number."""
    import pandas as pd

    from plan_monitor.reading import frame, places
    from plan_monitor.reading import words as reading_words

    regions = tables.get("regions", pd.DataFrame())
    rows = []
    for parts in frame.documents(source.parts):
        known_frame = given.frame(parts)
        region_name = given.region or places.propose_region([known_frame.title, *frame.head(parts)], regions)
        rows += reading_words.read(parts, known_frame, places.Places(regions, region_name))
    return pd.DataFrame(rows)
