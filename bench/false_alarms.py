#!/usr/bin/env python3
"""What `bokworm check` tells of text that nobody wrote for bokworm, to be read one finding at a time.

    bench/false_alarms.py gather FOLDER             # pages of packages of PyPI, npm and crates.io, a folder a package
    bench/false_alarms.py tell FOLDER [--code CODE …] [--all-codes] [--sample 200] [--bokworm target/release/bokworm]

`gather` takes the Markdown out of source packages of PyPI and npm (the lists below, or `--pypi` and `--npm`), and of the crates
that cargo has downloaded. It installs nothing and runs nothing of what it gets.
`tell` checks each folder as a site of its own, counts findings by kind, and prints a sample with the lines around each: as
many of every kind as there are, up to a fair share. Links are left out unless asked for, since packages hold a part of their
project's files only. The same seed (`--seed`) takes the same sample. Whether a finding is right is for the reader to say.
"""
import argparse
import concurrent.futures
import io
import json
import os
import random
import re
import subprocess
import sys
import tarfile
import tempfile
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
MOST_BYTES = 400_000
# What tests read is made to be wrong.
MADE_FOR_TESTS = {"test", "tests", "fixtures", "testdata", "snapshots", "__fixtures__", "__tests__"}

PYPI = """ansible-lint checkov cookiecutter copier dagster datasets fastapi great-expectations gradio hatch hypothesis jupyter-book
kedro litellm litestar marimo markdown mdformat mkdocs mkdocs-material mlflow mypy nicegui nox pdm pipx poetry polars pre-commit
pydantic reflex reuse ruff scrapy spacy sqlmodel streamlit strawberry-graphql textual tox typer uv wagtail akshare easyquotation
funasr jieba janome konlpy modelscope paddleocr pypinyin pythainlp qwen-agent sudachipy underthesea vnpy wechatpy""".split()
NPM = """@11ty/eleventy @babel/core @docusaurus/core ajv ant-design-vue antd axios chart.js commander core-js d3 dayjs echarts egg
element-plus eslint execa fastify gatsby handlebars hexo husky jest katex koa lint-staged markdown-it marked mermaid micromark
mocha mongoose nodemon npm nunjucks pino pnpm postcss prettier prisma react-hook-form redux remark rollup rxjs sequelize sharp
shelljs socket.io svelte swr three typeorm typescript undici vite vue webpack winston yargs zod""".split()

# Of these a package's own files say too little: what they lead to was left out of the package.
OF_LINKS = {
    "broken-link", "broken-anchor", "missing-file", "link-case", "anchor-case", "missing-alt", "missing-title", "no-front-page",
    "orphan-page", "unused-file", "unlisted-page", "idle-tag", "missing-words", "missing-translation", "address-conflict",
}


def markdown_of(archive, into):
    """Writes the Markdown files of a packed folder below `into`; answers how many there are."""
    count = 0
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        for member in packed:
            path = Path(*Path(member.name).parts[1:])
            fits = member.isfile() and 200 < member.size < MOST_BYTES and path.suffix.lower() == ".md"
            if fits and not MADE_FOR_TESTS & set(path.parts) and ".." not in path.parts and not path.is_absolute():
                (into / path).parent.mkdir(parents=True, exist_ok=True)
                (into / path).write_bytes(packed.extractfile(member).read())
                count += 1
    return count


def of_pypi(name, into):
    from pip._internal.models.index import PyPI

    index = os.environ.get("PIP_INDEX_URL", PyPI.simple_url).rstrip("/")
    page = f"{index}/{name}/"
    with urllib.request.urlopen(page, timeout=60) as answer:
        packed = re.findall(r'href="([^"#]+\.tar\.gz)', answer.read().decode())
    if not packed:
        return 0
    with urllib.request.urlopen(urllib.parse.urljoin(page, packed[-1]), timeout=180) as answer:
        return markdown_of(answer.read(), into / f"pypi-{name}")


def of_npm(name, into):
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(["npm", "pack", "--silent", name], cwd=folder, capture_output=True, text=True, check=True, timeout=300)
        packed = Path(folder) / told.stdout.strip().splitlines()[-1]
        return markdown_of(packed.read_bytes(), into / f"npm-{name.replace('/', '_')}")


def of_cargo(into):
    count = 0
    for crate in Path.home().glob(".cargo/registry/src/*/*"):
        for page in crate.rglob("*.md"):
            if 200 < page.stat().st_size < MOST_BYTES and not MADE_FOR_TESTS & set(page.relative_to(crate).parts):
                copy = into / f"crate-{crate.name}" / page.relative_to(crate)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(page.read_bytes())
                count += 1
    return count


def gather(arguments):
    into = arguments.folder
    into.mkdir(parents=True, exist_ok=True)
    count = of_cargo(into)
    with concurrent.futures.ThreadPoolExecutor(8) as workers:
        asked = {workers.submit(of_pypi, name, into): name for name in arguments.pypi}
        asked |= {workers.submit(of_npm, name, into): name for name in arguments.npm}
        for answer in concurrent.futures.as_completed(asked):
            try:
                count += answer.result()
            except Exception as fault:
                print(f"{asked[answer]}: {fault}", file=sys.stderr)
    print(f"{count} pages in {into}")


def findings_of(bokworm, folder):
    """The findings of one folder, checked as a site."""
    with tempfile.TemporaryDirectory() as project:
        configuration = Path(project) / "book.toml"
        configuration.write_text('[site]\ntitle = "Trial"\n')
        command = [bokworm, "check", "--config", configuration, "--source", folder, "--format", "json"]
        told = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if told.returncode not in (0, 1):
        print(f"{folder}: status {told.returncode}: {told.stderr.strip()[:300]}", file=sys.stderr)
    return [json.loads(line) | {"folder": folder} for line in told.stdout.splitlines() if line.startswith("{")]


def fair_sample(findings, wanted, seed):
    """So many of every kind as there are, up to a share that is the same for all; no folder speaks twice as long as another can."""
    by_kind = {}
    shuffled = sorted(findings, key=lambda finding: (str(finding["folder"]), finding["path"], finding["line"], finding["column"]))
    random.Random(seed).shuffle(shuffled)
    for finding in shuffled:
        by_kind.setdefault(finding["code"], {}).setdefault(finding["folder"], []).append(finding)
    rounds = []
    for folders in by_kind.values():
        in_turn = [found[at] for at in range(max(map(len, folders.values()))) for found in folders.values() if at < len(found)]
        rounds.append(in_turn)
    sample, at = [], 0
    while len(sample) < wanted and any(at < len(kind) for kind in rounds):
        sample += [kind[at] for kind in rounds if at < len(kind)]
        at += 1
    return sorted(sample[:wanted], key=lambda finding: finding["code"])


def show(finding):
    lines = Path(finding["file"]).read_text(errors="replace").split("\n")
    at = finding["line"] - 1
    print(f"\n## {finding['code']}: {finding['message']}\n   {finding['file']}:{finding['line']}:{finding['column']}")
    for number in range(max(0, at - 2), min(len(lines), at + 3)):
        around = lines[number]
        if number == at:
            around = around[max(0, finding["column"] - 90):]
        print(f"   {'>' if number == at else ' '} {around[:180]}")


def tell(arguments):
    folders = sorted(folder for folder in arguments.folder.iterdir() if folder.is_dir())
    pages = sum(1 for folder in folders for _ in folder.rglob("*.md"))
    with concurrent.futures.ThreadPoolExecutor(2) as workers:
        told = workers.map(lambda folder: findings_of(arguments.bokworm, folder), folders)
        findings = [finding for of_folder in told for finding in of_folder]
    if arguments.code:
        findings = [finding for finding in findings if finding["code"] in arguments.code]
    elif not arguments.all_codes:
        findings = [finding for finding in findings if finding["code"] not in OF_LINKS]
    for finding in findings:
        path = Path(finding["path"])
        tries = [finding["folder"] / path, path, finding["folder"] / Path(*path.parts[1:])]
        finding["file"] = next((str(place) for place in tries if place.is_file()), str(tries[0]))
    print(f"{pages} pages in {len(folders)} folders, {len(findings)} findings")
    for code, count in Counter(finding["code"] for finding in findings).most_common():
        folders_of = len({finding["folder"] for finding in findings if finding["code"] == code})
        print(f"{count:7} {code} ({folders_of} folders)")
    shown = [finding for finding in findings if Path(finding["file"]).is_file()]
    for finding in fair_sample(shown, arguments.sample, arguments.seed):
        show(finding)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    todo = parser.add_subparsers(required=True)
    gathering = todo.add_parser("gather", help="get pages out of packages")
    gathering.add_argument("folder", type=Path)
    gathering.add_argument("--pypi", nargs="*", default=PYPI)
    gathering.add_argument("--npm", nargs="*", default=NPM)
    gathering.set_defaults(run=gather)
    telling = todo.add_parser("tell", help="check them, and show some of what is told")
    telling.add_argument("folder", type=Path)
    telling.add_argument("--code", nargs="*", default=[])
    telling.add_argument("--all-codes", action="store_true")
    telling.add_argument("--sample", type=int, default=200)
    telling.add_argument("--seed", type=int, default=1)
    telling.add_argument("--bokworm", type=Path, default=HERE / "target/release/bokworm")
    telling.set_defaults(run=tell)
    arguments = parser.parse_args()
    if arguments.run is tell:
        arguments.bokworm = arguments.bokworm.resolve()
    arguments.folder = arguments.folder.resolve()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
