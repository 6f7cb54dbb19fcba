#!/usr/bin/env python3
"""A long day of the preview in twenty minutes: a save a second, eight clients at full speed.

    bench/soak.py [--pages 200] [--minutes 20] [--clients 8]

Prints saves, requests, errors and resident memory once a minute. Ends with status 1 if a request
failed, or if memory in the last half grew by more than a tenth (not below two minutes, when it still
grows to what the site needs). Linux only: memory is read from /proc.
"""
import argparse
import re
import sys
import threading
import time
from pathlib import Path

import machine
import programs
from book import Book
from dialects import DIALECTS


class Reader(threading.Thread):
    """Someone who asks for page after page."""

    def __init__(self, number, port, addresses, over):
        super().__init__(daemon=True)
        self.at, self.addresses, self.over = number, addresses, over
        self.client, self.requests, self.errors = machine.Client(port), 0, []

    def run(self):
        while not self.over.is_set():
            address = self.addresses[self.at % len(self.addresses)]
            status, _ = self.client.get(address)
            if status != 200 and not self.over.is_set():
                self.errors.append(f"{status or 'no answer'} for {address}")
            self.requests += 1
            self.at += 7


def resident(process):
    """Memory in MB."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text()).group(1)) // 1024


def save_for(minutes, files, process, readers):
    """Saves a file a second, and returns how many and the memory after each."""
    begun, samples, told = time.monotonic(), [], 0
    texts = [file.read_text() for file in files]
    while (passed := time.monotonic() - begun) < minutes * 60:
        at = len(samples) % len(files)
        files[at].write_text(f"{texts[at]}\nSaved, the {len(samples)}th.\n")
        time.sleep(1)
        samples.append(resident(process))
        if passed >= 60 * (told + 1):
            told += 1
            report(f"{told:3} min", samples, readers)
    return samples


def report(when, samples, readers):
    errors = sum(len(reader.errors) for reader in readers)
    print(f"{when}: {len(samples)} saves, {sum(reader.requests for reader in readers)} requests, {errors} errors, {samples[-1]} MB", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200, metavar="N", help="size of the site (200)")
    parser.add_argument("--minutes", type=float, default=20, metavar="N", help="how long (20)")
    parser.add_argument("--clients", type=int, default=8, metavar="N", help="how many read at the same time (8)")
    parser.add_argument("--bokworm", metavar="FILE", help="the program to measure (this repository's release build)")
    asked = parser.parse_args()
    dialect, pages = DIALECTS["bokworm"], list(Book(asked.pages).all())
    addresses = [dialect.address(page) for page in pages]
    over, port = threading.Event(), machine.free_port()
    with machine.workplace() as work:
        machine.generate(asked.pages, ["bokworm"], work)
        files = [work / "bokworm/content" / dialect.file(page) for page in pages]
        with machine.server([programs.bokworm(asked.bokworm), "-C", work / "bokworm", "serve", "--port", port]) as server:
            while machine.Client(port).get("/")[0] != 200:
                if server.poll() is not None:
                    sys.exit("the preview did not start")
                time.sleep(0.05)
            readers = [Reader(number, port, addresses, over) for number in range(asked.clients)]
            for reader in readers:
                reader.start()
            samples = save_for(asked.minutes, files, server.pid, readers)
            over.set()
    half = samples[len(samples) // 2:]
    quarter = max(1, len(half) // 4)
    first, last = sum(half[:quarter]) / quarter, sum(half[-quarter:]) / quarter
    errors = [error for reader in readers for error in reader.errors]
    report("all", samples, readers)
    print(f"memory in the last half: {first:.0f} MB to {last:.0f} MB" + "".join(f"\n{error}" for error in errors[:3]))
    has_grown = len(samples) >= 120 and last > first * 1.1
    sys.exit(1 if errors or has_grown else 0)


if __name__ == "__main__":
    main()
