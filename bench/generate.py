#!/usr/bin/env python3
"""Makes a body of knowledge of any size, the same one each time, for one generator or several.

    bench/generate.py 1000 --out /tmp/books
    bench/generate.py 5000 --out /tmp/books --for bokworm hugo

Writes /tmp/books/bokworm, /tmp/books/hugo, … each ready to be built. Sections are nested three
deep; a page has 3 to 6 tags out of 60 and about 6 kB of Markdown: headings, a table, a code
block, 8 links to other pages, a picture, and on one page in twenty a list of pages with a tag.
`bokworm-bare` and `bokworm-no-search` are bokworm's without code that could be highlighted and
a search index, and without the latter only.
"""
import argparse
from pathlib import Path

import dialects
from book import Book


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=int, help="how many Markdown files, the home page and the sections' pages among them")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where they are written; folders of these names there are replaced")
    parser.add_argument("--for", dest="names", nargs="+", choices=list(dialects.DIALECTS), default=["bokworm", "hugo", "mdbook"],
                        metavar="NAME", help=f"whom for: {', '.join(dialects.DIALECTS)} (by default the first three)")
    asked = parser.parse_args()
    dialects.write(Book(asked.pages), asked.names, asked.out)


if __name__ == "__main__":
    main()
