"""A real S3 server on loopback (moto's), which says what was written to it and can be told to stall.

    server.py PORT

`/-/writes` tells how many writes there were, `/-/stall?N` lets N more through and holds the next, `/-/held` tells whether
one is held, `/-/go` lets all go on: what was held is refused then, as if it never came.
"""

import io
import json
import re
import sys
import threading

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server


class Gate:
    """Counts writes, and holds them."""

    def __init__(self, app):
        self.app = app
        self.change = threading.Condition()
        self.writes, self.left, self.held = 0, None, 0

    def __call__(self, environ, start_response):
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path.startswith("/-/"):
            return self.told(path[3:], environ["QUERY_STRING"], start_response)
        if method in ("PUT", "POST", "DELETE") and not self.passes(path + removed(environ)):
            start_response("503 Slow Down", [("Content-Length", "0")])
            return [b""]
        return self.app(environ, start_response)

    def passes(self, path):
        """Whether a write is done. Who holds the place may go on saying so."""
        with self.change:
            if path.endswith("/.bokworm-lock"):
                return True
            if self.left == 0:
                self.held += 1
                self.change.wait_for(lambda: self.left is None)
                self.held -= 1
                return False
            self.left = None if self.left is None else self.left - 1
            self.writes += 1
            return True

    def told(self, what, number, start_response):
        with self.change:
            if what == "stall":
                self.left = int(number)
            elif what == "go":
                self.left = None
                self.change.notify_all()
            text = json.dumps({"writes": self.writes, "held": self.held}).encode()
        start_response("200 OK", [("Content-Length", str(len(text)))])
        return [text]


def removed(environ):
    """The object that is removed, where a request names it in its body."""
    if environ["REQUEST_METHOD"] != "POST":
        return ""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return "/" + "".join(re.findall("<Key>(.*?)</Key>", body.decode()))


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    protocol_version = "HTTP/1.1"

    def log(self, *_):
        pass


if __name__ == "__main__":
    app = Gate(DomainDispatcherApplication(create_backend_app))
    make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True, request_handler=Quiet).serve_forever()
