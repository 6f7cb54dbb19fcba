#!/usr/bin/env python3
"""How much computing `bokworm diff` takes beside what a build takes to read and parse.

    bench/diff.py [--pages 5000] [--runs 7]
    bench/diff.py --site FOLDER

Makes a body of knowledge (see generate.py) under git, or copies the project that is named and puts it there, edits
every hundredth page, has one more and one less, and runs `diff`, `build --timings` and `diff` again in turn, the first
two with nothing kept of the pages, as on a machine of CI. Prints medians of what the processor did for all threads: the
whole of diff, the build's reading and parsing, the ratio, and the diff that finds what the build kept. A difference
should stay below twice reading and parsing, since it reads a site and what is another of the second. The status is 1 if
one of the two could not run.
"""
import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

import machine
import programs

PERSON = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false"]


def stage(table, name):
    """Seconds of the processor that a stage of `build --timings` took, of all threads."""
    return float(re.search(rf"^{name}\s+[\d.]+ ms\s+([\d.]+) ms", table, re.M).group(1)) / 1000


def commit(project):
    """Puts a project under git as it is."""
    with open(project / ".gitignore", "a") as ignored:
        ignored.write("\npublic\n.bokworm\n")
    for told in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "As it was"]):
        subprocess.run(["git", *PERSON, *told], cwd=project, check=True)


def edit(pages):
    """A word more on every hundredth page, and a section without one; a page more, and one less. How many are another."""
    edited = [page for page in sorted(pages.rglob("*.md")) if page.stem.lower() not in ("index", "readme")][::100]
    for page in edited:
        page.write_text(page.read_text() + "\n## A section that is new\n\nIt links to [itself](#a-section-that-is-new).\n")
    edited[0].with_name("one-more.md").write_text("---\ntitle: One more\n---\n\nNobody knew of it.\n")
    edited[-1].unlink()
    return len(edited) + 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=5000, metavar="N", help="size of the site (5000)")
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="how often each is run; medians are shown (7)")
    parser.add_argument("--site", type=Path, metavar="FOLDER", help="a project whose copy is compared, in place of one that is made")
    parser.add_argument("--content", default="content", metavar="NAME", help="where its pages lie (content)")
    parser.add_argument("--bokworm", metavar="FILE", help="the program to measure (this repository's release build)")
    asked = parser.parse_args()
    bokworm = programs.bokworm(asked.bokworm)
    diffs, afters, readings = [], [], []
    with machine.workplace() as work:
        project = work / "bokworm"
        if asked.site:
            shutil.copytree(asked.site, project, ignore=shutil.ignore_patterns(".git", "public", ".bokworm"))
            subprocess.run(["chmod", "-R", "u+w", project], check=True)
        else:
            machine.generate(asked.pages, ["bokworm"], work)
        commit(project)
        edited = edit(project / asked.content)
        size = sum(1 for _ in (project / asked.content).rglob("*.md"))
        # What the rest of a build keeps is kept here, too: only the pages are read anew each time.
        machine.run([bokworm, "-C", project, "build", "--quiet"])
        for _ in range(asked.runs):
            kept = list((project / ".bokworm").rglob("pages*"))
            if not kept:
                sys.exit("nothing was kept of the pages, so that nobody knows where to forget it")
            for place in kept:
                shutil.rmtree(place, ignore_errors=True)
                place.unlink(missing_ok=True)
            told = machine.run([bokworm, "-C", project, "diff", "HEAD", "--format", "json"])
            built = machine.run([bokworm, "-C", project, "build", "--quiet", "--timings"])
            again = machine.run([bokworm, "-C", project, "diff", "HEAD", "--format", "json"])
            if told.code or again.code or built.code == 2:
                sys.exit(told.said[-2000:] + built.said[-2000:] + again.said[-2000:])
            diffs.append(told)
            afters.append(again)
            readings.append(stage(built.said, "read") + stage(built.said, "parse"))
        found = told.said.count('"event"')
    cpu, wall = machine.median([run.cpu for run in diffs]), machine.median([run.wall for run in diffs])
    reading = machine.median(readings)
    print(f"{size} pages, {edited} edited, medians of {asked.runs}; {machine.machine()}\n")
    print(f"diff {cpu:.3f} s CPU ({wall:.3f} s by the clock, {found} changes told), "
          f"reading and parsing {reading:.3f} s CPU, ratio {cpu / reading:.2f}")
    print(f"after a build: diff {machine.median([run.cpu for run in afters]):.3f} s CPU")
    print("each: " + ", ".join(f"{run.cpu:.2f}/{read:.2f}" for run, read in zip(diffs, readings)))


if __name__ == "__main__":
    main()
