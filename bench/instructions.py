#!/usr/bin/env python3
"""How many instructions each stage of a build takes, beside those of the last time.

    bench/instructions.py              # count, and show the change
    bench/instructions.py --accept     # take the counts as those to compare with
    bench/instructions.py --runs 3     # how far they differ from run to run

Seconds depend on what else the machine does; instructions hardly do. A site of 200 pages goes
through the stages on one thread (examples/stages.rs) under callgrind, a part of valgrind, which has
to be installed. bench/instructions.json holds the counts to compare with. Other compilers and other
processors come to other counts, so a change is told and never an error; --accept belongs into the
commit that meant the change. What the system does for the program (reading, writing) is not counted.
"""
import argparse
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import machine
import programs

KEPT = machine.HERE / "instructions.json"
PAGES = 200
# What the program ends with where code was left without colours because the clock said so.
BUSY = "the machine is too busy: highlighting was given up"
# Changes below this are told as they are, but come and go by themselves.
NOISE = 0.01
# The libraries as `cargo test` has compiled them, and our own crates once more, with optimization: compiling everything
# as a release would take many minutes and tell little more.
CRATES = ["bokworm", "bokworm-highlight"]
PROFILE = ["opt-level=1", "debug=false", "debug-assertions=false", "overflow-checks=false"]


def build():
    """The program that goes through the stages."""
    options = ["--config", "profile.dev.incremental=false"]
    for crate in CRATES:
        for setting in PROFILE:
            options += ["--config", f"profile.dev.package.{crate}.{setting}"]
    subprocess.run(["cargo", "build", "--quiet", "--example", "stages", *options], cwd=programs.ROOT, check=True)
    return programs.TARGET / "debug/examples/stages"


def count(program, work):
    """The instructions of each stage, by its name."""
    shutil.rmtree(work / "out", ignore_errors=True)
    dump = work / "callgrind"
    # Callgrind writes its counts down, and begins again at zero, whenever a stage ends.
    valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={dump}", "--dump-before=*stage_ends*"]
    argv = [*valgrind, str(program), str(work / "bokworm"), str(work / "out")]
    for _ in range(3):
        done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if BUSY not in done.stderr:
            break
    else:
        sys.exit(BUSY)
    stages = done.stdout.split()
    dumps = [Path(f"{dump}.{at}") for at in range(1, len(stages) + 1)]
    if done.returncode or not stages or not dumps[-1].exists():
        sys.exit(f"the stages could not be counted:\n{done.stderr[-2000:]}")
    counts = [int(re.search(r"^summary: (\d+)", dump.read_text(), re.M).group(1)) for dump in dumps]
    return dict(zip(stages, counts))


def told(change):
    return f"{100 * change:+.1f} %" + (" !" if abs(change) > NOISE else "")


def show(counts, kept, spread):
    """The table, and what it can be compared with."""
    before = kept["instructions"]
    counts = {**counts, "all": sum(counts.values())}
    before = {**before, "all": sum(before.values())} if before else {}
    print(f"{'stage':12}{'million instructions':>22}{'a page':>10}   change{'     from run to run' if spread else ''}")
    for stage, now in counts.items():
        change = told(now / before[stage] - 1) if before.get(stage) else "new"
        print(f"{stage:12}{now / 1e6:22.1f}{now / PAGES:10.0f}   {change:10}{spread.get(stage, '')}".rstrip())
    for stage in before.keys() - counts.keys():
        print(f"{stage:12}{'gone':>22}")
    if kept["compiler"] != compiler():
        print(f"Compared with counts of {kept['compiler'] or 'nothing'}; this is {compiler()}: small changes mean nothing.")


def compiler():
    return subprocess.run(["rustc", "--version"], capture_output=True, text=True).stdout.strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true", help="keep these counts as those to compare with")
    parser.add_argument("--runs", type=int, default=1, metavar="N", help="count so often; medians are shown, and how far the counts differ (1)")
    asked = parser.parse_args()
    if not shutil.which("valgrind"):
        sys.exit("valgrind is not installed: `apt-get install valgrind`, or the like")
    program = build()
    with machine.workplace() as work:
        machine.generate(PAGES, ["bokworm"], work)
        runs = [count(program, work) for _ in range(asked.runs)]
    counts = {stage: int(machine.median([run[stage] for run in runs])) for stage in runs[0]}
    spread = {}
    if asked.runs > 1:
        spread = {stage: f"     {100 * (max(run[stage] for run in runs) / min(run[stage] for run in runs) - 1):.3f} %" for stage in counts}
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {"compiler": "", "instructions": {}}
    show(counts, kept, spread)
    if asked.accept:
        KEPT.write_text(json.dumps({"compiler": compiler(), "pages": PAGES, "instructions": counts}, indent=2) + "\n")


if __name__ == "__main__":
    main()
