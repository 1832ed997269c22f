#!/usr/bin/env bash
# Surprise: a hyphen and a question mark one behind the other ("grades 1-?", "2020-?") are in no PDF that pandoc makes by Typst:
# in Typst "-?" is a soft hyphen, so that both signs are gone where no line ends. pandoc escapes what else Typst would take for
# its own (*, _, #, @, ~, two hyphens) but not this, also not without its smart typography, and nothing says that text was lost.
# Of the same kind, less harmful: "-5" is printed with U+2212, which no spreadsheet takes for a number, and "..." as one character.
# Versions: pypandoc-binary 1.17 (pandoc 3.9), typst 0.15.2, pypdfium2 5.15.2 (which reads the page), Python 3.11.
# Run by hand; needs the Python package index. Exit status 0 while the behaviour is as stated, 1 when it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    pypandoc-binary==1.17 typst==0.15.2 pypdfium2==5.15.2
cat > "$folder/read.py" << 'PY'
import pathlib
import sys

import pypandoc
import pypdfium2
import typst

folder, typed = pathlib.Path(sys.argv[1]), "grades 1-? of a - b -- c, -5, ..."
print("pandoc", pypandoc.get_pandoc_version(), "· typed: ", typed)
read = {}
for form in ("typst", "typst-smart"):
    written = pypandoc.convert_text(typed, form, format="commonmark")
    (folder / "page.typ").write_text(written, encoding="utf-8")
    page = pypdfium2.PdfDocument(typst.compile(folder / "page.typ"))[0].get_textpage()
    read[form] = page.get_text_range().strip()
    print(f"{form:12} written:", written.strip(), "· printed:", ascii(read[form]))
holds = all("?" not in text and "1-" not in text and "\u22125" in text and "\u2026" in text for text in read.values())
sys.exit(0 if holds else "changed: the signs are printed as they were typed")
PY
"$folder/venv/bin/python" "$folder/read.py" "$folder"
