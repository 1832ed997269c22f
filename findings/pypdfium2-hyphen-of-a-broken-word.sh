#!/usr/bin/env bash
# Surprise: where a line of a PDF ends in a hyphen within a word, pypdfium2 gives the hyphen as a character that is none:
# get_text_range as U+FFFE, which Unicode reserves as no character at all, get_text_bounded as the control U+0002.
# Each method has its own, neither gives the hyphen, and neither joins the word, so that a search for the word, a comparison of
# two readings of one page, and everything that refuses control characters (XML, spreadsheets) meet something that nobody wrote.
# A hyphen within a line stays one.
# Versions: pypdfium2 5.15.2 (PDFium 159.0.8149.0 in its wheel), typst 0.15.2 (which makes the page), Python 3.11.
# Run by hand; needs the Python package index. Exit status 0 while the behaviour is as stated, 1 when it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pypdfium2==5.15.2 typst==0.15.2
cat > "$folder/page.typ" << 'TYP'
#set page(width: 6cm, height: auto)
#set text(lang: "en", hyphenate: true)
#set par(justify: true)
The well-known responsibility for internationalization of compulsory education rests with departments administering statistics.
TYP
cat > "$folder/read.py" << 'PY'
import pathlib
import sys

import pypdfium2
import typst

folder = pathlib.Path(sys.argv[1])
page = pypdfium2.PdfDocument(typst.compile(folder / "page.typ"))[0].get_textpage()
ranged, bounded = page.get_text_range(), page.get_text_bounded()
print("pypdfium2", pypdfium2.PYPDFIUM_INFO, "·", pypdfium2.PDFIUM_INFO)
print("get_text_range:  ", ascii(ranged))
print("get_text_bounded:", ascii(bounded))
holds = (
    "\ufffe" in ranged
    and "\x02" not in ranged
    and "\x02" in bounded
    and "\ufffe" not in bounded
    and ranged.replace("\ufffe", "\x02") == bounded
    and "well-known" in ranged
)
sys.exit(0 if holds else "changed: the hyphen of a broken word is given in another way")
PY
"$folder/venv/bin/python" "$folder/read.py" "$folder"
