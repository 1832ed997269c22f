"""Committed reports in all formats, for the tests of each."""

import pytest
from bs4 import BeautifulSoup
from lxml.html import tostring

from rendered import NAMED, REPORTS, files_of, page_of


@pytest.fixture(scope="module", params=REPORTS, ids="-".join)
def made(request, shared):
    """A report in all formats, in a folder; and its page, the body as another library reads it."""
    name, lang = request.param
    page = page_of(NAMED[name], lang)
    body = BeautifulSoup(tostring(page.body, encoding="unicode"), "html.parser")
    return files_of(NAMED[name], lang, shared), page._replace(body=body)
