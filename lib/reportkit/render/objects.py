"""Publishing to an object store through fsspec: S3 and compatible ones.

An object is written completely or not at all, but it cannot be appended to, renamed or locked. So the journal
is one object for each report, and the lock is an object that is created only if there is none.
"""

import hashlib
import json
import mimetypes
import os
import socket
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fsspec

from reportkit.language import tr
from reportkit.render.store import LOCK, MANIFEST, Busy, Folder, Store

_KINDS = ("file", "memory", "s3")  # an sftp server, say, shows a file while it is being written
_JOURNAL = ".manifest"
_SINGLE = 2**32  # bytes: more than any report has, so that each is put by one request


def connected(url: str) -> Store:
    """The store at an address; OSError if its kind is not supported, or a library for it is missing."""
    kind, _, path = url.partition("://")
    if kind not in _KINDS:
        expected = ", ".join(f"{kind}://" for kind in _KINDS)
        raise OSError(tr(f"应为文件夹，或 {expected} 地址", f"expected a folder or an address {expected}"))
    if kind == "s3" and not path.strip("/"):
        raise OSError(tr("应为 s3://存储桶/文件夹", "expected s3://bucket/folder"))
    with _as_os_errors():
        # each run lists the objects anew: others may add or remove some
        system, root = fsspec.url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
    return Folder(Path(root)) if kind == "file" else Objects(system, root, url.rstrip("/"))


class Objects(Store):
    """A folder of an object store. Its content is listed once, and again as soon as it is locked."""

    def __init__(self, system: fsspec.AbstractFileSystem, root: str, address: str):
        self._system, self._root, self.address = system, root, address
        self._listed: dict[str, str] | None = None  # files and their ETags, empty where the store has none
        self._listing = threading.Lock()  # many threads ask whether files are there

    def shown(self, name: str) -> str:
        return f"{self.address}/{name}"

    def exists(self, name: str) -> bool:
        return name in self._files()

    def read(self, name: str) -> bytes:
        with _as_os_errors():
            return self._system.cat_file(self._path(name))

    def write(self, name: str, content: str | bytes) -> str:
        data = content.encode() if isinstance(content, str) else content
        tag = self._files()[name] = self._put(name, data)
        return tag or _digest(data)

    def checksum(self, name: str) -> str:
        """On S3 the ETag, which changes with the content and needs no download; else SHA-256."""
        if not self.exists(name):
            return ""
        return self._files()[name] or _digest(self.read(name))

    def remove(self, names: Iterable[str]) -> None:
        for name in [name for name in names if self.exists(name)]:
            with _as_os_errors():
                self._system.rm_file(self._path(name))
            del self._files()[name]

    def editions(self) -> list[str]:
        folders = [_name(entry) for entry in self._entries() if entry["type"] == "directory"]
        return sorted(name for name in folders if name != _JOURNAL and self._is_edition(name))

    def edition(self, name: str) -> Store:
        return Objects(self._system, self._path(name), self.shown(name))

    def keep(self, names: Iterable[str], edition: str) -> None:
        for name in filter(self.exists, names):
            with _as_os_errors():
                self._system.cp_file(self._path(name), self._path(f"{edition}/{name}"))

    def note(self, name: str, line: str) -> None:
        self._put(f"{_JOURNAL}/{name}.json", line.encode())

    def noted(self) -> Iterator[bytes]:
        if names := self._journal():
            with _as_os_errors():
                yield from self._system.cat([self._path(name) for name in names]).values()

    def forget(self) -> None:
        if names := self._journal():
            with _as_os_errors():
                self._system.rm([self._path(name) for name in names])

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other run out. A killed run leaves its lock behind, which people have to delete."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        holder = {"host": socket.gethostname(), "process": os.getpid(), "since": now, "run": uuid.uuid4().hex}
        own_lock = json.dumps(holder).encode()
        lock = self._lock()
        if not lock:
            try:
                self._put(LOCK, own_lock, mode="create")
            except OSError:  # stores differ in the error for an object that exists
                if not self._lock():
                    raise
            lock = self._lock()  # if a store ignores the condition, the second of two writers has it
        if lock != own_lock:
            raise Busy(self.address, self._holder(lock))
        self._listed = None
        try:
            yield
        finally:
            if self._lock() == own_lock:
                with _as_os_errors():
                    self._system.rm_file(self._path(LOCK))

    def _is_edition(self, folder: str) -> bool:
        with _as_os_errors():
            paths = (self._path(f"{folder}/{name}") for name in (MANIFEST, _JOURNAL))
            return any(map(self._system.exists, paths))

    def _lock(self) -> bytes:
        try:
            return self.read(LOCK)
        except FileNotFoundError:
            return b""

    def _holder(self, content: bytes) -> str:
        path = self.shown(LOCK)
        try:
            host, process, since = map(json.loads(content).get, ("host", "process", "since"))
        except (ValueError, AttributeError):  # somebody else's
            return tr(f"若没有别的运行，请删除 {path}", f"if no other run is there, delete {path}")
        return tr(
            f"{host} 的进程 {process} 自 {since} 起；若它已不在运行，请删除 {path}",
            f"process {process} of {host}, since {since}; if it does not run any more, delete {path}",
        )

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _put(self, name: str, data: bytes, mode: str = "overwrite") -> str:
        """Write an object and return its ETag, empty if the store has none."""
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"  # else a page is not shown
        with _as_os_errors():
            pipe = self._system.pipe_file
            reply = pipe(self._path(name), data, mode=mode, ContentType=kind, chunksize=_SINGLE)
        return _tag(reply or {})

    def _files(self) -> dict[str, str]:
        with self._listing:
            if self._listed is None:
                entries = self._entries()
                self._listed = {_name(entry): _tag(entry) for entry in entries if entry["type"] == "file"}
            return self._listed

    def _journal(self) -> list[str]:
        return [f"{_JOURNAL}/{_name(entry)}" for entry in self._entries(_JOURNAL)]

    def _entries(self, folder: str = "") -> list[dict[str, Any]]:
        try:
            with _as_os_errors():
                return self._system.ls(self._path(folder).rstrip("/"), detail=True)
        except FileNotFoundError:  # there is no folder without objects
            return []


def _name(entry: dict[str, Any]) -> str:
    return entry["name"].rpartition("/")[2]


def _tag(entry: dict[str, Any]) -> str:
    return entry.get("ETag", "").strip('"')


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """Turn every error into an OSError with a message: each file system has errors of its own."""
    try:
        yield
    except FileNotFoundError as error:
        raise FileNotFoundError(
            tr("没有这个存储桶或文件：", "no such bucket or file: ") + str(error)
        ) from None
    except PermissionError as error:
        raise PermissionError(tr("没有权限：", "no permission: ") + str(error)) from None
    except ImportError as error:
        raise OSError(tr("需要另行安装：", "not installed: ") + str(error)) from None
    except Exception as error:
        message = [*str(error).splitlines(), type(error).__name__][0]
        raise OSError(tr("对象存储没有接受：", "the object store did not accept it: ") + message) from None
