#!/usr/bin/env python3
"""A long day of the preview in twenty minutes: a save a second, eight clients at full speed.

    soak.py --bokworm BIN [--pages 200] [--minutes 20] [--clients 8]

Prints requests, errors and resident memory once a minute. Ends with status 1 if a
request failed, or if memory in the last half grew by more than a tenth.
"""
import argparse, http.client, os, re, signal, subprocess, sys, tempfile, threading, time
from pathlib import Path

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("--bokworm", default="bokworm")
ap.add_argument("--pages", type=int, default=200)
ap.add_argument("--minutes", type=float, default=20)
ap.add_argument("--clients", type=int, default=8)
a = ap.parse_args()

work = tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
content = Path(work.name) / "content"
content.mkdir()


def text(at, state):
    return f"---\ntitle: Page {at}\ntags: [t{at % 7}, u{at % 11}]\n---\n\n## Part\n\nState {state}, [next](p{(at + 1) % a.pages}.md).\n\n```rust\nfn f() {{}}\n```\n" + "Some words. " * 300


for at in range(a.pages):
    (content / f"p{at}.md").write_text(text(at, 0))
server = subprocess.Popen([a.bokworm, "serve", "--port", "0", "--source", str(content)], cwd=work.name, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
port = int(re.search(r"http://[^:]+:(\d+)", server.stdout.readline()).group(1))
done, counts, errors = threading.Event(), [0] * a.clients, []


def client(number):
    connection, at = None, number
    while not done.is_set():
        try:
            connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", f"/p{at % a.pages}")
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                errors.append(f"{response.status} for p{at % a.pages}")
            counts[number] += 1
        except (OSError, http.client.HTTPException) as error:
            if not done.is_set():
                errors.append(repr(error))
            connection = None
        at += 7


def resident():
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{server.pid}/status").read_text()).group(1)) // 1024


threads = [threading.Thread(target=client, args=(number,), daemon=True) for number in range(a.clients)]
for thread in threads:
    thread.start()
begun, samples, saves, told = time.monotonic(), [], 0, 0
while time.monotonic() - begun < a.minutes * 60:
    (content / f"p{saves % a.pages}.md").write_text(text(saves % a.pages, saves))
    saves += 1
    time.sleep(1)
    samples.append(resident())
    if time.monotonic() - begun >= 60 * (told + 1):
        told += 1
        print(f"{told:3} min: {saves} saves, {sum(counts)} requests, {len(errors)} errors, {samples[-1]} MB", flush=True)
done.set()
server.send_signal(signal.SIGINT)
server.wait(5)
half = samples[len(samples) // 2:]
quarter = max(1, len(half) // 4)
first, last = sum(half[:quarter]) / quarter, sum(half[-quarter:]) / quarter
print(f"{saves} saves, {sum(counts)} requests, {len(errors)} errors {errors[:3]}; last half {first:.0f} MB to {last:.0f} MB")
sys.exit(1 if errors or last > first * 1.1 else 0)
