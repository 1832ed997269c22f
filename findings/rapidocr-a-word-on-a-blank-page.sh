#!/usr/bin/env bash
# Surprise: on a blank page RapidOCR finds one word, with full certainty: empty, and without a place.
# The result has length 0, its txts, boxes and scores are None, but word_results is (('', 1.0, None),): a score of 1.0, and a
# level less than on a page with text, where it holds a tuple of words for each line. Who goes through lines and words, as the
# attribute invites to, takes the word for a line and meets '' where (text, score, box) stands elsewhere.
# Versions: rapidocr 3.10.0, onnxruntime 1.32.0, Python 3.11.
# Run by hand; needs the Python package index. Exit status 0 while the behaviour is as stated, 1 when it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check rapidocr==3.10.0 onnxruntime==1.32.0
cat > "$folder/blank.py" << 'PY'
import sys

import cv2
import numpy as np
from rapidocr import RapidOCR

read = RapidOCR(params={"Global.log_level": "error"})
blank = np.full((300, 400, 3), 255, np.uint8)
page = cv2.putText(blank.copy(), "2025", (60, 160), cv2.FONT_HERSHEY_SIMPLEX, 3, (0, 0, 0), 6)
empty, full = (read(picture, return_word_box=True) for picture in (blank, page))
print("blank:", len(empty), empty.txts, empty.boxes, empty.word_results)
print("2025: ", len(full), full.txts, full.word_results)
holds = (
    len(empty) == 0
    and empty.txts is None
    and empty.word_results == (("", 1.0, None),)
    and all(isinstance(line[0], tuple) for line in full.word_results)
)
sys.exit(0 if holds else "changed: a blank page has no word, or lines and words have one shape")
PY
"$folder/venv/bin/python" "$folder/blank.py"
