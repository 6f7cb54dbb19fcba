#!/usr/bin/env python3
"""Makes the typeface of the theme, `templates/atkinson-next*.woff2`, from npm's `@fontsource-variable/atkinson-hyperlegible-next`.

    npm pack @fontsource-variable/atkinson-hyperlegible-next && tar xzf fontsource-variable-*.tgz
    pip install fonttools brotli && typeface/make.py package

Of the weights 400 to 700 remain, of the italics 400 alone; hints and features that the theme doesn't use go. Prints what each
weighs, and what the fallback in `theme.css` must be made of so that nothing moves when the typeface arrives. Licence: `LICENSE`.
"""

import argparse
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
PARTS = {
    "latin-wght-normal": ("atkinson-next", (400, 400, 700)),
    "latin-wght-italic": ("atkinson-next-italic", 400),
    "latin-ext-wght-normal": ("atkinson-next-ext", (400, 400, 700)),
}
# Italics are seldom, and so have the letters of most Latin languages only.
ITALICS = [*range(0x20, 0x7F), 0xA0, 0xAB, 0xBB, 0xC0, 0xC4, 0xC9, 0xD6, 0xDC, *range(0xDF, 0x100)]
ITALICS += [0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x201E, 0x2026]
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]

# How often letters stand in English in a thousand, and how wide each is in Arial, which nearly every machine has or imitates.
LETTERS = {
    "e": (127, 556), "t": (91, 278), "a": (82, 556), "o": (75, 556), "i": (70, 222), "n": (67, 556), "s": (63, 500),
    "h": (61, 556), "r": (60, 333), "d": (43, 556), "l": (40, 222), "u": (28, 556), "c": (28, 500), "m": (24, 833),
    "w": (24, 722), "f": (22, 278), "g": (20, 556), "y": (20, 500), "p": (19, 556), "b": (15, 556), "v": (10, 500),
    "k": (8, 500), " ": (190, 278),
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("package", type=Path, help="the unpacked npm package")
    package = arguments.parse_args().package
    for part, (name, weights) in PARTS.items():
        font = TTFont(package / "files" / f"atkinson-hyperlegible-next-{part}.woff2")
        options = Options(flavor="woff2", hinting=False, notdef_outline=True, layout_features=FEATURES, name_IDs=[0, 1, 2, 13, 14])
        options.drop_tables += ["STAT", "DSIG", "MVAR"]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=ITALICS if "italic" in name else font.getBestCmap().keys())
        subsetter.subset(font)
        font = instancer.instantiateVariableFont(font, {"wght": weights})
        font.flavor = "woff2"
        target = TEMPLATES / f"{name}.woff2"
        font.save(target)
        print(target.name, target.stat().st_size, "bytes")
        if name == "atkinson-next":
            tell_fallback(font)


def tell_fallback(font: TTFont) -> None:
    letters, widths, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    ours = sum(often * widths[letters[ord(letter)]][0] / units for letter, (often, _) in LETTERS.items())
    arial = sum(often * wide / 1000 for often, wide in LETTERS.values())
    ratio, head = ours / arial, font["hhea"]
    print(f"size-adjust: {ratio:.1%}; ascent-override: {head.ascent / units / ratio:.1%}; descent-override: {-head.descent / units / ratio:.1%}")


if __name__ == "__main__":
    main()
