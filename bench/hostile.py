#!/usr/bin/env python3
"""Pages that somebody made to take long: what a build of each takes, and whether that grows faster than the page.

    bench/hostile.py [--size 100000] [--only NAME …]

Builds a site of one page that is made of one thing alone, in so many bytes and in twice as many, with raw HTML trusted and
cleaned. Prints each that takes over a second and over two and a half times as long at twice the size, and each that ends
otherwise than with a site or with findings. The status is 1 if there is one.
"""
import argparse
import shutil
import subprocess
import sys
import time

import machine
import programs

# What is written again and again.
REPEATED = {
    "quotes": "> ", "lists in each other": "- ", "list": "- x\n", "emphasis": "*a _b ", "strong and not": "**a*", "struck out": "~~a~",
    "links left open": "[a](", "targets left open": "[a](<b", "pictures left open": "![a](", "labels": "[a][b] ", "brackets": "[",
    "closing brackets": "]", "wiki links": "[[a]] ", "wiki links left open": "[[a", "addresses": "http://a.b/c ", "mail": "a@b.c ",
    "attributes left open": '<a b="', "tags left open": "<a ", "comments left open": "<!--", "data left open": "<![CDATA[",
    "references": "&amp;", "ampersands": "&", "tables": "| a | b |\n|---|---|\n| 1 | 2 |\n\n", "formulas": "$a$ ", "formulas left open": "$$a",
    "fences": "```\n", "boxes left open": ":::note\n", "boxes": ":::note\nx\n:::\n", "lists by tag": '<BokTagList tag="a" />\n\n',
    "tabs left open": "<Tabs>", "tabs": '<Tabs><Tab label="a">x</Tab></Tabs>\n\n', "braces": "{a}", "comments in braces": "{/* ",
    "imports": 'import a from "b"\n', "headings": "# a\n\n", "underlined headings": "a\n=\n", "headings with ids": "# a {#b}\n\n",
    "rules": "---\n", "breaks": "a\\\n", "emoji": ":smile:", "colons": ":", "lines below": "_", "stars": "*", "spaces": " ",
    "empty lines": "\n", "zeros": "\0", "marks of byte order": "\ufeff", "nothing of any width": "\u200b", "a word": "a", "Chinese": "\u4f9b",
    "Hebrew": "\u05d0 ", "accents": "\u0301", "definitions": "a\n: b\n\n", "tasks": "- [ ] a\n", "details": "<details>", "divs": "<div>",
    "divs and ends of others": "<div></gone>", "spans": "<span>", "items": "<li>a", "paragraphs": "<p>a", "tables in HTML": "<table><tr><td>",
    "crossed": "<b>a</i>", "drawings": "<svg><g>", "scripts": "<script>", "styles": "<style>a{}</style>", "forms": "<form><button>",
    "anchors left open": "<a href=x>y", "fonts left open": "<font color=a>x</p>",
}


def pages(size):
    """Each page with its name: of about so many bytes."""
    for name, part in REPEATED.items():
        yield name, f"# A\n\n{part * (size // len(part.encode()) + 1)}\n"
    yield "many left open", "# A\n\n" + "".join(f"<b class={at}>" for at in range(400)) + "<p>x" * (size // 4)
    yield "labels defined", "# A\n\n" + "".join(f"[r{at}]: /x\n" for at in range(size // 12)) + "\n[r1] " * (size // 12)
    yield "footnotes", "# A\n\n" + "".join(f"[^{at}]\n\n[^{at}]: x\n\n" for at in range(size // 24))
    yield "other headings", "# A\n\n" + "".join(f"## a{at}\n\n" for at in range(size // 9))
    yield "wide table", "# A\n\n|" + "a|" * 500 + "\n|" + "-|" * 500 + "\n" + ("|" + "b|" * 500 + "\n") * (size // 1000)
    yield "fractions", "# A\n\n$$" + "\\frac{1}{" * (size // 9) + "$$\n"
    yield "code", "# A\n\n```js\n" + 'a/*"`${' * (size // 7) + "\n```\n"
    yield "diagram", "# A\n\n```mermaid\nflowchart LR\n" + "".join(f"a{at}-->a{at * 7 % 997}\n" for at in range(size // 12)) + "```\n"
    yield "keys", "---\n" + "".join(f"k{at}: {at}\n" for at in range(size // 12)) + "---\nx\n"
    yield "tags", "---\ntags: [" + ",".join(f'"t{at}"' for at in range(size // 8)) + "]\n---\nx\n"
    yield "keys left open", "---\n" + "a: [" * (size // 4) + "\n---\n"


def build(asked, project, html, page):
    """Seconds that a build takes, and how it ended."""
    for made in ("public", ".bokworm"):
        shutil.rmtree(project / made, ignore_errors=True)
    (project / "book.toml").write_text(f'[site]\ntitle = "Hostile"\n\n[markdown]\nhtml = "{html}"\n')
    (project / "content/index.md").write_text(page, newline="")
    begun = time.monotonic()
    try:
        ran = subprocess.run([asked.bokworm, "-C", project, "build", "--quiet"], capture_output=True, timeout=asked.most)
        return time.monotonic() - begun, ran.returncode
    except subprocess.TimeoutExpired:
        return asked.most, "no end"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000, metavar="BYTES", help="of the smaller page (100000)")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these pages alone")
    parser.add_argument("--most", type=float, default=60, metavar="SECONDS", help="after which a build is ended (60)")
    parser.add_argument("--bokworm", metavar="FILE", help="the program to measure (this repository's release build)")
    asked = parser.parse_args()
    asked.bokworm = programs.bokworm(asked.bokworm)
    told = 0
    with machine.workplace() as project:
        (project / "content").mkdir()
        print(f"{asked.size} and {2 * asked.size} bytes; {machine.machine()}\n")
        for html in ("trusted", "safe"):
            for (name, page), (_, larger) in zip(pages(asked.size), pages(2 * asked.size)):
                if asked.only and name not in asked.only:
                    continue
                (took, code), (longer, code_of_larger) = (build(asked, project, html, text) for text in (page, larger))
                is_wrong = not {code, code_of_larger} <= {0, 1}
                if is_wrong or longer > 1 and longer > 2.5 * took:
                    told += 1
                    print(f"{name:28}{html:9}{took:7.2f} s, {longer:7.2f} s at twice the size, ended with {code}, {code_of_larger}", flush=True)
    print(f"{told} of {2 * sum(1 for _ in pages(1))} take longer than in proportion")
    sys.exit(told > 0)


if __name__ == "__main__":
    main()
