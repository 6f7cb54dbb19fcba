"""Machines that build one site and share what takes long to make, through a server that speaks S3.

    shared_cache.py [--bokworm target/debug/bokworm]

The second machine makes none of the pictures and cards that the first one made, and comes to the same site; what is damaged
in the store is made anew; a store that is gone keeps no site from being built.
"""

import argparse
import os
import pathlib
import re
import struct
import subprocess
import tempfile
import zlib

from deploys import BUCKET, HERE, SIGNED, Server

CACHE = f"s3://{BUCKET}/cache"


def picture(width, height):
    """A PNG that none of its smaller sizes can be made of without looking at it."""
    rows = b"".join(b"\0" + bytes((x * y + x + seed) % 251 for x in range(width) for seed in (0, 80, 160)) for y in range(height))
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Machine:
    """A fresh checkout, and a machine that has never built it."""

    def __init__(self, folder, bokworm, port):
        self.folder, self.bokworm = pathlib.Path(folder), bokworm
        (self.folder / "content").mkdir()
        (self.folder / "book.toml").write_text('[site]\ntitle = "H"\nurl = "https://example.org/docs/"\n')
        (self.folder / "content/wide.png").write_bytes(picture(1500, 40))
        for number in range(3):
            (self.folder / f"content/page-{number}.md").write_text(f"# Page {number}\n\n![A picture](wide.png)\n")
        (self.folder / "secrets").write_text("[default]\naws_access_key_id = test\naws_secret_access_key = test\n")
        (self.folder / "settings").write_text(f"[default]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:{port}\n")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        self.environment = environment | {
            "AWS_SHARED_CREDENTIALS_FILE": str(self.folder / "secrets"),
            "AWS_CONFIG_FILE": str(self.folder / "settings"),
            "AWS_ALLOW_HTTP": "true",
            "BOKWORM_CACHE": CACHE,
        }

    def build(self):
        """What came from the store, what went there, what was told."""
        done = subprocess.run([self.bokworm, "-C", self.folder, "build", "-v"], env=self.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        taken, given = re.search(rf"verbose: (\d+) pictures? came from `{CACHE}`, (\d+) went there", done.stderr).groups()
        return int(taken), int(given), done.stderr

    def site(self):
        public = self.folder / "public"
        return {file.relative_to(public): file.read_bytes() for file in sorted(public.rglob("*")) if file.is_file()}


def keys(server):
    text = server.ask("GET", f"/{BUCKET}?list-type=2&prefix=cache/")[1].decode()
    return re.findall(r"<Key>([^<]*)</Key>", text)


def damage(server, key):
    """Puts other bytes where something lies."""
    import http.client
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("PUT", f"/{BUCKET}/{key}", body=b"something else", headers={"Authorization": SIGNED})
    assert connection.getresponse().status == 200
    connection.close()


def run(bokworm):
    server = Server()
    try:
        with tempfile.TemporaryDirectory() as folder:
            machines = []
            for number in range(4):
                (pathlib.Path(folder) / str(number)).mkdir()
                machines.append(Machine(f"{folder}/{number}", bokworm, server.port))
            first, second, third, fourth = machines
            taken, given, _ = first.build()
            made = keys(server)
            assert taken == 0 and given == len(made) > 4, (taken, given, made)
            assert {key.split("/")[1] for key in made} == {"cards", "pictures"}, made
            assert second.build()[:2] == (given, 0), "what the first one made is taken"
            assert second.build()[:2] == (0, 0), "what is here isn't asked for"
            damage(server, made[0])
            assert third.build()[:2] == (given - 1, 1), "what is damaged is made anew"
            server.process.terminate()
            server.process.wait()
            *counts, told = fourth.build()
            assert counts == [0, 0] and told.count("was of no use") == 1 and "Connection refused" in told, told
            assert all(machine.site() == first.site() for machine in machines), "all come to the same site"
            print(f"{given} pictures and cards were made once for three machines")
    finally:
        server.process.terminate()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bokworm", default=str(HERE.parent.parent / "target/debug/bokworm"))
    run(parser.parse_args().bokworm)
