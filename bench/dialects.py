"""The same body of knowledge as three generators want it: folders and names, front matter, how a
link, a picture and a list are spelt. Whatever else a generator needs (configuration, theme) comes
from the folder of its name beside this file.
"""
import json
import shutil
import struct
import zlib
from pathlib import Path

from book import IMAGES

HERE = Path(__file__).resolve().parent


class Bokworm:
    name = "bokworm"
    pages, images = "content", "static/img"

    def __init__(self, highlighting=True, search=True):
        self.highlighting, self.search = highlighting, search

    def file(self, page):
        return "/".join(page.folder + ((page.name or "index") + ".md",))

    def address(self, page):
        """Where the page is served."""
        return "/" + "/".join(page.folder + ((page.name,) if page.name else ()))

    def link(self, page, to):
        return f"[{to.title}]({_relative(page.folder, to.folder)}{to.name or 'index'}.md)"

    def image(self, page, number):
        return f"/img/figure-{number}.png"

    def tag_list(self, tag, folder):
        return f'<BokTagList tag="{tag}" filter="{folder}" />'

    def code(self, language, text):
        return (language if self.highlighting else "text"), text

    def front_matter(self, page, description, tags):
        return _yaml({"title": page.title, "description": description, "tags": tags, "sidebar_position": page.place})

    def finish(self, book, folder):
        search = "" if self.search else "\n[search]\nenabled = false\n"
        # What no peer makes, it doesn't make here either.
        (folder / "book.toml").write_text(
            f'[site]\ntitle = "Body of knowledge"\nurl = "https://example.org"\nlanguage = "en"\n[urls]\nstyle = "file"\n{search}'
            "\n[theme]\ncards = false\n\n[formats]\nmarkdown = false\nllms = false\nfeed = false\njson_ld = false\n"
            "\n[headers]\nenabled = false\n")


class Hugo:
    name = "hugo"
    pages, images = "content", "static/img"

    def file(self, page):
        return "/".join(page.folder + ((page.name or "_index") + ".md",))

    def link(self, page, to):
        return f"[{to.title}](/{'/'.join(to.folder + ((to.name + '.md',) if to.name else ()))})"

    def image(self, page, number):
        return f"/img/figure-{number}.png"

    def tag_list(self, tag, folder):
        return '{{< tagged "' + tag + '" "' + folder + '" >}}'

    def code(self, language, text):
        return language, text

    def front_matter(self, page, description, tags):
        return _yaml({"title": page.title, "description": description, "tags": tags, "weight": page.place})

    def finish(self, book, folder):
        shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)


class MdBook:
    name = "mdbook"
    pages, images = "src", "src/img"

    def file(self, page):
        return "/".join(page.folder + ((page.name or "index") + ".md",))

    def link(self, page, to):
        return f"[{to.title}]({_relative(page.folder, to.folder)}{to.name or 'index'}.md)"

    def image(self, page, number):
        return "../" * len(page.folder) + f"img/figure-{number}.png"

    def tag_list(self, tag, folder):
        return ""  # it has no tags

    def code(self, language, text):
        return language, text

    def front_matter(self, page, description, tags):
        return f"# {page.title}\n\n{description}\n\n"

    def finish(self, book, folder):
        shutil.copytree(HERE / "mdbook", folder, dirs_exist_ok=True)
        lines = ["# Summary\n"]
        # A section's page, then what lies in it: the order of their paths with sections numbered.
        for page in sorted(book.all(), key=lambda page: (page.folder, page.name is not None, page.place)):
            depth = len(page.folder) - 1 + (page.name is not None)
            item = f"[{page.title}]({self.file(page)})"
            lines.append("    " * depth + f"- {item}" if page.folder else f"{item}\n")
        (folder / "src/SUMMARY.md").write_text("\n".join(lines) + "\n")


DIALECTS = {
    "bokworm": Bokworm(),
    "hugo": Hugo(),
    "mdbook": MdBook(),
    "bokworm-bare": Bokworm(highlighting=False, search=False),
    "bokworm-no-search": Bokworm(search=False),
}


def write(book, dialects, out):
    """Writes the book for each of some dialects, as `out/NAME/`."""
    for name in dialects:
        shutil.rmtree(out / name, ignore_errors=True)
        for folder in [(), *book.sections]:
            (out / name / DIALECTS[name].pages).joinpath(*folder).mkdir(parents=True, exist_ok=True)
        _pictures(out / name / DIALECTS[name].images)
    for page in book.all():
        description, tags = book.description(page.number), book.tags(page.number)
        for name in dialects:
            dialect = DIALECTS[name]
            text = dialect.front_matter(page, description, tags) + book.body(page.number, dialect)
            (out / name / dialect.pages / dialect.file(page)).write_text(text)
    for name in dialects:
        DIALECTS[name].finish(book, out / name)


def _relative(here, there):
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "".join(f"{name}/" for name in there[shared:])


def _yaml(fields):
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items() if value) + "---\n\n"


def _pictures(folder):
    """Small pictures, each with another slope."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(IMAGES):
        rows = b"".join(b"\0" + bytes((x * number // 2 + y * 3) % 256 for x in range(240)) for y in range(135))
        chunks = (b"IHDR", struct.pack(">IIBBBBB", 240, 135, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")
        body = b"".join(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)
        (folder / f"figure-{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + body)
