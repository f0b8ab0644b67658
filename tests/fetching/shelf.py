"""A server of files on this machine, with the faults of real ones, each told beforehand."""

import hashlib
import threading
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Fault:
    """What goes wrong with one request."""

    status: int = 0  # answer this instead
    headers: dict[str, str] = field(default_factory=dict)
    drop_after: int | None = None  # promise all, send so many bytes, close
    cut_to: int | None = None  # send so many bytes and promise no more
    replace: bytes | None = None  # send these bytes instead
    drip: float = 0.0  # seconds between bytes
    drip_headers: float = 0.0
    deaf: bool = False  # take no notice of Range
    lengthless: bool = False


class Shelf:
    """Files by path, the faults of each in the order they come, and who asked for what."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.always: dict[str, Fault] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.begun: list[float] = []
        self.open = 0
        self.most_open = 0
        self.slow = 0.0  # seconds each answer takes
        self.pace = 0.0  # seconds between pieces of 2 kB
        self.tags = True
        self.lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        shelf = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                with shelf.lock:
                    shelf.asked.append((self.path, dict(self.headers)))
                    shelf.begun.append(time.monotonic())
                    shelf.open += 1
                    shelf.most_open = max(shelf.most_open, shelf.open)
                    waiting = shelf.faults[self.path]
                    fault = waiting.pop(0) if waiting else shelf.always.get(self.path, Fault())
                try:
                    with suppress(ConnectionError, TimeoutError):
                        time.sleep(shelf.slow)
                        answer(self, fault, shelf)
                finally:
                    self.close_connection = True
                    with shelf.lock:
                        shelf.open -= 1

        return Handler


def answer(request: BaseHTTPRequestHandler, fault: Fault, shelf: Shelf) -> None:
    body = shelf.files.get(request.path)
    if fault.status:
        send(request, fault.status, b"", fault, fault.headers)
    elif body is None:
        send(request, 404, b"nothing here", fault)
    else:
        send_file(request, body if fault.replace is None else fault.replace, fault, shelf)


def send_file(request: BaseHTTPRequestHandler, body: bytes, fault: Fault, shelf: Shelf) -> None:
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"ETag": tag} if shelf.tags else {}
    if shelf.tags and request.headers.get("If-None-Match") == tag:
        return send(request, 304, b"", fault, headers)
    asked, same = request.headers.get("Range"), request.headers.get("If-Range") in {None, tag}
    if asked and same and not fault.deaf:
        begin = int(asked.removeprefix("bytes=").rstrip("-"))
        if begin >= len(body):
            return send(request, 416, b"", fault, {"Content-Range": f"bytes */{len(body)}"})
        headers["Content-Range"] = f"bytes {begin}-{len(body) - 1}/{len(body)}"
        return send(request, 206, body[begin:], fault, headers, shelf.pace)
    return send(request, 200, body, fault, headers, shelf.pace)


def send(
    request: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    fault: Fault,
    headers: dict[str, str] | None = None,
    pace: float = 0.0,
) -> None:
    if fault.cut_to is not None:
        body = body[: fault.cut_to]
    request.send_response(status)
    for name, value in (headers or {}).items():
        request.send_header(name, value)
    if not fault.lengthless and status != 304:
        request.send_header("Content-Length", str(len(body)))
    request.send_header("Connection", "close")
    if fault.drip_headers:
        request.wfile.write(b"".join(request._headers_buffer))
        request._headers_buffer = []
        for number in range(1000):
            request.wfile.write(f"X-{number}: y\r\n".encode())
            time.sleep(fault.drip_headers)
    request.end_headers()
    sent = body if fault.drop_after is None else body[: fault.drop_after]
    step = 1 if fault.drip else 2048
    for begin in range(0, len(sent), step) if fault.drip or pace else ():
        request.wfile.write(sent[begin : begin + step])
        time.sleep(fault.drip or pace)
    if not (fault.drip or pace):
        request.wfile.write(sent)
