#!/usr/bin/env python3
"""What a new user does from five starting points, until the site is online.

    bench/first_hour.py [--bokworm target/release/bokworm] [--only docusaurus …]

Begins with nothing, with the classic template of Docusaurus (of the package create-docusaurus on npm), with what `mkdocs new`
makes (MkDocs from PyPI), with a book as mdBook begins one, and with a folder of Markdown. In each it runs `bokworm init`,
`bokworm build` and `bokworm headers --format nginx`, starts a real nginx with the recipe of docs/publishing.md, and follows
every link of the site from its front page on. For MkDocs and mdBook the addresses that those publish are asked for as well.
It prints the steps with their seconds. The status is 1 if a command fails or an address is a 404.
"""
import argparse
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import venv
from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def nothing(_scratch, site):
    site.mkdir()
    return []


def docusaurus(scratch, site):
    run("npm", "pack", "--silent", "create-docusaurus", cwd=scratch)
    shutil.unpack_archive(next(scratch.glob("create-docusaurus-*.tgz")), scratch / "npm")
    for template in ("shared", "classic"):
        shutil.copytree(scratch / "npm/package/templates" / template, site, dirs_exist_ok=True)
    # Where Docusaurus publishes the pages of the template; links of its own have no slash.
    return ["docs/intro", "docs/tutorial-basics/create-a-page", "docs/category/tutorial---basics"]


def mkdocs(scratch, site):
    venv.create(scratch / "venv", with_pip=True)
    run(scratch / "venv/bin/pip", "install", "--quiet", "--disable-pip-version-check", "mkdocs", cwd=scratch)
    run(scratch / "venv/bin/mkdocs", "--quiet", "new", site, cwd=scratch)
    write(site, {"docs/guide/first.md": "# First\n\n[Home](../index.md)\n"})
    built = scratch / "mkdocs-site"
    run(scratch / "venv/bin/mkdocs", "--quiet", "build", "--site-dir", built, cwd=site)
    pages = (page.parent.relative_to(built).as_posix() for page in built.rglob("index.html"))
    return ["" if page == "." else f"{page}/" for page in pages]


def mdbook(_scratch, site):
    write(site, {
        "book.toml": '[book]\ntitle = "Our book"\nauthors = ["Us"]\nlanguage = "en"\nsrc = "src"\n',
        ".gitignore": "book\n",
        "src/SUMMARY.md": "# Summary\n\n- [First](./first.md)\n- [Part](./part/README.md)\n  - [Second](./part/second.md)\n",
        "src/first.md": "# First\n\n[On](part/second.md)\n",
        "src/part/README.md": "# Part\n",
        "src/part/second.md": "# Second\n\n[Back](../first.md)\n",
    })
    return ["first.html", "part/index.html", "part/second.html"]


def folder(_scratch, site):
    write(site, {
        "README.md": "# Our notes\n\nBegin with [meetings](meetings.md).\n",
        "meetings.md": "# Meetings\n\n![A mark](mark.svg) [Decisions](how/decisions.md)\n",
        "how/decisions.md": "# Decisions\n\n[Meetings](../meetings.md)\n",
        "mark.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>',
    })
    return ["meetings/", "how/decisions/"]


STARTS = {start.__name__: start for start in (nothing, docusaurus, mkdocs, mdbook, folder)}


def write(site, files):
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)


def run(*command, cwd):
    ran = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True)
    if ran.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: status {ran.returncode}\n{ran.stdout}{ran.stderr}")
    return ran.stdout


class Nginx:
    """nginx with the recipe of the manual, for one site."""

    def __init__(self, scratch, public, headers):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        recipe = re.search(r"^```nginx\n(.*?)^```$", (HERE / "docs/publishing.md").read_text(), re.S | re.M).group(1)
        for what, by in (("listen 80", f"listen 127.0.0.1:{port}"), ("/srv/www", public), ("/etc/nginx/headers.conf", headers)):
            assert what in recipe, what
            recipe = recipe.replace(what, str(by))
        temporary = " ".join(
            f"{name}_temp_path {scratch}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        configuration = scratch / "nginx.conf"
        configuration.write_text(
            f"daemon off; pid {scratch}/pid; error_log {scratch}/errors; worker_processes 1; events {{}}\n"
            f"http {{ include /etc/nginx/mime.types; access_log off; {temporary}\n{recipe} }}\n")
        self.address = f"http://127.0.0.1:{port}/"
        self.process = subprocess.Popen(
            [shutil.which("nginx") or "/usr/sbin/nginx", "-e", scratch / "errors", "-c", configuration],
            stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return
            except OSError:
                time.sleep(0.025)
        sys.exit("nginx doesn't answer")

    def end(self):
        self.process.terminate()
        self.process.wait()


class Names(HTMLParser):
    """What a page names."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, _tag, attributes):
        self.found += [value for name, value in attributes if name in ("href", "src") and value]


def crawl(start, more):
    """Follows all links; the number of pages and the addresses that are none, each with who names it."""
    named = {start: "the beginning", **{start + place: "who published before" for place in more}}
    waiting, pages, dead = list(named), 0, []
    while waiting:
        address = waiting.pop()
        try:
            with urllib.request.urlopen(address) as answer:
                body, at = answer.read(), answer.geturl()
                is_page = answer.headers.get_content_type() == "text/html"
        except urllib.error.HTTPError as error:
            dead.append(f"{error.code} {address} named by {named[address]}")
            continue
        if not is_page:
            continue
        pages += 1
        for name in Names(body.decode()).found:
            to = urllib.parse.urldefrag(urllib.parse.urljoin(at, name)).url
            if to.startswith(start) and to not in named:
                named[to] = at
                waiting.append(to)
    return pages, dead


def play(name, bokworm):
    """One user's way; whether all went well."""
    with tempfile.TemporaryDirectory(prefix="bokworm-first-hour-") as scratch:
        scratch = Path(scratch)
        # nginx is started by root in some places, and reads as somebody else.
        scratch.chmod(0o755)
        site = scratch / "site"
        before = STARTS[name](scratch, site)
        files = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
        print(f"\n{name}")
        for words in (["init"], ["build"], ["headers", "--format", "nginx"]):
            begun = time.monotonic()
            told = run(bokworm, *words, cwd=site)
            print(f"  {time.monotonic() - begun:6.2f} s  bokworm {' '.join(words)}")
            if words == ["init"]:
                print("".join(f"            {line}\n" for line in told.splitlines() if line), end="")
        (scratch / "headers.conf").write_text(told)
        changed = [file for file, was in files.items() if file.read_bytes() != was]
        nginx = Nginx(scratch, site / "public", scratch / "headers.conf")
        try:
            begun = time.monotonic()
            pages, dead = crawl(nginx.address, before)
            print(f"  {time.monotonic() - begun:6.2f} s  {pages} pages followed, {len(before)} addresses from before")
        finally:
            nginx.end()
        wrong = dead + [f"changed: {file.relative_to(site)}" for file in changed]
        print("".join(f"  WRONG     {line}\n" for line in wrong), end="")
        return not wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bokworm", default=HERE / "target/release/bokworm", type=Path)
    parser.add_argument("--only", nargs="+", choices=STARTS, default=list(STARTS))
    said = parser.parse_args()
    went_well = [play(name, said.bokworm.resolve()) for name in said.only]
    sys.exit(0 if all(went_well) else 1)


if __name__ == "__main__":
    main()
