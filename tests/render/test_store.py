"""Places for reports: a folder and a store of objects keep the same promises."""

import hashlib
import json
import os
import sys
from datetime import datetime

import fsspec
import pytest
from typer.testing import CliRunner

from plan_monitor.cli import app
from reportkit.language import using
from reportkit.render import run
from reportkit.render.run import Options
from reportkit.render.store import Busy, opened
from small_project import jobs, project

MEMORY = "memory://county/reports"
ENTRY = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', matrix: {lang: [zh, en]}}\n"
DATED = "  - {notebook: schools/plan.ipynb, name: plan, parameters: {as_of: '%s'}}\n"
EDITION = "0.9.0-2026-01-31_2024-12"
PAGES = ("plan-en.html", "plan-en.ipynb", "plan-zh.html", "plan-zh.ipynb", "index.html")


@pytest.fixture(autouse=True)
def memory():
    """The store of objects of this process, empty."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


@pytest.fixture(autouse=True)
def chinese_reader(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


@pytest.fixture(params=["folder", "file", "memory"])
def place(request, tmp_path):
    path = tmp_path / "out"
    return {"folder": str(path), "file": path.as_uri(), "memory": MEMORY}[request.param]


def command(recipes, folder, *arguments):
    said = ["render", "--recipes", recipes, "--data", folder, "--format", "html", *arguments]
    done = CliRunner().invoke(app, [str(argument) for argument in said])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def made(done):
    return sorted(line.split()[1][:-1] for line in done.stdout.splitlines() if line.endswith(": ok"))


def test_what_is_written_is_there_until_it_is_removed(place):
    store = opened(place)
    with store.locked():
        one = store.write("a.html", "数")
        assert store.read("a.html") == "数".encode()
        assert store.checksum("a.html") == opened(place).checksum("a.html") == one
        assert store.write("a.html", b"2") != one
        assert store.checksum("a.html") != one
        store.remove(["a.html", "never.html"])
        assert not store.exists("a.html")
    assert opened(place).checksum("a.html") == ""
    with pytest.raises(FileNotFoundError):
        store.read("a.html")


@pytest.mark.parametrize("known_by", ["manifest", "journal"])
def test_an_edition_is_one_once_it_has_a_manifest_or_a_journal(place, known_by):
    store = opened(place)
    with store.locked():
        store.write("plan.html", "before")
        store.keep(["plan.html", "never.pdf"], "1.0")
        assert store.editions() == []
        kept = store.edition("1.0")
        if known_by == "manifest":
            kept.write("manifest.json", "{}")
        else:
            kept.note("plan", "{}")
        store.note("manifest", "{}")  # a report of that name makes no edition of the journal
        store.write("plan.html", "after")
    assert opened(place).editions() == ["1.0"]
    assert kept.read("plan.html") == b"before"
    assert not kept.exists("never.pdf")


def test_a_journal_has_the_last_word_about_each_report_until_it_is_forgotten(place):
    store = opened(place)
    with store.locked():
        for name, word in (("a", 1), ("b", 2), ("a", 3)):
            store.note(name, json.dumps({"name": name, "word": word}))
    told = {line["name"]: line["word"] for line in map(json.loads, opened(place).noted())}
    assert told == {"a": 3, "b": 2}
    store.forget()
    assert [*opened(place).noted()] == []
    store.forget()


def test_two_at_once_are_told_apart_and_a_failure_opens_the_lock_again(place):
    with pytest.raises(ZeroDivisionError), opened(place).locked():
        with pytest.raises(Busy, match=r"render.*(out|reports)"), opened(place).locked():
            pytest.fail("two at once")
        raise ZeroDivisionError
    with opened(place).locked():
        pass


def test_a_lock_that_a_killed_run_left_says_whose_it_is_and_is_there_until_somebody_deletes_it(memory):
    left = {"host": "desk-7", "process": 4711, "since": "2026-01-31T08:00:00+00:00", "run": "x"}
    memory.pipe_file("/county/reports/.lock", json.dumps(left).encode())
    told = r"desk-7.*4711.*2026-01-31T08:00:00.*memory://county/reports/\.lock"
    with pytest.raises(Busy, match=told), opened(MEMORY).locked():
        pytest.fail("two at once")
    memory.rm_file("/county/reports/.lock")
    with opened(MEMORY).locked():
        pass


@pytest.mark.parametrize("left", [" ", "{", "[]", "kept by hand"])
def test_a_lock_that_is_none_of_ours_is_named(memory, left):
    memory.pipe_file("/county/reports/.lock", left.encode())
    with pytest.raises(Busy, match=r"memory://county/reports/\.lock"), opened(MEMORY).locked():
        pass


@pytest.mark.slow
def test_what_is_published_to_objects_is_what_is_published_to_a_folder(tmp_path, folder, memory):
    recipes = project(tmp_path, ENTRY)
    assert made(command(recipes, folder, "--out", tmp_path / "out")) == ["plan-en", "plan-zh"]
    done = command(recipes, folder, "--out", MEMORY)
    assert made(done) == ["plan-en", "plan-zh"]
    assert done.stdout.splitlines()[-1] == f"{MEMORY}/index.html"
    paths = memory.find("/county/reports")
    assert {path.rpartition("/")[2] for path in paths} == {*PAGES, "manifest.json"}
    for name in PAGES:
        assert memory.cat_file(f"/county/reports/{name}") == (tmp_path / "out" / name).read_bytes()


@pytest.mark.slow
def test_a_second_run_makes_only_what_is_not_there_any_more(tmp_path, folder, memory):
    recipes = project(tmp_path, ENTRY)
    command(recipes, folder, "--out", MEMORY)
    assert "2 份报告，均无变化" in command(recipes, folder, "--out", MEMORY).stdout
    memory.pipe_file("/county/reports/plan-zh.html", b"touched")
    assert made(command(recipes, folder, "--out", MEMORY)) == ["plan-zh"]
    memory.rm_file("/county/reports/plan-en.ipynb")
    assert made(command(recipes, folder, "--out", MEMORY)) == ["plan-en"]


@pytest.mark.slow
def test_a_run_that_was_killed_is_resumed(tmp_path, folder, memory):
    checked = jobs(project(tmp_path, ENTRY), folder)
    running = run.run(checked, opened(MEMORY), Options(1))
    first = next(running).job.name
    left = dict(memory.store)  # what a run leaves that comes to no end
    running.close()
    memory.store.clear()
    memory.store.update({path: content for path, content in left.items() if not path.endswith(".lock")})
    assert "/county/reports/manifest.json" not in memory.store
    fresh = {result.job.name: result.fresh for result in run.run(checked, opened(MEMORY), Options(1))}
    assert fresh == {job.name: job.name != first for job in checked}
    assert not [path for path in memory.find("/county/reports") if ".manifest/" in path]


@pytest.mark.slow
def test_a_store_that_fails_ends_the_run_with_one_sentence_and_the_next_goes_on(
    tmp_path, folder, memory, monkeypatch
):
    recipes, put = project(tmp_path, ENTRY), type(memory).pipe_file

    def failing(self, path, value, **how):
        if path.endswith("plan-en.html"):
            raise RuntimeError("503 slow down\nand more")
        put(self, path, value, **how)

    with monkeypatch.context() as failure:
        failure.setattr(type(memory), "pipe_file", failing)
        done = command(recipes, folder, "--out", MEMORY, "--jobs", "1")
    assert done.exit_code == 2
    assert done.stdout.splitlines()[-1] == f"无法写入 {MEMORY}：对象存储没有接受：503 slow down"
    assert made(command(recipes, folder, "--out", MEMORY)) == ["plan-en"]


@pytest.mark.slow
def test_a_later_period_is_a_new_edition_and_the_one_before_is_kept(tmp_path, folder, memory):
    for as_of in ("2024-12", "2025-12"):
        before = {path: memory.cat_file(path) for path in memory.find("/county/reports")}
        command(project(tmp_path, DATED % as_of), folder, "--out", MEMORY)
    for name in ("plan.html", "plan.ipynb"):
        kept = memory.cat_file(f"/county/reports/{EDITION}/{name}")
        assert kept == before[f"/county/reports/{name}"] != memory.cat_file(f"/county/reports/{name}")
    assert f"{EDITION}/plan.html" in memory.cat_file("/county/reports/index.html").decode()
    assert "../index.html" in memory.cat_file(f"/county/reports/{EDITION}/index.html").decode()


@pytest.mark.parametrize(
    ("out", "zh", "en"),
    [
        ("sftp://host/reports", "应为文件夹", "expected a folder"),
        ("nowhere://x", "应为文件夹", "expected a folder"),
        ("s3://", "应为 s3://存储桶/文件夹", "expected s3://bucket/folder"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_in_both_languages(tmp_path, folder, monkeypatch, out, zh, en):
    recipes = project(tmp_path, ENTRY)
    for locale, text in (
        ("zh_CN.UTF-8", f"无法写入 {out}：{zh}"),
        ("en_US.UTF-8", f"cannot write {out}: {en}"),
    ):
        monkeypatch.setenv("LC_ALL", locale)
        done = command(recipes, folder, "--out", out)
        assert done.exit_code == 2
        assert done.stdout.startswith(text)


def test_what_is_to_be_installed_for_s3_is_told(tmp_path, folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "s3fs", None)
    done = command(project(tmp_path, ENTRY), folder, "--out", "s3://bucket/reports")
    assert done.exit_code == 2
    assert done.stdout.startswith("无法写入 s3://bucket/reports：需要另行安装：")
    assert "s3fs" in done.stdout


def test_a_store_of_objects_is_listed_anew_and_each_object_put_by_one_request(memory, monkeypatch):
    asked, put = [], type(memory).pipe_file

    def found(url, **how):
        asked.append(how)
        return memory, "/county/reports"

    def noted(self, path, value, **how):
        asked.append(how)
        put(self, path, value)

    monkeypatch.setattr(fsspec, "url_to_fs", found)
    monkeypatch.setattr(type(memory), "pipe_file", noted)
    store = opened("s3://county/reports/")
    assert store.shown("a.html") == "s3://county/reports/a.html"
    store.write("a.html", "page")
    store.write("manifest", "x")
    assert asked == [
        {"use_listings_cache": False, "skip_instance_cache": True},
        {"mode": "overwrite", "ContentType": "text/html", "chunksize": 4 * 1024**3},
        {"mode": "overwrite", "ContentType": "application/octet-stream", "chunksize": 4 * 1024**3},
    ]


class Tagged:
    """A store of objects with tags, as S3 is: what it holds, and what is asked of it."""

    def __init__(self, **held):
        self.held, self.read = held, []

    def ls(self, path, detail):
        return [
            {"name": f"{path}/{name}", "type": "file", "ETag": f'"{tag}"'} for name, tag in self.held.items()
        ]

    def cat_file(self, path):
        self.read.append(path)
        return b"content"

    def pipe_file(self, path, data, **how):
        return {"ETag": f'"new-{len(data)}"'}


def test_a_tag_says_what_is_stored_without_reading_it(monkeypatch):
    system = Tagged(a="1", b="")
    monkeypatch.setattr(fsspec, "url_to_fs", lambda url, **how: (system, "bucket"))
    store = opened("s3://bucket")
    assert (store.checksum("a"), store.checksum("none"), system.read) == ("1", "", [])
    assert store.checksum("b") == hashlib.sha256(b"content").hexdigest() and system.read == ["bucket/b"]
    assert store.write("a", "four") == store.checksum("a") == "new-4" and store.exists("a")


@pytest.mark.parametrize(
    ("error", "kind", "zh", "en"),
    [
        (FileNotFoundError("b"), FileNotFoundError, "没有这个存储桶或文件：b", "no such bucket or file: b"),
        (PermissionError("b"), PermissionError, "没有权限：b", "no permission: b"),
        (ImportError("b"), OSError, "需要另行安装：b", "not installed: b"),
        (
            RuntimeError("503\nmore"),
            OSError,
            "对象存储没有接受：503",
            "the object store did not accept it: 503",
        ),
        (
            RuntimeError(),
            OSError,
            "对象存储没有接受：RuntimeError",
            "the object store did not accept it: RuntimeError",
        ),
    ],
)
def test_what_a_store_refuses_is_told_in_both_languages(memory, monkeypatch, error, kind, zh, en):
    def refused(*_, **__):
        raise error

    store = opened(MEMORY)
    monkeypatch.setattr(type(memory), "cat_file", refused)
    for lang, told in (("zh", zh), ("en", en)):
        with using(lang), pytest.raises(kind) as failure:
            store.read("a")
        assert str(failure.value) == told


@pytest.mark.parametrize(
    ("lock", "zh", "en"),
    [
        (
            {"host": "h", "process": 7, "since": "2026"},
            "h 的进程 7 自 2026 起；若它已不在运行，请删除 {}",
            "process 7 of h, since 2026; if it does not run any more, delete {}",
        ),
        ([], "若没有别的运行，请删除 {}", "if no other run is there, delete {}"),
    ],
)
def test_who_holds_a_store_is_told_with_what_to_delete(memory, lock, zh, en):
    opened(MEMORY).write(".lock", json.dumps(lock))
    begins = {"zh": "另一个 render 正在写入 {}：", "en": "another render is writing to {}: "}
    for lang, told in (("zh", zh), ("en", en)):
        with using(lang), pytest.raises(Busy) as busy, opened(MEMORY).locked():
            pass
        assert str(busy.value) == begins[lang].format(MEMORY) + told.format(f"{MEMORY}/.lock")


def test_a_lock_of_a_store_says_who_holds_it_and_goes_with_the_run(memory):
    store = opened(MEMORY)
    with store.locked():
        held = json.loads(store.read(".lock"))
        assert held.keys() == {"host", "process", "since", "run"} and held["process"] == os.getpid()
        assert datetime.fromisoformat(held["since"]).tzinfo and len(held["since"]) == len(
            "2026-01-31T08:00:00+00:00"
        )
    assert not opened(MEMORY).exists(".lock")
    with store.locked():
        memory.pipe_file("/county/reports/.lock", b"of another run")
    assert opened(MEMORY).exists(".lock")  # it is not ours to delete


def test_a_lock_that_cannot_be_written_is_no_other_run_unless_there_is_one_by_then(memory, monkeypatch):
    def refused(self, path, data, **how):
        raise PermissionError("read only")

    with monkeypatch.context() as failure:
        failure.setattr(type(memory), "pipe_file", refused)
        with pytest.raises(PermissionError, match="read only"), opened(MEMORY).locked():
            pass
    put = type(memory).pipe_file

    def taken(self, path, data, **how):
        put(self, path, b'{"host": "h", "process": 7, "since": "2026"}')
        raise RuntimeError("412 precondition failed")

    monkeypatch.setattr(type(memory), "pipe_file", taken)
    with pytest.raises(Busy, match="h 的进程 7"), opened(MEMORY).locked():
        pass
