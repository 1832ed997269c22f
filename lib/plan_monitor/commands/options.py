"""Options that several commands have."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Data = Annotated[Path | None, typer.Option(help="Folder of the data package, in place of the project's own.")]
Language = Annotated[
    Literal["zh", "en"] | None, typer.Option("--lang", help="Language; by default the locale's.")
]
