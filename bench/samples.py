"""Blocks of code in six languages, with names and numbers that differ from page to page, since
a block that stands on two pages may be highlighted once.
"""
from words import RARE

SAMPLES = [
    ("rust", """/// The @one@ of a @two@, at most FEW of them.
#[derive(Clone, Debug, Default)]
pub struct Register {
    @one@: Vec<String>,
    open: bool,
}

impl Register {
    pub fn admit(&mut self, name: &str) -> Result<usize, Error> {
        if !self.open || self.@one@.len() >= FEW {
            return Err(Error::Full { limit: FEW, name: name.to_owned() });
        }
        self.@one@.push(format!("@three@-{name}-{}", MANY)); // as in @four@
        Ok(self.@one@.len())
    }
}"""),
    ("python", """from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    \"\"\"What a review of the @one@ came to.\"\"\"
    name: str
    weight: float = FEW / MANY

    def told(self, others=()):
        # the heaviest first
        known = {other.name: other for other in others if other.weight > FEW}
        if self.name in known or not self.name.startswith("@two@"):
            raise ValueError(f"{self.name} is no @three@")
        return sorted(known, key=lambda name: -known[name].weight)[:FEW] + ["@four@"]"""),
    ("json", """{
  "name": "@one@",
  "version": "1.FEW.0",
  "license": ["Apache-2.0", "MIT"],
  "private": false,
  "depends": {
    "@two@": { "version": "^MANY", "optional": true },
    "@three@": { "version": "~FEW.2", "checksum": null }
  },
  "reviewed": [
    { "by": "@four@", "points": FEW.5 },
    { "by": "@one@", "points": -MANY }
  ]
}"""),
    ("bash", """#!/usr/bin/env bash
# Gathers the licenses of every @one@ below a folder.
set -eu
limit=${LIMIT:-FEW}
found=0
while IFS= read -r -d '' file; do
  if grep -qiE '@two@|@three@' "$file" && (( found < limit )); then
    printf '%s\\t%d\\n' "${file##*/}" "$((found += 1))"
  elif [[ $file == *.@four@ ]]; then
    echo "skipped: $file" >&2
  fi
done < <(find "${1:-.}" -name 'LICENSE*' -size -MANYk -print0)
test "$found" -gt 0 || exit 1"""),
    ("yaml", """# How @one@ are reviewed
review:
  name: "@one@ and @two@"
  every: FEW days
  required: true
  steps:
    - title: Look at @three@
      limit: MANY
      skip: [draft, "@four@"]
    - title: Tell the stewards
      when: { changed: yes, weight: 0.FEW }
  text: |
    Whoever changed a @two@
    asks one of the @three@."""),
    ("js", """import { open } from 'node:fs/promises';

const LIMIT = MANY;

/** Reads the @one@ of a file, FEW at a time. */
export async function* batches(path, { size = FEW, strict = false } = {}) {
  const file = await open(path);
  let batch = [];
  for await (const line of file.readLines()) {
    if (/^@two@\\s*=/.test(line) || (strict && line.length > LIMIT)) continue;
    batch.push({ name: line.trim(), kind: `@three@-${batch.length}`, known: null });
    if (batch.length === size) yield batch.splice(0, size);
  }
  if (batch.length > 0) yield batch; // @four@
}"""),
]


def block(dice):
    """A language, and a text in it."""
    language, text = dice.pick(SAMPLES)
    for name in ("one", "two", "three", "four"):
        text = text.replace(f"@{name}@", dice.pick(RARE))
    return language, text.replace("FEW", str(dice.below(90) + 1)).replace("MANY", str(dice.below(9000) + 100))
