#!/usr/bin/env python3
"""How long the preview lets a writer wait, beside Hugo's server.

    bench/preview.py [--pages 1000] [--saves 50]

For each server: from the start of the program to the first page that it serves, and then, for so many
saves of one page, from the moment that the file is closed to the first answer that holds the new
line. `list` is the same for a new title, asked for on the page of a tag that the page carries. The page
is asked for again and again over one connection, a millisecond apart: no time below that can be
told. Saves are a third of a second apart, and are of both servers in turn. The status is 1 if a
server never showed a change.
"""
import argparse
import contextlib
import re
import sys
import time
from pathlib import Path

import machine
import programs

PAUSE = 0.001
WAIT = 120


class Preview:
    """A server, the page that is saved, and where the two can be seen."""

    def __init__(self, name, port, page, address, tag_page):
        self.name, self.port, self.page = name, port, page
        self.address, self.tag_page = address, tag_page
        self.text = page.read_text()
        self.client = machine.Client(port)
        self.first, self.page_times, self.list_times = 0.0, [], []

    def await_first(self, begun, process):
        while self.client.get("/")[0] != 200:
            if process.poll() is not None or time.perf_counter() - begun > 900:
                sys.exit(f"{self.name} serves nothing")
            time.sleep(PAUSE)
        self.first = time.perf_counter() - begun
        for address in (self.address, self.tag_page):
            if self.client.get(address)[0] != 200:
                sys.exit(f"{self.name} does not serve {address}")

    def save(self, text, address, sign):
        """Saves the page, and waits until an address shows the sign."""
        self.page.write_text(text)
        saved = time.perf_counter()
        while sign.encode() not in self.client.get(address)[1]:
            if time.perf_counter() - saved > WAIT:
                sys.exit(f"{self.name} never showed a change")
            time.sleep(PAUSE)
        return time.perf_counter() - saved

    def save_line(self, at):
        sign = f"Saved for the {at}th time"
        self.page_times.append(self.save(f"{self.text}\n{sign}.\n", self.address, sign))

    def save_title(self, at):
        sign = f"A new title, the {at}th"
        text = re.sub(r"^title: .*$", f'title: "{sign}"', self.text, count=1, flags=re.M)
        self.list_times.append(self.save(text, self.tag_page, sign))


def start(stack, name, asked, work):
    """Starts a server and waits for its first page."""
    port, tree = machine.free_port(), work / name
    page = sorted((tree / "content").rglob("*-*.md"))[asked.pages // 2]
    address = "/" + str(page.relative_to(tree / "content").with_suffix(""))
    tag = re.search(r'^tags: \["([^"]*)"', page.read_text(), re.M).group(1)
    if name == "bokworm":
        argv = [asked.bokworm, "-C", tree, "serve", "--port", port]
    else:
        address += "/"
        argv = [asked.hugo, "server", "--source", tree, "--port", port, "--bind", "127.0.0.1", "--baseURL", f"http://127.0.0.1:{port}/",
                "--appendPort=false", "--cacheDir", work / "cache-hugo"]
    tag_page = "/tags/" + re.sub(r"[^a-z]+", "-", tag.lower()).strip("-") + ("/" if name == "hugo" else "")
    begun = time.perf_counter()
    process = stack.enter_context(machine.server(argv))
    preview = Preview(name, port, page, address, tag_page)
    preview.await_first(begun, process)
    return preview


def measure(asked, names, work):
    machine.generate(asked.pages, names, work)
    with contextlib.ExitStack() as stack:
        previews = [start(stack, name, asked, work) for name in names]
        for save in ("save_line", "save_title"):
            for at in range(asked.saves):
                for preview in previews:
                    time.sleep(0.3)
                    getattr(preview, save)(at)
        return previews


def show(previews):
    print(f"{'':10}{'first page':>12}{'save to page':>16}{'95 of 100':>12}{'save to list':>16}{'95 of 100':>12}")
    for preview in previews:
        cells = [f"{preview.first * 1000:9.0f} ms"]
        for times, width in ((preview.page_times, 13), (preview.list_times, 13)):
            cells += [f"{machine.median(times) * 1000:{width}.1f} ms", f"{machine.percentile(times, 0.95) * 1000:9.1f} ms"]
        print(f"{preview.name:10}" + "".join(cells))
    if len(previews) == 2:
        ours, theirs = previews
        ratios = [f"{what} {of(theirs) / of(ours):.1f}" for what, of in (
            ("to the first page", lambda one: one.first), ("to a saved page", lambda one: machine.median(one.page_times)),
            ("to a list", lambda one: machine.median(one.list_times)))]
        print(f"Hugo takes, times as long: {', '.join(ratios)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000, metavar="N", help="size of the site (1000)")
    parser.add_argument("--saves", type=int, default=50, metavar="N", help="how often the page is saved, for each of the two figures (50)")
    parser.add_argument("--only", choices=["bokworm", "hugo"], help="measure only this one")
    parser.add_argument("--bokworm", metavar="FILE", help="the program to measure (this repository's release build)")
    parser.add_argument("--scratch", type=Path, default=programs.SCRATCH, metavar="DIR", help=f"where Hugo is installed ({programs.SCRATCH})")
    asked = parser.parse_args()
    names = [asked.only] if asked.only else ["bokworm", "hugo"]
    asked.bokworm = programs.bokworm(asked.bokworm) if "bokworm" in names else None
    asked.hugo = programs.hugo(asked.scratch) if "hugo" in names else None
    print(f"{asked.pages} pages, medians of {asked.saves}; {machine.machine()}\n")
    with machine.workplace() as work:
        show(measure(asked, names, work))


if __name__ == "__main__":
    main()
