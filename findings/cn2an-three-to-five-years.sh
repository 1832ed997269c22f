#!/usr/bin/env bash
# Surprise: cn2an takes an approximate number for an exact one of two digits. Two numerals side by side are a range in Chinese
# (三五年, three to five years; 三四个, three or four; 一两个, one or two): transform makes 35年, 34个 and 12个 of them, and
# cn2an("三五", "normal") is 35, as if a year or a telephone number had been read out. Nothing is said. Where a unit of ten or more
# stands at their end (三四万, 七八十) it leaves them as they are: of the approximate numbers of one text some stay, and others come
# back ten times as large.
# Versions: cn2an 0.5.24, proces 0.1.7, Python 3.11.
# Run by hand; needs the Python package index. Exit status 0 while the behaviour is as stated, 1 when it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check cn2an==0.5.24 proces==0.1.7
cat > "$folder/ranges.py" << 'PY'
import sys
import warnings

import cn2an

warnings.simplefilter("ignore")  # it warns of 七八十, which it leaves as it is
expected = {
    "用三五年时间": "用35年时间",
    "新建三四个社区": "新建34个社区",
    "建成一两个园区": "建成12个园区",
    "投资三四万元": "投资三四万元",
    "培训七八十人": "培训七八十人",
}
read = {text: cn2an.transform(text, "cn2an") for text in expected}
for text, numbers in read.items():
    print(text, "->", numbers)
holds = read == expected and cn2an.cn2an("三五", "normal") == 35
sys.exit(0 if holds else "changed: approximate numbers are read otherwise")
PY
"$folder/venv/bin/python" "$folder/ranges.py"
