"""What made-up pages are made of: words and tags, drawn with dice that fall the same way
on every machine and under every version of Python.
"""

MASK = (1 << 64) - 1

COMMON = """the a of and to in that for with by on as from at each every one two most some no its their our who
which when before after until during without against beyond once again often never may must should can will
review policy team license notice owner source change record risk level share audit build supply chain maintain
project decide measure report answer question plan budget train teach release publish approve contribute depend
component package version inventory vulnerability patch fix issue request merge branch commit history author
company community foundation customer vendor contract obligation permission copyright trademark patent export
security privacy quality support process role goal strategy value cost benefit effort practice guideline template
checklist example reason result evidence exception escalation deadline meeting mentor newcomer steward champion""".split()

HEADS, MIDDLES, ENDS = "bor dal fen gim har jel kun lom mer nis pol rut".split(), "a e i o u ai au ei".split(), \
    "bund dric farn gost helm kast lind mont nard prag quist rond senk tarn vald wick".split()
RARE = [head + middle + end for end in ENDS for middle in MIDDLES for head in HEADS]
WORDS = COMMON + RARE

KINDS = ["Role", "Level", "Risk", "Artifact", "Phase", "Topic"]
TREES = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Juniper", "Larch"]
TAGS = [f"{tree} ({kind})" for kind in KINDS for tree in TREES]

DOING = ["Approving", "Building", "Choosing", "Describing", "Explaining", "Funding", "Governing", "Handling", "Keeping",
         "Licensing", "Maintaining", "Naming", "Opening", "Planning", "Reviewing", "Sharing", "Teaching", "Using"]
THINGS = ["Advisories", "Budgets", "Components", "Decisions", "Exceptions", "Forks", "Guidelines", "Handovers",
          "Inventories", "Licenses", "Meetings", "Notices", "Policies", "Questions", "Releases", "Standards", "Trainings"]
HEADINGS = ["In short", "Who takes part", "What it takes", "How to begin", "What can go wrong", "How it is measured", "What comes next"]


class Dice:
    """Numbers that look like chance and follow from the seed (SplitMix64)."""

    def __init__(self, seed):
        self.state = seed * 0xD1342543DE82EF95 & MASK

    def below(self, bound):
        self.state = self.state + 0x9E3779B97F4A7C15 & MASK
        mixed = (self.state ^ self.state >> 30) * 0xBF58476D1CE4E5B9 & MASK
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & MASK
        return (mixed ^ mixed >> 31) % bound

    def pick(self, things):
        return things[self.below(len(things))]

    def some(self, things, count):
        """So many different ones, in the order of the list."""
        chosen = set()
        while len(chosen) < count:
            chosen.add(self.below(len(things)))
        return [things[at] for at in sorted(chosen)]

    def word(self):
        """The earlier in the list, the more often, as in any language."""
        return WORDS[self.below(len(WORDS)) * self.below(len(WORDS)) * self.below(len(WORDS)) // len(WORDS) ** 2]

    def sentence(self):
        words = [self.word() for _ in range(8 + self.below(10))]
        dress = self.below(8)
        if dress < 3:
            at, mark = self.below(len(words)), ("**", "`", "*")[dress]
            words[at] = f"{mark}{words[at]}{mark}"
        text = " ".join(words)
        return text[0].upper() + text[1:] + "."

    def paragraph(self, sentences):
        return " ".join(self.sentence() for _ in range(sentences))

