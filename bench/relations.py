#!/usr/bin/env python3
"""What relations, queries and a matrix add to a build, and to a save in the preview.

    bench/relations.py [--pages 5000] [--relations 5] [--lists 50] [--runs 5] [--saves 50]

Makes a body of knowledge (see generate.py) twice: as it is, and with so many relations on each page (shown at
both ends), so many lists by query and a matrix. Builds both in turn, from scratch, and prints the medians of the
processor's time, what the second takes more, and what its `--timings` tell of relations and lists. Then the
preview of the second: from a save of a page to the page. `--saves 0` leaves that out, `--only` makes the two and stops.
"""
import argparse
import json
import re
import shutil
import sys
import time
from pathlib import Path

import dialects
import machine
import programs
from book import Book
from preview import Preview
from words import TAGS, THINGS, Dice

PLAIN, RELATED = "plain", "related"
# Of five: two that a page needs, two that it lowers, one that it belongs to. The last are few, as roles are.
RELATIONS = [("needs", "Needs", "Needed by"), ("lowers", "Lowers", "Lowered by"), ("led_by", "Led by", "Leads")]
# A tag and a number are put in.
LISTS = [
    "<BokTagList query='tag:\"{tag}\" and needs:any' limit={{12}} />",
    "<BokTagList query='tag:\"{tag}\" or lowers:(tag:\"{tag}\")' layout=\"table\" columns=\"position, tags\" limit={{30}} />",
    "There are <BokTagList query='led_by:any and position <= {number}' layout=\"count\" /> of them.",
    "<BokTagList query='needed-by:(tag:\"{tag}\") and not in:area-1' layout=\"list\" limit={{20}} sort=\"title\" />",
    "<BokTagList query='in:area-1 and word:{word}' layout=\"inline\" limit={{10}} />",
]
MATRIX = "<BokMatrix rows=\"kind:Role\" columns=\"kind:Level\" query='in:area-1 and led_by:any' />"


def targets(book, number, many):
    """The pages that a page names, for each relation."""
    dice = Dice(number + 40_000_000)
    chosen = {name: [] for name, *_ in RELATIONS}
    for at in range(many):
        name = RELATIONS[min(at % 5 // 2, 2)][0]
        to = 1 + dice.below(book.first - 1) if name == "led_by" else book.first + dice.below(book.size - book.first)
        if to != number and to not in chosen[name]:
            chosen[name].append(to)
    return {name: found for name, found in chosen.items() if found}


def relate(book, project, many, lists):
    """Writes relations, lists and a matrix into a project's pages; how many relations."""
    dialect, written = dialects.DIALECTS["bokworm"], 0
    every = max(1, (book.size - book.first) // lists) if lists else 0
    for number in range(book.first, book.size):
        file = project / "content" / dialect.file(book.page(number))
        named = targets(book, number, many)
        written += sum(map(len, named.values()))
        keys = "".join(f"{name}: {json.dumps([dialect.address(book.page(to)).strip('/') for to in found])}\n" for name, found in named.items())
        text = file.read_text().replace("\n---\n", f"\n{keys}---\n", 1)
        at = (number - book.first) // every if every and (number - book.first) % every == 0 else lists
        if at < lists:
            dice = Dice(number + 50_000_000)
            text += "\n" + LISTS[at % len(LISTS)].format(tag=dice.pick(TAGS), number=1 + dice.below(9), word=dice.pick(THINGS).lower()) + "\n"
        file.write_text(text)
    with (project / "content/index.md").open("a") as file:
        file.write("\n" + MATRIX + "\n" if lists else "")
    with (project / "book.toml").open("a") as file:
        for name, label, inverse in RELATIONS:
            file.write(f'\n[relations.{name}]\nlabel = "{label}"\ninverse = "{inverse}"\n')
    return written


def make(asked, work):
    """The two projects; how many relations the second has."""
    book = Book(asked.pages)
    machine.generate(asked.pages, ["bokworm"], work)
    (work / "bokworm").rename(work / PLAIN)
    shutil.copytree(work / PLAIN, work / RELATED)
    return relate(book, work / RELATED, asked.relations, asked.lists)


def build(asked, project):
    shutil.rmtree(project / "public", ignore_errors=True)
    shutil.rmtree(project / ".bokworm", ignore_errors=True)
    built = machine.run([asked.bokworm, "-C", project, "build", "--quiet", "--timings"])
    if built.code:
        sys.exit(built.said[-2000:])
    return built


def told(said, name):
    """Milliseconds of all threads that `--timings` tells of a part of the work."""
    found = re.search(rf"^{name}\s.*?([\d.]+) ms$", said, re.M)
    return float(found.group(1)) if found else None


def measure_builds(asked, work):
    runs = {name: [] for name in (PLAIN, RELATED)}
    for _ in range(asked.runs):
        for name in runs:
            runs[name].append(build(asked, work / name))
    for name, taken in runs.items():
        cpu, wall = machine.median([run.cpu for run in taken]), machine.median([run.wall for run in taken])
        print(f"{name:10}{cpu:8.2f} s CPU{wall:8.2f} s by the clock{machine.median([run.memory for run in taken]):8.0f} MB")
    plain, related = (machine.median([run.cpu for run in runs[name]]) for name in runs)
    print(f"{'more':10}{related - plain:8.2f} s CPU, {(related / plain - 1) * 100:.1f} %")
    for part in ("relations", "lists"):
        took = [told(run.said, part) for run in runs[RELATED]]
        if None not in took:
            share = machine.median([told(run.said, part) / told(run.said, "all") for run in runs[RELATED]])
            print(f"{part:10}{machine.median(took):8.0f} ms of all threads as --timings tells, {share * 100:.1f} % of the build")


def measure_saves(asked, work):
    project, port = work / RELATED, machine.free_port()
    book = Book(asked.pages)
    page = book.page(book.first + (book.size - book.first) // 2)
    dialect = dialects.DIALECTS["bokworm"]
    begun = time.perf_counter()
    with machine.server([asked.bokworm, "-C", project, "serve", "--port", port]) as process:
        preview = Preview("bokworm", port, project / "content" / dialect.file(page), dialect.address(page), "/tags")
        preview.await_first(begun, process)
        for at in range(asked.saves):
            time.sleep(0.3)
            preview.save_line(at)
    times = preview.page_times
    print(f"save to page {machine.median(times) * 1000:.1f} ms, 95 of 100 within {machine.percentile(times, 0.95) * 1000:.1f} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=5000, metavar="N", help="size of the site (5000)")
    parser.add_argument("--relations", type=int, default=5, metavar="N", help="how many other pages each page names (5)")
    parser.add_argument("--lists", type=int, default=50, metavar="N", help="how many pages hold a list by query (50)")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="how often each is built; medians are shown (5)")
    parser.add_argument("--saves", type=int, default=50, metavar="N", help="how often a page is saved (50)")
    parser.add_argument("--only", type=Path, metavar="DIR", help="write the two projects there and measure nothing")
    parser.add_argument("--bokworm", metavar="FILE", help="the program to measure (this repository's release build)")
    asked = parser.parse_args()
    if asked.only:
        print(make(asked, asked.only.resolve()), "relations")
        return
    asked.bokworm = programs.bokworm(asked.bokworm)
    with machine.workplace() as work:
        written = make(asked, work)
        print(f"{asked.pages} pages, {written} relations, {asked.lists} lists, medians of {asked.runs}; {machine.machine()}\n")
        if asked.runs:
            measure_builds(asked, work)
        if asked.saves:
            measure_saves(asked, work)


if __name__ == "__main__":
    main()
