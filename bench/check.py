#!/usr/bin/env python3
"""How long `bokworm check` takes beside what a build takes to read and parse.

    bench/check.py [--pages 5000] [--runs 5]

Makes a body of knowledge (see generate.py) with a dead link on every fiftieth page, runs `check` and
`build --timings` in turn and prints the medians: the whole of check, by the clock and of the processor,
reading and parsing of the build, and the ratio. Checking should stay below twice reading and parsing.
The status is 1 if one of the two could not run.
"""
import argparse
import re
import shutil
import sys

import machine
import programs


def stage(table, name):
    """Seconds by the clock of a stage of `build --timings`."""
    return float(re.search(rf"^{name}\s+([\d.]+) ms", table, re.M).group(1)) / 1000


def spoil(pages):
    """A dead link on every fiftieth page; how many."""
    spoilt = sorted(pages.rglob("*.md"))[::50]
    for page in spoilt:
        with page.open("a") as file:
            file.write("\nA [dead link](/nowhere/at-all).\n")
    return len(spoilt)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=5000, metavar="N", help="size of the site (5000)")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="how often each is run; medians are shown (5)")
    parser.add_argument("--bokworm", metavar="FILE", help="the program to measure (this repository's release build)")
    asked = parser.parse_args()
    bokworm = programs.bokworm(asked.bokworm)
    checks, readings = [], []
    with machine.workplace() as work:
        machine.generate(asked.pages, ["bokworm"], work)
        project = work / "bokworm"
        dead = spoil(project / "content")
        for _ in range(asked.runs):
            checks.append(machine.run([bokworm, "-C", project, "check", "--format", "json"]))
            shutil.rmtree(project / "public", ignore_errors=True)
            built = machine.run([bokworm, "-C", project, "build", "--quiet", "--timings"])
            if checks[-1].code == 2 or built.code:
                sys.exit(checks[-1].said[-2000:] + built.said[-2000:])
            readings.append(stage(built.said, "read") + stage(built.said, "parse"))
        found = checks[0].said.count('"code":"broken-link"')
    check, cpu = machine.median([run.wall for run in checks]), machine.median([run.cpu for run in checks])
    reading = machine.median(readings)
    print(f"{asked.pages} pages, medians of {asked.runs}; {machine.machine()}\n")
    print(f"check {check:.3f} s ({cpu:.3f} s CPU, {found} of {dead} dead links found), "
          f"reading and parsing {reading:.3f} s, ratio {check / reading:.2f}")


if __name__ == "__main__":
    main()
