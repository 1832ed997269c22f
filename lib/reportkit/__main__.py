"""Reports of any notebooks: ``python -m reportkit recipes.yml --out reports --format pdf``."""

import argparse
import sys
from io import TextIOWrapper
from pathlib import Path

from reportkit import language
from reportkit.findings import reader_language
from reportkit.render import inputs
from reportkit.render.recipes import read
from reportkit.render.run import Options, run
from reportkit.render.sources import Sources
from reportkit.render.store import Busy, opened
from reportkit.render.tasks import FORMATS


def main(arguments: list[str]) -> int:
    """Make the reports of a recipes file: 0 if all are there, 1 if one failed, 2 on bad input."""
    parser = argparse.ArgumentParser("python -m reportkit", description=__doc__)
    parser.add_argument("recipes", type=Path)
    parser.add_argument("--out", default="reports", help="a folder, or s3://bucket/folder")
    parser.add_argument("--jobs", type=int, help="reports made at the same time")
    parser.add_argument("--format", choices=FORMATS, action="append", default=[], help="beside the page")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a pipe may speak GBK; stderr escapes what it cannot show
    options = parser.parse_args(arguments)
    language.use(reader_language())
    sources = Sources()
    jobs, findings = read(options.recipes, sources)
    jobs, input_findings = inputs.check(jobs, options.recipes.name, sources)
    if findings + input_findings:
        print(*(finding.text() for finding in findings + input_findings), sep="\n", file=sys.stderr)
        return 2
    failed = 0
    try:
        for result in run(jobs, opened(options.out), Options(options.jobs, formats=tuple(options.format))):
            print(f"{result.job.name}: {result.reason or 'ok'}", flush=True)
            failed += bool(result.reason)
    except (Busy, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
