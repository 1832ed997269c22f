"""Publishing to S3, with a server that speaks its language.

Its client wants an older python-dateutil than the lock has, so that client and server are installed apart:
``make test-objects``.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
from xml.etree import ElementTree

import pytest
import requests

from small_project import notebook, project

NEEDED = "import flask_cors, moto.server, s3fs"
HERE = subprocess.run([sys.executable, "-c", NEEDED], capture_output=True).returncode == 0
pytestmark = pytest.mark.skipif(
    not HERE, reason="needs s3fs, moto[s3], flask and flask-cors: make test-objects"
)
SIGNED = "AWS4-HMAC-SHA256 Credential=key/20260131/us-east-1/s3/aws4_request"
ENTRY = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', matrix: {lang: [zh, en]}}\n"
DATED = "  - {notebook: schools/plan.ipynb, name: plan, parameters: {as_of: '%s'}}\n"
EDITION = "0.9.0-2026-01-31_2024-12"
PAGES = ["index.html", "manifest.json", "plan-en.html", "plan-en.ipynb", "plan-zh.html", "plan-zh.ipynb"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Address of a server of this test's own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    record = {"MOTO_RECORDER_FILEPATH": str(tmp_path_factory.mktemp("server") / "requests")}
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-p", str(port)],
        env=os.environ | record,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            try:
                requests.get(f"http://127.0.0.1:{port}", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def bucket(server, monkeypatch):
    """Address of an empty bucket, which every command of the test finds."""
    ask("post", f"{server}/moto-api/reset")
    ask("put", f"{server}/county")
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return f"{server}/county"


def ask(method, address, **more):
    """An answer to whoever may do everything: the server looks only whether a request is signed."""
    return requests.request(method, address, headers={"Authorization": SIGNED}, timeout=60, **more)


def keys(bucket):
    """Names of all objects below reports/."""
    listed = ElementTree.fromstring(ask("get", f"{bucket}?list-type=2").content)
    found = [one.text for one in listed.iterfind(".//{*}Key")]
    return sorted(name.removeprefix("reports/") for name in found)


def started(recipes, folder, *arguments):
    said = ["render", "--recipes", recipes, "--data", folder, "--format", "html", "--jobs", "1"]
    said += ["--out", "s3://county/reports", *arguments]
    command = [sys.executable, "-m", "plan_monitor.cli", *map(str, said)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")


def render(recipes, folder, *arguments):
    """Exit status of a command, and what it said."""
    process = started(recipes, folder, *arguments)
    said, _ = process.communicate(timeout=300)
    return process.returncode, said


def made(said):
    return sorted(re.findall(r"\] (\S+): ok$", said, flags=re.MULTILINE))


def test_reports_are_there_once_and_a_second_run_fetches_none_of_them(bucket, tmp_path, folder):
    recipes = project(tmp_path, ENTRY)
    status, said = render(recipes, folder)
    assert (status, made(said)) == (0, ["plan-en", "plan-zh"])
    assert said.splitlines()[-1] == "s3://county/reports/index.html"
    assert keys(bucket) == PAGES
    page = ask("get", f"{bucket}/reports/plan-en.html")
    assert page.headers["Content-Type"].startswith("text/html")
    assert "<title>" in page.text
    recorder = f"{bucket.removesuffix('/county')}/moto-api/recorder"
    ask("post", f"{recorder}/start-recording")
    assert "2 report(s), none changed" in render(recipes, folder)[1]
    ask("post", f"{recorder}/stop-recording")
    lines = ask("get", f"{recorder}/download-recording").text.splitlines()
    assert {json.loads(line)["url"].partition("?")[0] for line in lines} == {
        bucket,
        f"{bucket}/reports/manifest.json",
    }
    ask("put", f"{bucket}/reports/plan-zh.html", data=b"touched")
    assert made(render(recipes, folder)[1]) == ["plan-zh"]
    ask("delete", f"{bucket}/reports/plan-en.ipynb")
    assert made(render(recipes, folder)[1]) == ["plan-en"]


def test_a_run_that_was_killed_says_so_to_the_next_and_is_resumed(bucket, tmp_path, folder):
    recipes = project(tmp_path, ENTRY)
    slow = "import time\nif lang == 'en': time.sleep(3600)"
    notebook(tmp_path / "notebooks/schools/plan.ipynb", slow)
    process = started(recipes, folder)
    assert process.stdout.readline().strip() == "[1/2] plan-zh: ok"
    status, said = render(recipes, folder)
    assert status == 2
    whose = rf"process {process.pid} of \S+, since \S+; if it does not run any more, delete (\S+)"
    assert re.search(whose, said)[1] == "s3://county/reports/.lock"
    process.kill()
    process.communicate()
    assert not {"index.html", "manifest.json"} & {*keys(bucket)}
    assert render(recipes, folder)[0] == 2
    ask("delete", f"{bucket}/reports/.lock")
    status, said = render(recipes, folder, "--timeout", "2")
    assert status == 1
    assert "plan-zh: unchanged" in said
    assert keys(bucket) == [
        "index.html",
        "manifest.json",
        "plan-en.failed.ipynb",
        "plan-zh.html",
        "plan-zh.ipynb",
    ]


def test_a_later_period_is_a_new_edition_and_the_one_before_is_kept(bucket, tmp_path, folder):
    for as_of in ("2024-12", "2025-12"):
        before = ask("get", f"{bucket}/reports/plan.html").content
        assert render(project(tmp_path, DATED % as_of), folder)[0] == 0
    pages = ["index.html", "manifest.json", "plan.html", "plan.ipynb"]
    assert keys(bucket) == sorted([*pages, *(f"{EDITION}/{name}" for name in pages)])
    assert ask("get", f"{bucket}/reports/{EDITION}/plan.html").content == before
    assert f"{EDITION}/plan.html" in ask("get", f"{bucket}/reports/index.html").text


def test_a_bucket_that_is_not_there_is_told_before_anything_is_made(bucket, tmp_path, folder, monkeypatch):
    recipes = project(tmp_path, ENTRY)
    status, said = render(recipes, folder, "--out", "s3://elsewhere/reports")
    assert (status, made(said)) == (2, [])
    assert said.startswith("cannot write s3://elsewhere/reports: no such bucket or file: ")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    said = render(recipes, folder, "--out", "s3://elsewhere/reports")[1]
    assert said.startswith("无法写入 s3://elsewhere/reports：没有这个存储桶或文件：")
    assert keys(bucket) == []


def test_who_may_not_write_is_told_before_anything_is_made(bucket, tmp_path, folder):
    server = bucket.removesuffix("/county")
    ask("post", f"{server}/moto-api/reset-auth", data="0")  # from now on keys are looked at
    try:
        status, said = render(project(tmp_path, ENTRY), folder)
    finally:
        ask("post", f"{server}/moto-api/reset-auth", data="inf")
    assert (status, made(said)) == (2, [])
    assert said.startswith("cannot write s3://county/reports: no permission: ")


def test_a_server_that_does_not_answer_is_told(bucket, tmp_path, folder, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    status, said = render(project(tmp_path, ENTRY), folder)
    assert status == 2
    assert said.startswith("cannot write s3://county/reports: the object store did not accept it: ")
