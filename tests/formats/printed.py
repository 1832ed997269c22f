"""What is printed of a page: the words of a PDF with their places, and which of a page's must be among them."""

import re
import shutil
import subprocess

import pytest

POINT = 25.4 / 72
HANGING = 17 * POINT  # a mark of punctuation may hang out of the area by its width
poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")


def text_of(pdf):
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True).stdout


def pages(pdf):
    """The words of every page, each with its left, upper and right end in mm."""
    found = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True).stdout
    word = re.compile(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*)</word>')
    return [
        [(text, *(float(end) * POINT for end in ends)) for *ends, text in word.findall(page)]
        for page in found.split("<page ")[1:]
    ]


def ends(pdf):
    """Left and right end of every word, in mm."""
    return [(left, right) for page in pages(pdf) for _, left, _, right in page]


def feet(pdf):
    """The last line of every page above its number, without blanks."""
    pages = [["".join(line.split()) for line in page.splitlines()] for page in text_of(pdf).split("\f")]
    return [[line for line in page if line][-2:-1] for page in pages]


def chinese(text):
    return set(re.findall(r"[\u4e00-\u9fff]", text))


def headline(page):
    return re.findall(r"\d[\d.,]*", page.about["headline"])
