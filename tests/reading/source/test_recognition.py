"""Scanned pages, where the optional packages that recognise characters are installed."""

import socket

import pypdfium2
import pytest
from made_documents import HEAD, typeset
from shown import tables, texts

from plan_monitor.reading.source import read

pytest.importorskip("rapidocr")
pytest.importorskip("onnxruntime")

pytestmark = pytest.mark.slow


def test_a_scan_is_recognised_without_a_connection(tmp_path, monkeypatch):
    def refuse(*args):
        raise AssertionError("recognition opened a connection")

    body = "全州新建幼儿园126所。\n\n#table(columns: 3, [县市], [人口], [面积], [白水县], [23.5], [1206], [石桥县], [18.2], [961])"
    page = "width: 120mm, height: 90mm"
    head = (
        HEAD.format(page=page, size=14, stroke="0.5pt")
        .replace('paper: "a4", ', "")
        .replace("y: 34mm", "y: 10mm")
    )
    made = pypdfium2.PdfDocument(typeset(tmp_path / "made.pdf", head + body))
    scan = tmp_path / "scan.pdf"
    made[0].render(scale=200 / 72).to_pil().convert("RGB").save(scan, resolution=200)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    source = read(scan, ocr=True)
    assert texts(source) == ["全州新建幼儿园126所。"]
    assert tables(source) == [
        [["县市", "人口", "面积"], ["白水县", "23.5", "1206"], ["石桥县", "18.2", "961"]]
    ]
    (remark,) = source.remarks
    assert "第 1 页由图片识别" in remark.zh
