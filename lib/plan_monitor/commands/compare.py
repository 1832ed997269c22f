"""The command ``compare``: what changed between reports."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from plan_monitor.commands.package import OUTPUT, Language, checked
from plan_monitor.terminal import give_up
from reportkit import language
from reportkit.language import current, tr

_NOTEBOOKS = Path("notebooks")


@checked()
def compare(
    paths: Annotated[
        list[Path] | None,
        Argument(
            metavar="A B",
            help="Two executed reports (.ipynb), two folders of reports, or two editions.",
        ),
    ] = None,
    git: Annotated[
        str | None,
        Option(metavar="REV", help="In place of A: compare with a revision of git (B: notebooks/)."),
    ] = None,
    reports: Annotated[
        Path, Option(file_okay=False, help="Published reports, with earlier editions.")
    ] = OUTPUT,
    lang: Language = None,
) -> None:
    """Say what changed between two editions: figures, states, sentences; and why, where that is known.

    Of folders, those reports are compared that are in the language. Exit status: 0, whether or not anything
    changed; 2 bad input.
    """
    from reportkit.compare import pairs, revision
    from reportkit.compare.content import Unreadable
    from reportkit.compare.sentences import report

    language.use(lang or language.current())
    paths = paths or []
    if git is None and len(paths) != 2:
        give_up(tr("应给出两份报告、两个文件夹或两版", "expected two reports, two folders or two editions"))
    try:
        if git is None:
            report_pairs = pairs.of_paths(*(_place(path, reports) for path in paths))
        else:
            report_pairs = revision.of_revision(git, paths or [_NOTEBOOKS])
    except Unreadable as error:
        give_up(tr(f"不是已运行的笔记本：{error}", f"no executed notebook: {error}"))
    except revision.Unknown as error:
        give_up(f"git: {error}")
    languages = {edition.lang for pair in report_pairs for edition in pair if edition}
    if len(report_pairs) == 1 and len(languages) > 1:
        give_up(tr("两份报告的语言不同", "the two reports are in different languages"))
    if current() in languages:
        report_pairs = [
            pair for pair in report_pairs if {edition.lang for edition in pair if edition} <= {current(), ""}
        ]
    changed = [lines for before, after in report_pairs if (lines := report(before, after))]
    print(*("\n".join(lines) for lines in changed), sep="\n\n", end="\n" * bool(changed))
    count, total = len(changed), len(report_pairs)
    print(tr(f"{total} 份报告，{count} 份有改动", f"{total} report(s), {count} changed"))


def _place(path: Path, reports: Path) -> Path:
    """A path, or the folder of an edition by its name."""
    return path if path.exists() else reports / path
