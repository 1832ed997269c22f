"""Take the README's pictures of report pages anew: ``make pictures``, after ``make reports``.

Needs Chromium for web pages, LibreOffice Writer for Word and poppler for PDF, as CI installs them.
"""

import base64
import importlib.util
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "output"
REPORT = "education-plan-532300"
HEIGHT, GAP = 1100, 24  # pixels
CHARTS = {  # pictures of charts alone: report, and what a cell calls to draw each, with its place in the cell
    "balance": ("education-balance-990001", {"heat_map": 0}),
    "fund": ("medical-insurance-fund-residents-100000", {"fan_chart": 0, "chances_chart": 0}),
    "relapse": (
        "rural-revitalization-relapse-watch-990001",
        {"townships_heat_map": 1, "effects_chart": 0},
    ),
}
FONTS = Path(importlib.util.find_spec("mplfonts").submodule_search_locations[0]) / "fonts"


def paper(pdf: Path, scratch: Path) -> Image.Image:
    """The first page of a PDF."""
    target = scratch / pdf.stem
    command = [
        "pdftoppm",
        "-png",
        "-singlefile",
        "-scale-to-y",
        str(HEIGHT),
        "-scale-to-x",
        "-1",
        pdf,
        target,
    ]
    subprocess.run(command, check=True)
    return Image.open(target.with_suffix(".png")).convert("RGB")


def word(document: Path, scratch: Path) -> Path:
    """A Word document as LibreOffice prints it, with fonts that have Chinese."""
    folder = scratch / "word"
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{scratch / 'user'}",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", folder, document], check=True, capture_output=True)
    return folder / f"{document.stem}.pdf"


def beside(pictures: list[Image.Image]) -> Image.Image:
    """Pictures side by side on grey."""
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
    sheet = Image.new("RGB", (width, HEIGHT + 2 * GAP), "#d5d9de")
    left = GAP
    for picture in pictures:
        sheet.paste(picture, (left, GAP))
        left += picture.width + GAP
    return sheet


def charts(report: Path, calls: dict[str, int]) -> Image.Image:
    """Charts of an executed report, one below the other."""
    cells = nbformat.read(report, as_version=4).cells
    drawn = []
    for call, place in calls.items():
        outputs = next(cell.outputs for cell in cells if call in cell.source)
        encoded = [out["data"]["image/png"] for out in outputs if "image/png" in out.get("data", {})]
        drawn.append(Image.open(io.BytesIO(base64.b64decode(encoded[place]))).convert("RGB"))
    width = min(picture.width for picture in drawn)
    drawn = [picture.resize((width, picture.height * width // picture.width)) for picture in drawn]
    sheet = Image.new("RGB", (width, sum(picture.height + GAP for picture in drawn) - GAP), "white")
    top = 0
    for picture in drawn:
        sheet.paste(picture, (0, top))
        top += picture.height + GAP
    return sheet


def main() -> None:
    """Take the pictures; end with a message where something is missing."""
    if not (OUTPUT / "index.html").is_file():
        sys.exit("no reports yet: make reports")
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        folders = f"<dir>{FONTS}</dir><dir>/usr/share/fonts</dir><cachedir>{scratch}</cachedir>"
        (scratch / "fonts.conf").write_text(f"<fontconfig>{folders}</fontconfig>")
        os.environ["FONTCONFIG_FILE"] = str(scratch / "fonts.conf")  # for whatever is started from here on
        take(scratch)


def take(scratch: Path) -> None:
    """Take them, in both languages."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for lang in ("zh", "en"):
            page = browser.new_page(viewport={"width": 900, "height": HEIGHT})
            page.goto((OUTPUT / f"{REPORT}-{lang}.html").as_uri())
            page.screenshot(path=scratch / "page.png")
            page.goto((OUTPUT / "index.html").as_uri())
            page.locator(f".languages [for=show-{lang}]").click()
            page.screenshot(path=HERE / f"front-{lang}.png")
            pdf, docx = (OUTPUT / f"{REPORT}-{lang}.{ending}" for ending in ("pdf", "docx"))
            pages = [Image.open(scratch / "page.png").convert("RGB"), paper(pdf, scratch)]
            sheet = beside([*pages, paper(word(docx, scratch), scratch)])
            sheet.quantize(128).save(HERE / f"formats-{lang}.png", optimize=True)
            for name, (report, calls) in CHARTS.items():
                sheet = charts(OUTPUT / f"{report}-{lang}.ipynb", calls)
                sheet.quantize(64).save(HERE / f"{name}-{lang}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
