"""Pages that only a browser can build, in a real Chromium whose every way out but ours is walled up."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import pytest

from monitor.edge.browser import Browser, _family
from monitor.edge.chromium import BrowserLimits, place
from monitor.edge.processes import Tree, children
from monitor.edge.store import Store
from monitor.edge.turns import NotYet
from monitor.model.reading import Page, Trouble, TroubleKind
from monitor.model.register import Rendering
from tasks.asking import calls
from tests.edge.fetching import fetcher, kind, page
from tests.edge.stores import begin, claim, register, site
from tests.edge.street import House, answer, house, routes

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WANTED = bool(os.environ.get("LANMU_TEST_BROWSER"))  # .ci/run says so where it has installed both
needs_browser = pytest.mark.skipif(
    not WANTED and not (CHROMIUM and find_spec("playwright")),
    reason="NO BROWSER: without Chromium and the extra `browser` nothing is tested in one",
)
LIST = "<title>栏目</title><ul id=l></ul><script>%s</script>"
ALONE = Rendering()
FILL = "const fill = rows => document.getElementById('l').innerHTML = rows.map(r => `<li>${r}</li>`).join('');"


def served(script: str, more: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    html = "Content-Type: text/html; charset=utf-8"
    return {"/c/": answer((LIST % (FILL + script)).encode(), html), **(more or {})}


def json(text: str) -> bytes:
    return answer(text.encode(), "Content-Type: application/json")


def built(
    pages: dict[str, bytes],
    folder: Path,
    *,
    rendering: Rendering = ALONE,
    seconds: float = 60,
    settling: float = 20,
    memory: int = 2**30,
    names: Mapping[str, list[str]] | None = None,
    path: str = "",
) -> tuple[Page | Trouble, House]:
    """What a browser makes of /c/, and the server that it was built from."""
    before = children(os.getpid())

    async def scene() -> tuple[Page | Trouble, House]:
        async with house(routes(pages)) as there, fetcher(names=names) as client:
            plain = page(await client.fetch(there.url + "/c/"))
            limits = BrowserLimits(folder=folder, seconds=seconds, settling=settling, memory=memory, path=path)
            return await Browser(limits).render(plain, rendering, calls(client, {})), there

    found = asyncio.run(scene())
    assert children(os.getpid()) == before, "nothing is left running"
    assert [lock.read_text() for lock in folder.iterdir()] in ([], [""]), "nor lying about"
    return found


@needs_browser
def test_a_page_is_built_from_what_its_scripts_ask_for_by_get_and_post(tmp_path: Path) -> None:
    script = """
        const post = {method: 'POST', body: 'page=1', headers: {'X-Asked': 'yes'}};
        fetch('/one').then(r => r.json()).then(one =>
            fetch('/two', post).then(r => r.json()).then(two => fill([...one, ...two])));
        setInterval(() => document.title = '栏目', 10);
    """
    pages = served(script, {"/one": json('["第一条"]'), "/two": json('["第二条"]')})
    found, there = built(pages, tmp_path)
    assert "<li>第一条</li><li>第二条</li>" in page(found).body.decode()
    assert (page(found).rendered, page(found).lacks) == (True, ())
    assert there.paths == ["/c/", "/one", "/two"], "the page itself is not asked for again"
    post = there.heads[2].lower()
    assert post.startswith(b"post /two")
    assert b"x-asked: yes" in post
    assert b"user-agent: lanmu/0" in post


@needs_browser
@pytest.mark.parametrize(
    ("script", "lost"),
    [
        ("new WebSocket('ws://' + location.host + '/rows')", "/rows"),
        ("new EventSource('/rows')", "/rows (GET, eventsource)"),
        ("fetch('/rows', {method: 'PUT'}).catch(() => 0)", "/rows (PUT, fetch)"),
    ],
)
def test_data_that_we_do_not_ask_for_is_lacking(tmp_path: Path, script: str, lost: str) -> None:
    found, there = built(served(script), tmp_path)
    assert [one.endswith(lost) for one in page(found).lacks] == [True]
    assert "/rows" not in there.paths


LOST = """
    const script = document.createElement('script'); script.src = 'http://cdn.example/fill.js';
    document.body.append(script);
    const frame = document.createElement('iframe'); frame.src = 'http://frames.example/list';
    document.body.append(frame);
    new Worker(URL.createObjectURL(new Blob(["fetch('http://api.example/rows').catch(() => 0)"])));
    for (const path of ['/login', '/error', '/gone', '/slow']) fetch(path).catch(() => 0);
    fetch('/empty').then(() => none.fill());
    document.title += typeof SharedWorker;
"""


@needs_browser
def test_whatever_could_have_filled_the_page_and_did_not_come_is_lacking(tmp_path: Path) -> None:
    """Of another host, not there, too slow, or no data; what an admin says is no part of the list is not missed."""
    html, far = "Content-Type: text/html; charset=utf-8", Rendering(without=("frames.example",))
    pages = {
        "/login": answer("<title>统一身份认证</title>请输入用户名".encode(), html),
        "/error": json('{"code": 500, "rows": []}'),
        "/empty": json('{"rows": []}'),
        "/slow": answer(length=10),
    }
    found, _ = built(served(LOST, pages), tmp_path, rendering=far, settling=2)
    lacks = " ".join(page(found).lacks)
    for lost in ("cdn.example/fill.js (ref", "api.example/rows (ref", "/login (login", "/error (error", "/gone (gone"):
        assert lost in lacks
    assert "/slow" in lacks
    assert "/empty" not in lacks
    assert "frames.example" not in lacks
    assert "栏目undefined" in page(found).body.decode(), "what a shared worker loses would not be seen: there is none"
    assert "none is not defined" in page(found).broken


WALLS = """
    const tries = [
        fetch('http://169.254.169.254/latest/meta-data/'), fetch('http://127.0.0.2:%(port)d/'),
        fetch('http://inside.example/'), fetch('http://[::1]:%(port)d/'), fetch('/away'),
    ];
    new WebSocket('ws://127.0.0.1:%(port)d/').onopen = () => document.title = 'open';
    navigator.serviceWorker?.register('/sw.js');
    new Worker(URL.createObjectURL(new Blob(["fetch('http://127.0.0.1:%(port)d/worker')"])));
    navigator.sendBeacon('http://127.0.0.1:%(port)d/beacon', 'x');
    for (const [tag, at] of [['img', 'src'], ['iframe', 'src'], ['link', 'href'], ['script', 'src']]) {
        const e = document.createElement(tag); e.rel = 'prefetch'; e[at] = 'http://127.0.0.1:%(port)d/' + tag;
        document.body.appendChild(e);
    }
    try {
        const p = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:%(udp)d'}]});
        p.createDataChannel('a'); p.createOffer().then(o => p.setLocalDescription(o));
    } catch (e) {}
    open('http://127.0.0.1:%(port)d/popup');
    Promise.allSettled(tries).then(all => fill(all.map(one => one.status)));
"""


@pytest.fixture
def sentinel() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Sockets of ours on loopback that no page may reach: one of streams, one of datagrams."""
    with socket.socket() as stream, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram:
        stream.bind(("127.0.0.1", 0))
        stream.listen()
        stream.setblocking(False)
        datagram.bind(("127.0.0.1", 0))
        datagram.setblocking(False)
        yield stream, datagram


@needs_browser
def test_no_script_gets_out_by_any_other_way(tmp_path: Path, sentinel: tuple[socket.socket, socket.socket]) -> None:
    stream, datagram = sentinel
    port, udp = stream.getsockname()[1], datagram.getsockname()[1]
    away = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://127.0.0.2:%d/\r\n\r\n" % port
    script = WALLS.replace("127.0.0.1:%(port)d", "localhost:%(port)d") % {"port": port, "udp": udp}
    found, there = built(served(script, {"/away": away}), tmp_path, names={"inside.example": ["10.0.0.1"]})
    text = page(found).body.decode()
    assert text.count("<li>rejected</li>") == 5, text
    assert {path for path in there.paths if path != "/favicon.ico"} == {"/c/", "/away"}
    assert any("169.254.169.254" in one for one in page(found).lacks)
    assert "<title>栏目</title>" in text, "no socket was opened"
    with pytest.raises(BlockingIOError):
        stream.accept()
    with pytest.raises(BlockingIOError):
        datagram.recv(1)


@needs_browser
def test_an_endless_script_ends_by_the_limit_of_time(tmp_path: Path) -> None:
    found, _ = built(served("for (;;) {}"), tmp_path, seconds=2)
    assert kind(found) is TroubleKind.NEEDS_SCRIPT
    assert "not built within 2 s" in str(found)


@needs_browser
def test_a_page_that_eats_memory_is_ended(tmp_path: Path) -> None:
    eats = "const all = []; (function eat() { all.push(new Uint8Array(2e7).fill(7)); fetch('/x'); setTimeout(eat); })()"
    found, _ = built(served(eats), tmp_path, memory=500 * 2**20)
    assert kind(found) is TroubleKind.NEEDS_SCRIPT
    assert "held more than 500 MB" in str(found)


@needs_browser
def test_nothing_is_left_running_when_the_worker_is_killed(tmp_path: Path) -> None:
    """The worker is a process of its own, whose page never comes to an end."""
    worker = textwrap.dedent("""
        import sys
        from pathlib import Path
        from tests.edge.test_browser import built, served
        built(served("for (;;) {}"), Path(sys.argv[1]))
    """)
    with subprocess.Popen([sys.executable, "-c", worker, str(tmp_path)], start_new_session=True) as own:
        tree = Tree(own.pid)
        deadline = time.monotonic() + 60
        try:
            while len(tree.look()) < 6:
                assert time.monotonic() < deadline, "Chromium has not started"
                time.sleep(0.1)
        finally:
            own.kill()
    while living := tree.look():
        assert time.monotonic() < deadline, f"{living} live on"
        time.sleep(0.1)


def test_how_a_page_is_rendered_comes_back_from_the_store(store: Store) -> None:
    one = site(columns=2)
    marked = replace(one.columns[0], render=Rendering(hosts=("api.example",), without=("stats.example",)))
    register(store, replace(one, columns=(marked, one.columns[1])))
    assert [c.column.render for c in begin(store, claim(store))] == [marked.render, None]


# --- without a browser ------------------------------------------------------------------------------------------------


def test_where_there_is_no_browser_it_says_so_and_what_to_do(tmp_path: Path) -> None:
    found, _ = built(served(""), tmp_path, path="/nowhere/chromium")
    assert kind(found) is TroubleKind.NEEDS_SCRIPT
    assert "set browser.path in lanmu.yaml" in str(found)


def test_no_more_browsers_run_than_may_and_a_dead_workers_place_is_free(tmp_path: Path) -> None:
    limits = BrowserLimits(folder=tmp_path, at_once=1)

    async def scene() -> None:
        async with place(limits) as folder:
            with pytest.raises(NotYet):
                async with place(limits, patience=0):
                    pass
        left = Path(mkdtemp(prefix="lanmu-browser-"))
        (tmp_path / "0.lock").write_text(str(left))  # as a worker leaves it that is killed
        async with place(limits, patience=0) as now:
            assert (folder.exists(), left.exists(), now.exists()) == (False, False, True)

    asyncio.run(scene())


def test_a_tree_of_processes_is_ended_whole() -> None:
    shell = subprocess.Popen(["/bin/sh", "-c", "sleep 100 & sleep 100 & wait"], start_new_session=True)
    tree = Tree(shell.pid)
    deadline = time.monotonic() + 30
    while len(tree.look()) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert tree.memory() > 0
    tree.kill()
    assert shell.wait() == -signal.SIGKILL
    assert tree.look() == set()


@pytest.mark.parametrize(
    ("host", "family"),
    [
        ("jyj.example.gov.cn", "example.gov.cn"),
        ("www.jyj.example.gov.cn", "example.gov.cn"),
        ("www.example.gov.cn", "example.gov.cn"),
        ("example.gov.cn", "example.gov.cn"),
        ("www.gov.cn", "gov.cn"),
        ("news.city.gov.uk", "city.gov.uk"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
    ],
)
def test_a_page_may_ask_the_siblings_of_its_host(host: str, family: str) -> None:
    assert _family(host) == family
