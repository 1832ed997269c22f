#!/usr/bin/env bash
# A cell that shows 2023年6月 in a Chinese Excel or WPS is handed over as the number 45078.
#
# openpyxl 3.1.5. ECMA-376 part 1, § 18.8.30 reserves the number formats 27–36 and 50–58 for East Asian dates: a
# workbook stores only the number of the format, such as 57, and no text of it. openpyxl knows no text for these numbers,
# calls them "General", and so takes the cell for a number and not for a date. Nothing is raised and nothing is warned of:
# a column of months becomes a column of five-digit numbers.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5
cat > "$work/show.py" <<'PY'
import io, zipfile
from openpyxl import load_workbook

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
parts = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{REL}"><sheets>'
    '<sheet name="months" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{REL}/styles" Target="styles.xml"/></Relationships>',
    # the first style is the default; the second is format 57, the third 14, a date that everybody knows
    "xl/styles.xml": f'<styleSheet {MAIN}><fonts count="1"><font/></fonts><fills count="2">'
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf numFmtId="57" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    "xl/worksheets/sheet1.xml": f'<worksheet {MAIN}><sheetData><row r="1">'
    '<c r="A1" s="1"><v>45078</v></c><c r="B1" s="2"><v>45078</v></c></row></sheetData></worksheet>',
}
file = io.BytesIO()
with zipfile.ZipFile(file, "w") as archive:
    for name, text in parts.items():
        archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
chinese, plain = load_workbook(file).active[1]
print("format 57:", chinese.number_format, chinese.is_date, repr(chinese.value))
print("format 14:", plain.is_date, plain.value.date())
assert (chinese.number_format, chinese.is_date, chinese.value) == ("General", False, 45078)
assert plain.is_date and str(plain.value.date()) == "2023-06-01"
PY
"$work/venv/bin/python" "$work/show.py"
