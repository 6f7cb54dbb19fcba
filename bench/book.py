"""A body of knowledge of any size that nobody wrote: which sections it has and what its pages
say, the same on every machine. What a page says follows from its number and the number of pages
alone, so none has to be kept. How links and lists are spelt is left to `dialects`.

Pages are numbered: 0 is the home page, then the sections' own pages, then all others.
"""
from dataclasses import dataclass

import samples
from words import DOING, HEADINGS, TAGS, THINGS, Dice

PAGES_IN_SECTION = 25
IMAGES = 12
LINKS = 8


@dataclass(frozen=True)
class Page:
    number: int
    folder: tuple  # the names of the sections around it
    name: str      # of its file; None for a section's own page
    title: str
    place: int     # among its neighbours, from 1


class Book:
    def __init__(self, pages):
        if pages < 8:
            raise SystemExit("a body of knowledge has at least 8 pages")
        self.size = pages
        wide = max(1, round((pages / PAGES_IN_SECTION) ** (1 / 3)))
        self.sections = list(_sections(wide))
        self.innermost = [folder for folder in self.sections if len(folder) == 3]
        self.first = 1 + len(self.sections)

    def page(self, number):
        if number == 0:
            return Page(0, (), None, "Home", 1)
        if number < self.first:
            folder = self.sections[number - 1]
            return Page(number, folder, None, _section_title(folder), int(folder[-1].rsplit("-", 1)[1]))
        at, inner, others = number - self.first, len(self.innermost), self.size - self.first
        section = at * inner // others
        place = at - -(-section * others // inner) + 1
        dice = Dice(number)
        title = f"{dice.pick(DOING)} {dice.pick(THINGS)} {number}"
        return Page(number, self.innermost[section], title.lower().replace(" ", "-"), title, place)

    def all(self):
        return map(self.page, range(self.size))

    def tags(self, number):
        """3 to 6; the pages of sections have none."""
        return Dice(number + 10_000_000).some(TAGS, 3 + number % 4) if number >= self.first else []

    def description(self, number):
        return Dice(number + 20_000_000).sentence().translate({ord(mark): None for mark in "*`"})

    def body(self, number, dialect):
        """About 6 kB of Markdown: headings, paragraphs, 8 links, a list, code, a table, a picture."""
        dice, page = Dice(number + 30_000_000), self.page(number)
        links = iter([dialect.link(page, self.page(self._target(number, near, dice))) for near in (True, False) * (LINKS // 2)])
        parts = []
        for at, heading in enumerate(HEADINGS):
            link = next(links)
            first = f"{dice.paragraph(2)} As {link} says, {dice.word()} is {dice.word()}."
            parts += [f"{'###' if at % 3 == 2 else '##'} {heading}", first, dice.paragraph(2 + at % 2)]
            parts += EXTRAS[at](page, dialect, dice)
        parts.append(f"Read on in {next(links)}.")
        if number % 20 == 0:
            # Of the practice around the page: about ten pages, however large the book is.
            parts.append(dialect.tag_list(dice.pick(TAGS), "/".join(page.folder[:2] or self.sections[1])))
        return "\n\n".join(part for part in parts if part) + "\n"

    def _target(self, number, near, dice):
        if near and number >= self.first:
            return min(max(self.first, number - 12 + dice.below(25)), self.size - 1)
        return dice.below(self.size)


def _sections(wide):
    for top in range(1, wide + 1):
        yield (f"area-{top}",)
        for middle in range(1, wide + 1):
            yield (f"area-{top}", f"practice-{middle}")
            for inner in range(1, wide + 1):
                yield (f"area-{top}", f"practice-{middle}", f"group-{inner}")


def _section_title(folder):
    kind = folder[-1].split("-")[0].capitalize()
    return f"{kind} {'.'.join(name.rsplit('-', 1)[1] for name in folder)}"


def _bullets(page, dialect, dice):
    return ["\n".join(f"- {dice.sentence()}" for _ in range(5))]


def _code(page, dialect, dice):
    return ["```{}\n{}\n```".format(*dialect.code(*samples.block(dice)))]


def _table(page, dialect, dice):
    rows = [f"| {dice.word()} | {dice.word()} | {dice.below(1000)} | {' '.join(dice.word() for _ in range(6))} |" for _ in range(6)]
    return ["\n".join(["| What | Who | Points | Why |", "| --- | --- | ---: | --- |", *rows])]


def _picture(page, dialect, dice):
    return [f"![How {dice.word()} leads to {dice.word()}]({dialect.image(page, dice.below(IMAGES))})"]


def _quote(page, dialect, dice):
    return [f"> {dice.paragraph(2)}"]


def _numbers(page, dialect, dice):
    return ["\n".join(f"{at}. {dice.sentence()}" for at in range(1, 5))]


def _nothing(page, dialect, dice):
    return []


# What each part has besides its paragraphs.
EXTRAS = [_nothing, _bullets, _code, _table, _picture, _quote, _numbers]
