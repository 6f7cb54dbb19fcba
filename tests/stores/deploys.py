"""A site published to an object store again and again, with a reader who fetches pages and all that they name meanwhile.

    deploys.py [--deploys 12] [--kills 6] [--bokworm target/debug/bokworm] [--seed 1]

It needs what `requirements.txt` names, and a bokworm with the feature `stores`. The reader may never find that a file
is missing; a publish that is killed is followed by one that ends right; a dry run writes nothing; two at once don't mix.
"""

import argparse
import collections
import http.client
import json
import os
import pathlib
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
BUCKET, PREFIX = "handbook", "docs/en"
# Longer than the reader takes for a page and what it names, shorter than the test.
GRACE = 4
# The server asks for a signature, and looks at none.
SIGNED = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
NAMES = re.compile(r'(?:href|src|data-load|data-[a-z-]*src)="([^"]*)"|srcset="([^"]*)"')


class Server:
    """The S3 server."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen([sys.executable, HERE / "server.py", str(self.port)], stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                return self.ask("PUT", f"/{BUCKET}") and None
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the server doesn't start")

    def ask(self, method, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, headers={"Authorization": SIGNED} | ({"Content-Length": "0"} if method == "PUT" else {}))
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers
        finally:
            connection.close()

    def told(self, what):
        return json.loads(self.ask("GET", f"/-/{what}")[1])

    def get(self, key):
        return self.ask("GET", f"/{BUCKET}/{PREFIX}/{urllib.parse.quote(key)}")

    def keys(self):
        keys, after = [], ""
        while True:
            query = f"list-type=2&prefix={PREFIX}/&start-after={urllib.parse.quote(after)}"
            text = self.ask("GET", f"/{BUCKET}?{query}")[1].decode()
            found = re.findall(r"<Key>([^<]*)</Key>", text)
            if not found:
                return {key.removeprefix(f"{PREFIX}/") for key in keys}
            keys += found
            after = found[-1]


class Reader(threading.Thread):
    """Goes from page to page by links, from the front page and from pages that were seen a moment ago."""

    def __init__(self, server, seed):
        super().__init__(daemon=True)
        self.server, self.random = server, random.Random(seed)
        self.missing, self.pages, self.files = [], 0, 0
        self.ends = False

    def run(self):
        while not self.ends:
            page = "index.html"
            for _ in range(8):
                began = time.monotonic()
                status, body, _ = self.server.get(page)
                if status != 200:
                    self.missing.append((page, "itself", status))
                    break
                self.pages += 1
                names = sorted(named(page, body.decode()))
                for name in names:
                    # Whoever has a page open for longer than what is gone stays may find it gone.
                    if self.ends or time.monotonic() - began > GRACE * 0.7:
                        break
                    self.files += 1
                    if self.server.get(name)[0] != 200:
                        self.missing.append((page, name, time.monotonic() - began))
                pages = [name for name in names if name.endswith(".html")]
                if not pages or time.monotonic() - began > GRACE * 0.7:
                    break
                page = self.random.choice(pages)


def named(page, text):
    """The files of the site that a page names."""
    found = set()
    for plain, several in NAMES.findall(text):
        for address in [plain] if plain else [part.split()[0] for part in several.split(",") if part.split()]:
            address = address.replace("&amp;", "&").split("#")[0].split("?")[0]
            if not address or re.match(r"[a-z]+:|//", address):
                continue
            path = urllib.parse.unquote(urllib.parse.urljoin(f"http://h/{page}", address)).removeprefix("http://h/")
            found.add(f"{path}index.html" if path == "" or path.endswith("/") else path)
    return found


class Book:
    """A project whose pages link to each other, and change at random."""

    def __init__(self, folder, seed):
        self.folder, self.random, self.count = folder, random.Random(seed), 0
        self.pages, self.pictures = {}, {}
        (folder / "book.toml").write_text("[site]\ntitle = \"H\"\nurl = \"https://example.org/docs/en/\"\n")
        for _ in range(12):
            self.add()
        self.edit()

    def add(self):
        self.count += 1
        self.pages[f"{self.random.choice('abc')}/page-{self.count}.md"] = 0
        self.pictures[f"picture-{self.random.randrange(40)}.svg"] = self.count

    def edit(self):
        """Some pages come, some go, some change, all of their links lead somewhere."""
        chosen = self.random
        for _ in range(chosen.randrange(3)):
            self.add()
        for _ in range(chosen.randrange(3)):
            if len(self.pages) > 6:
                self.pages.pop(chosen.choice(sorted(self.pages)))
        if len(self.pictures) > 3 and chosen.random() < 0.5:
            self.pictures.pop(chosen.choice(sorted(self.pictures)))
        for folder in ("content", "static"):
            for file in sorted((self.folder / folder).rglob("*.*"), reverse=True):
                file.unlink()
        for picture, number in self.pictures.items():
            self.write(f"static/{picture}", f'<svg xmlns="http://www.w3.org/2000/svg" width="{number}" height="9"/>')
        changed = set(chosen.sample(sorted(self.pages), min(3, len(self.pages))))
        for page in self.pages:
            self.pages[page] += page in changed
            words = random.Random(f"{page} {self.pages[page]}")
            targets = words.sample(sorted(self.pages), min(3, len(self.pages)))
            links = " ".join(f"[to](/{target})" for target in targets)
            picture = words.choice(sorted(self.pictures))
            self.write(f"content/{page}", f"---\ntags: [{words.choice('xyz')}]\n---\n# {page}\n\n{links}\n\n![p](/{picture})\n")
        self.write("content/index.md", "# Home\n\n" + "\n".join(f"- [{page}](/{page})" for page in sorted(self.pages)[::2]) + "\n")

    def write(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


class Test:
    """All of it."""

    def __init__(self, arguments):
        self.arguments, self.server = arguments, Server()
        self.temporary = tempfile.TemporaryDirectory()
        self.book = Book(pathlib.Path(self.temporary.name), arguments.seed)
        self.random = random.Random(arguments.seed)
        self.told = collections.Counter()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        self.environment = environment | {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.server.port}",
            "AWS_ALLOW_HTTP": "true",
        }

    def begin(self, *more):
        place = [] if "--to" in more else ["--to", f"s3://{BUCKET}/{PREFIX}"]
        words = ["publish", *place, "--grace", f"{GRACE}s", "--max-deletes", "1000", *more]
        program = [self.arguments.bokworm, "-C", self.temporary.name, *words]
        return subprocess.Popen(program, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def publish(self, *more):
        process = self.begin(*more)
        said, wrong = process.communicate(timeout=180)
        assert process.returncode == 0, wrong
        return said

    def ended_right(self):
        """What the store has is the site; who publishes is nobody."""
        public = pathlib.Path(self.temporary.name) / "public"
        listed = (public / ".bokworm-site").read_text().splitlines()[1:]
        keys = self.server.keys()
        assert ".bokworm-lock" not in keys, "the lock is left"
        for path in listed:
            assert path in keys, f"{path} was not sent"
        for path in self.random.sample(listed, min(12, len(listed))):
            status, body, _ = self.server.get(path)
            assert status == 200 and body == (public / path).read_bytes(), path
        return set(listed), keys

    def deploys(self):
        for turn in range(self.arguments.deploys):
            self.book.edit()
            self.publish()
            if turn % 10 == 0 or turn == self.arguments.deploys - 1:
                self.ended_right()
            self.told["deploys"] += 1

    def kills(self):
        for turn in range(self.arguments.kills):
            self.book.edit()
            self.server.told(f"stall?{self.random.randrange(turn % 25 + 1)}")
            process = self.begin()
            while process.poll() is None and not self.server.told("held")["held"]:
                time.sleep(0.01)
            process.kill()
            process.communicate()
            self.server.told("go")
            if process.returncode == -9:
                self.told["killed"] += 1
            if self.random.random() < 0.5:
                self.book.edit()
            self.publish("--take-over")
            self.ended_right()

    def dry_run(self):
        self.book.edit()
        before = self.server.told("writes")["writes"]
        keys = self.server.keys()
        said = self.publish("--dry-run")
        assert self.server.told("writes")["writes"] == before and self.server.keys() == keys, "a dry run writes"
        assert "would go to" in said and "changed  site.json" in said, said

    def no_bucket(self):
        process = self.begin("--built", "--to", "s3://nowhere/docs")
        wrong = process.communicate(timeout=60)[1]
        assert process.returncode == 2 and "could not write to `s3://nowhere/docs`" in wrong, wrong

    def two_at_once(self):
        self.book.edit()
        self.server.told("stall?3")
        first = self.begin()
        while not self.server.told("held")["held"]:
            assert first.poll() is None, first.communicate()[1]
            time.sleep(0.01)
        second = self.begin("--out", f"{self.temporary.name}/other")
        wrong = second.communicate(timeout=60)[1]
        assert second.returncode == 2 and "somebody else is publishing" in wrong, wrong
        self.server.told("go")
        wrong = first.communicate(timeout=180)[1]
        assert first.returncode == 0, wrong
        self.ended_right()

    def headers(self):
        told = {}
        for path in ("index.html", "site.json", next(key for key in self.server.keys() if key.startswith("assets/"))):
            _, _, headers = self.server.get(path)
            told[path.split("/")[0]] = (headers["Content-Type"], headers["Cache-Control"])
        assert told["index.html"] == ("text/html; charset=utf-8", "no-cache"), told
        assert told["assets"][1] == "public, max-age=31536000, immutable", told

    def nothing_is_left(self):
        # First pages go, then what they named.
        for _ in range(3):
            time.sleep(GRACE + 1)
            self.publish("--built")
        listed, keys = self.ended_right()
        assert keys - listed == {".bokworm-published"}, keys - listed
        writes = self.server.told("writes")["writes"]
        said = self.publish("--built")
        assert self.server.told("writes")["writes"] == writes, f"what is there already is sent: {said}"

    def run(self):
        began = time.monotonic()
        try:
            self.publish()
            self.headers()
            readers = [Reader(self.server, seed) for seed in range(2)]
            for reader in readers:
                reader.start()
            for step in (self.dry_run, self.no_bucket, self.deploys, self.kills, self.two_at_once):
                step()
            for reader in readers:
                reader.ends = True
                reader.join()
            self.nothing_is_left()
        finally:
            self.server.process.terminate()
        missing = [miss for reader in readers for miss in reader.missing]
        pages, files = sum(reader.pages for reader in readers), sum(reader.files for reader in readers)
        print(f"{self.told['deploys']} deploys, {self.told['killed']} killed, {time.monotonic() - began:.0f} s; "
              f"readers got {pages} pages and {files} files that they name, {len(missing)} were missing")
        assert not missing, missing[:10]
        assert pages and files


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deploys", type=int, default=12)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bokworm", default=str(HERE.parent.parent / "target/debug/bokworm"))
    Test(parser.parse_args()).run()
