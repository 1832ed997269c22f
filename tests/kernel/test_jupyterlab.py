"""The kernel as JupyterLab has it: its server on loopback, its REST interface, its websocket."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import psutil
import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry
from websocket import WebSocketTimeoutException, create_connection

from kernels import gone, until
from reportkit.kernel import client as servers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not servers.FORKS, reason="kernels are ordinary ones on this system"),
]


@pytest.fixture(scope="module")
def server():
    """Address and token of a running server, and its process."""
    scratch = Path(tempfile.mkdtemp())
    inherited = {key: value for key, value in os.environ.items() if key != servers.ADDRESS}
    options = ["--no-browser", "--allow-root", "--port=0", f"--notebook-dir={scratch}", "--ip=127.0.0.1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**inherited, "TMPDIR": str(scratch), "JUPYTER_RUNTIME_DIR": str(scratch / "run")},
    )
    assert until(lambda: any(file.stat().st_size for file in scratch.glob("run/jpserver-*.json")), 60)
    about = json.loads(next(scratch.glob("run/jpserver-*.json")).read_text())
    session = requests.Session()
    session.headers["Authorization"] = f"token {about['token']}"
    # it writes the file before it listens
    session.mount("http://", HTTPAdapter(max_retries=Retry(connect=10, backoff_factor=0.1)))
    yield about["url"] + "api/kernels", session, process.pid
    children = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    process.wait(30)
    assert until(lambda: all(gone(child.pid) for child in children))
    assert not [path for path in scratch.rglob("*") if path.is_socket()]
    shutil.rmtree(scratch)


@pytest.fixture
def kernel(server):
    """A kernel that the server started; deleted afterwards."""
    url, session, _ = server
    started = session.post(url, json={"name": "plan-monitor"}).json()
    yield f"{url}/{started['id']}", session
    session.delete(f"{url}/{started['id']}")


def run(kernel, code, wait=True, timeout=90):
    """What code prints, or the name of what it raises, through the server's websocket."""
    url, session = kernel
    address = url.replace("http", "ws", 1) + "/channels"
    channel = create_connection(address, header=dict(session.headers), timeout=timeout)
    header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "session": uuid.uuid4().hex}
    header |= {"username": "test", "version": "5.3"}
    content = {
        "code": code,
        "silent": False,
        "store_history": False,
        "user_expressions": {},
        "allow_stdin": False,
        "stop_on_error": False,  # else a kernel drops what it is asked while it clears up after an error
    }
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
    channel.send(json.dumps(message))
    texts = []
    while wait:
        heard = json.loads(channel.recv())
        if heard["parent_header"].get("msg_id") != header["msg_id"]:
            continue
        if heard["msg_type"] == "stream":
            texts.append(heard["content"]["text"])
        elif heard["msg_type"] == "error":
            texts.append(heard["content"]["ename"])
        elif heard["content"].get("execution_state") == "idle":  # what was printed may come after the reply
            break
    channel.close()
    return "".join(texts).strip()


def test_a_kernel_is_warm_in_jupyterlab_and_has_no_port(server, kernel):
    _, _, server_pid = server
    pid, warm = run(kernel, "import os, sys; print(os.getpid(), 'statsmodels.api' in sys.modules)").split()
    assert warm == "True"
    process = psutil.Process(int(pid))
    assert server_pid in {parent.pid for parent in process.parents()}
    assert len(process.net_connections("inet")) <= 1


def test_it_is_interrupted_restarted_and_shut_down(server, kernel):
    url, session = kernel
    run(kernel, "import time; x = 1; time.sleep(60)", wait=False)
    assert until(lambda: session.get(url).json()["execution_state"] == "busy", 10)
    assert session.post(f"{url}/interrupt").status_code == 204
    assert until(lambda: session.get(url).json()["execution_state"] == "idle", 10)
    assert run(kernel, "print(x)") == "1"
    before = int(run(kernel, "import os; print(os.getpid())"))
    assert session.post(f"{url}/restart").status_code == 200
    assert run(kernel, "print(x)") == "NameError"
    after = int(run(kernel, "import os; print(os.getpid())"))
    assert after != before
    assert session.delete(url).status_code == 204
    assert until(lambda: gone(before) and gone(after))


def test_one_that_dies_is_started_again(server, kernel):
    before = int(run(kernel, "import os; print(os.getpid())"))
    run(kernel, "os._exit(1)", wait=False)
    assert until(lambda: gone(before))

    def again():
        # until it is there nobody answers, and the server only hears of its state with an answer
        with contextlib.suppress(WebSocketTimeoutException):
            return int(run(kernel, "import os; print(os.getpid())", timeout=5)) != before

    assert until(again, 60)
