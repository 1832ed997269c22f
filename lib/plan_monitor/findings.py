"""What is wrong with a data folder, said once, in the reader's language."""

import locale
import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One fault of a data folder: where it stands, what is there, and what was expected.

    ``row`` counts as a spreadsheet does (the header is row 1); row, column and value are None
    where the fault is of the whole file. ``expected`` holds the sentence in "zh" and "en".
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: dict[str, str]

    def text(self, lang: str) -> str:
        """The finding as one line.

        >>> expected = {"zh": "应为数字", "en": "expected a number"}
        >>> Finding("targets.csv", 3, "value", "many", expected).text("en")
        'targets.csv, row 3, column value: "many" – expected a number'
        """
        zh = lang == "zh"
        place = self.file
        if self.row is not None:
            place += f"，第 {self.row} 行" if zh else f", row {self.row}"
        if self.column is not None:
            place += f"，{self.column} 列" if zh else f", column {self.column}"
        shown = "" if self.value is None else (f"“{self.value}” " if zh else f'"{self.value}" ')
        return f"{place}{'：' if zh else ': '}{shown}{'——' if zh else '– '}{self.expected[lang]}"


def reader_language() -> str:
    """ "zh" where the user's locale is Chinese, else "en"."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    chosen = next((name for name in names if name), locale.getlocale()[0] or "")
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"


class DataError(ValueError):
    """A data folder that cannot be used; ``findings`` lists every fault."""

    def __init__(self, findings: list[Finding]):
        self.findings = findings
        super().__init__("\n".join(finding.text(reader_language()) for finding in findings))
