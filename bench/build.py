#!/usr/bin/env python3
"""How long bokworm takes to build a site, beside Hugo, mdBook and the least that has to be done.

    bench/build.py                            # 200, 1,000 and 5,000 pages, medians of 5: the better part of an hour
    bench/build.py --pages 200 --runs 1       # a minute, to see that it works
    bench/build.py --pages 20000 --only bokworm hugo limit

Writes the same body of knowledge for each (see generate.py), on a file system in memory where there
is one, and builds it in turn: cold (no output, no cache), again after a line was added to one page,
and again with nothing changed. Prints a table: seconds by the clock and of the processor, peak
memory, files and bytes of the site, files written, how many times the fastest peer's time and the
limit's time a build took. Installs the peers into a folder of their own. The status is 1 if a build failed.
"""
import argparse
import json
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

import machine
import programs

PEERS = ("hugo", "mdbook")
WORK = {
    "cold": "cold",
    "edited": "one page edited",
    "same": "nothing changed",
}


@dataclass
class Builder:
    """A generator at work on its copy of the pages."""
    name: str
    tree: Path
    argv: list
    out: Path
    leftovers: list  # what would make a build less than cold
    again: bool = True  # whether it is asked for a second build
    runs: dict = field(default_factory=lambda: {work: [] for work in WORK})
    files: int = 0
    bytes: int = 0
    written: dict = field(default_factory=dict)

    def build(self, work):
        before = published(self.out)
        done = machine.run(self.argv)
        after = published(self.out)
        self.runs[work].append(done)
        self.files, self.bytes = len(after), sum(size for size, _ in after.values())
        self.written[work] = sum(before.get(path) != state for path, state in after.items())
        if done.code:
            print(f"{self.name} ended with {done.code}:\n{done.said[-2000:]}", file=sys.stderr)
        return done

    def cold(self):
        for folder in (self.out, *self.leftovers):
            shutil.rmtree(folder, ignore_errors=True)
        return self.build("cold")


def published(folder):
    """Each file of a site with its length and what changes when it is written."""
    files = {}
    for path in folder.rglob("*"):
        state = path.lstat()
        if not path.is_dir():
            files[path] = state.st_size, (state.st_ino, state.st_mtime_ns)
    return files


def builders(asked, work):
    """Everybody who takes part, with its program."""
    made = []

    def add(name, tree, argv, *leftovers, again=True):
        made.append(Builder(name, work / tree, argv, work / f"out-{name}", [work / leftover for leftover in leftovers], again))

    for name in asked.only:
        out = work / f"out-{name}"
        if name.startswith("bokworm"):
            cache = f"cache-{name}"
            argv = [asked.bokworm, "-C", work / name, "build", "--quiet", "--out", out, "--cache", work / cache]
            add(name, name, argv, cache)
        elif name == "hugo":
            argv = [asked.hugo, "--quiet", "--noBuildLock", "--source", work / name, "--destination", out, "--cacheDir", work / "cache-hugo"]
            add(name, name, argv, "cache-hugo", "hugo/resources")
        elif name == "mdbook":
            add(name, name, [asked.mdbook, "build", work / name, "--dest-dir", out])
        else:
            add(name, "bokworm", [asked.limit, work / "bokworm/content", out], again=False)
    return made


def measure(asked, pages, work):
    """All builds of one size, each in turn, so that a busy minute falls on all of them."""
    machine.generate(pages, sorted({"bokworm" if name == "limit" else name for name in asked.only}), work)
    taking_part = builders(asked, work)
    for at in range(asked.runs):
        for builder in taking_part:
            # The times of a slow one differ less than the patience of who waits for it.
            if at and machine.median([run.wall for run in builder.runs["cold"]]) > asked.patience:
                continue
            builder.cold()
            if builder.again:
                edited = a_page(builder.tree)
                with edited.open("a") as file:
                    file.write(f"\nOne more line, the {at + 1}th.\n")
                builder.build("edited")
                builder.build("same")
    return taking_part


def a_page(tree):
    """The same page of everybody's."""
    pages = sorted(path for path in tree.rglob("*-*.md"))
    return pages[len(pages) // 2]


def rows(pages, taking_part):
    """What the table says, as data."""
    def wall(builder, work):
        return machine.median([run.wall for run in builder.runs[work]])

    for work, title in WORK.items():
        some = [builder for builder in taking_part if builder.runs[work]]
        peers = [wall(builder, work) for builder in some if builder.name in PEERS]
        limits = [wall(builder, "cold") for builder in taking_part if builder.name == "limit"]
        for builder in some:
            runs = builder.runs[work]
            yield {
                "pages": pages, "build": title, "generator": builder.name, "runs": len(runs),
                "wall": wall(builder, work), "cpu": machine.median([run.cpu for run in runs]),
                "memory": machine.median([run.memory for run in runs]),
                "files": builder.files, "bytes": builder.bytes, "written": builder.written[work],
                "to_peer": wall(builder, work) / min(peers) if peers else None,
                "to_limit": wall(builder, work) / limits[0] if limits else None,
                "failed": any(run.code for run in runs),
            }


def table(rows):
    def ratio(value):
        return "" if value is None else f"{value:.3f}" if value < 0.1 else f"{value:.2f}"

    print(f"{'pages':>6}  {'build':16}{'generator':18}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}"
          f"{'files':>8}{'MB':>8}{'written':>9}{'× peer':>8}{'× limit':>9}  runs")
    last = None
    for row in rows:
        if last and last != row["build"]:
            print()
        last = row["build"]
        failed = " FAILED" if row["failed"] else ""
        print(f"{row['pages']:6}  {row['build']:16}{row['generator']:18}{row['wall']:8.3f}{row['cpu']:8.3f}{row['memory']:9.0f}"
              f"{row['files']:8}{row['bytes'] / 1e6:8.1f}{row['written']:9}{ratio(row['to_peer']):>8}{ratio(row['to_limit']):>9}"
              f"  {row['runs']}{failed}")
    print(flush=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[200, 1000, 5000], metavar="N", help="sizes of the site (200 1000 5000)")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="how often each is built; medians are shown (5)")
    names = ["bokworm", "hugo", "mdbook", "limit", "bokworm-no-search", "bokworm-bare"]
    parser.add_argument("--only", nargs="+", choices=names, default=names[:4], metavar="NAME",
                        help="who takes part (bokworm hugo mdbook limit); bokworm-no-search builds no search index, "
                             "bokworm-bare neither that nor highlights code")
    parser.add_argument("--patience", type=float, default=60, metavar="SECONDS", help="what takes longer for a cold build is built once (60)")
    parser.add_argument("--bokworm", metavar="FILE", help="the program to measure (this repository's release build)")
    parser.add_argument("--limit", metavar="FILE", help="the limit program, if it is built already")
    parser.add_argument("--scratch", type=Path, default=programs.SCRATCH, metavar="DIR", help=f"where the peers are installed ({programs.SCRATCH})")
    parser.add_argument("--work", type=Path, metavar="DIR", help="work in this folder and keep it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser.parse_args()


def main():
    asked = arguments()
    asked.bokworm = programs.bokworm(asked.bokworm)
    asked.limit = programs.limit(asked.limit) if "limit" in asked.only else None
    asked.hugo = programs.hugo(asked.scratch) if "hugo" in asked.only else None
    asked.mdbook = programs.mdbook(asked.scratch) if "mdbook" in asked.only else None
    versions = {"hugo": f", Hugo {programs.HUGO}", "mdbook": f", mdBook {programs.MDBOOK}"}
    print(f"{machine.machine(asked.work)}{''.join(versions[name] for name in PEERS if name in asked.only)}\n")
    figures = []
    for pages in asked.pages:
        with machine.workplace(asked.work and asked.work / str(pages)) as work:
            some = list(rows(pages, measure(asked, pages, work)))
        table(some)
        figures += some
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n")
    sys.exit(any(row["failed"] for row in figures))


if __name__ == "__main__":
    main()
