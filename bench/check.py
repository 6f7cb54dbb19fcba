#!/usr/bin/env python3
"""How long `bokworm check` takes beside what a build takes to read and parse.

    bench/check.py --bokworm target/release/bokworm [--pages 5000] [--runs 5]

Makes a deterministic body of knowledge on a file system in memory (where there is
one): sections nested three deep, 3 to 6 tags a page out of 60, about 6 kB of
Markdown with headings, a table, a code block, 8 links, a list on one page in twenty,
and one dead link in fifty pages. Then runs `check` and `build --timings` in turn and
prints the medians: the whole of check (wall and CPU), reading and parsing of the build,
and the ratio. Checking should stay below twice reading and parsing.
"""
import argparse, os, random, re, resource, shutil, statistics, subprocess, sys, tempfile, time
from pathlib import Path

MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None
WORDS = """review policy team release license notice owner source change record risk level open shared audit
build supply chain contribute maintain project decide measure report answer question plan budget train teach""".split()
TAGS = [f"{name} ({kind})" for kind in ("Role", "Level", "Risk", "Artifact") for name in
        ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Ilex", "Juniper", "Katsura", "Larch", "Maple", "Nutmeg", "Oak")]


def sentence(rng):
    return " ".join(rng.choice(WORDS) for _ in range(14)).capitalize() + "."


def page(number, total, rng):
    tags = "".join(f"  - {tag}\n" for tag in rng.sample(TAGS, rng.randint(3, 6)))
    parts = [f"---\ntitle: Page {number}\ndescription: {sentence(rng)}\ntags:\n{tags}---\n"]
    for heading in range(6):
        parts.append(f"\n## Part {heading}\n\n" + "\n\n".join(" ".join(sentence(rng) for _ in range(4)) for _ in range(2)) + "\n")
    links = [rng.randrange(total) for _ in range(8)]
    parts.append("\n" + " ".join(f"[see {to}](/{place(to)}#part-{rng.randrange(6)})" for to in links) + "\n")
    parts.append("\n| what | who |\n| --- | --- |\n| " + " |\n| ".join(f"{rng.choice(WORDS)} | {rng.choice(WORDS)}" for _ in range(5)) + " |\n")
    parts.append("\n```rust\n" + "\n".join(f"let value_{n} = compute({n}, \"{rng.choice(WORDS)}\");" for n in range(12)) + "\n```\n")
    if number % 20 == 0:
        parts.append(f'\n<BokTagList tag="{rng.choice(TAGS)}" />\n')
    if number % 50 == 0:
        parts.append("\nA [dead link](/nowhere/at-all).\n")
    return "".join(parts)


def place(number):
    return f"section-{number % 12}/part-{number // 12 % 10}/page-{number}"


def run(argv):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(argv, capture_output=True, text=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode == 2:
        sys.exit(done.stderr)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stderr


def stage(table, name):
    return float(re.search(rf"^{name}\s+([\d.]+) ms", table, re.M).group(1)) / 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bokworm", required=True)
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    bokworm = os.path.abspath(asked.bokworm)
    work = Path(tempfile.mkdtemp(dir=MEMORY))
    try:
        rng = random.Random(11)
        for number in range(asked.pages):
            file = work / "content" / f"{place(number)}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page(number, asked.pages, rng))
        (work / "book.toml").write_text('[site]\ntitle = "Bench"\n')
        checks, cpus, readings = [], [], []
        for _ in range(asked.runs):
            wall, cpu, _ = run([bokworm, "-C", str(work), "check", "--format", "json"])
            _, _, table = run([bokworm, "-C", str(work), "build", "--quiet", "--timings"])
            checks.append(wall)
            cpus.append(cpu)
            readings.append(stage(table, "read") + stage(table, "parse"))
        check, reading = statistics.median(checks), statistics.median(readings)
        print(f"{asked.pages} pages, medians of {asked.runs}: check {check:.3f} s ({statistics.median(cpus):.3f} s CPU), "
              f"reading and parsing {reading:.3f} s, ratio {check / reading:.2f}")
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
