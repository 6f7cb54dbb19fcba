//! Words without their endings, so that other forms of a word are found: by Snowball's stemmer of the site's language. The
//! index says of each word what its stem is, so that browsers need no stemmer; for a word that the site doesn't
//! have in that form, they get the endings that words of the language have.

use std::borrow::Cow;
use std::collections::BTreeMap;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::{irregular, run, spelling, token};

/// What finds the stems of a language's words.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    language: &'static StemmedLanguage,
}

/// How a word becomes its stem: letters are cut from its end, others put there. Written in so many bytes: a digit, the letters.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct StemChange {
    bytes: [u8; 7],
    length: u8,
}

/// What we know of a language besides.
struct StemmedLanguage {
    code: &'static str,
    algorithm: Algorithm,
    /// Endings as `token` writes them, and as the stemmer knows them.
    accents: &'static [(&'static str, &'static str)],
    /// Endings that forms of a word have, for sites on which too few words stand.
    endings: &'static str,
}

impl Stems {
    /// Those of a language by its code; where there is no stemmer for it, each word is its own stem.
    pub(super) fn of(code: &str) -> Self {
        let main = code.split(['-', '_']).next().unwrap_or_default();
        if main.eq_ignore_ascii_case(KOREAN.code) {
            return Self { stemmer: None, language: &KOREAN };
        }
        let language = LANGUAGES.iter().find(|language| main.eq_ignore_ascii_case(language.code));
        Self {
            stemmer: language.map(|language| Stemmer::create(language.algorithm)),
            language: language.unwrap_or(&NONE),
        }
    }

    /// How a word becomes its stem; nothing for a word that is its own.
    pub(super) fn change(&self, word: &[u8]) -> StemChange {
        let Ok(word) = std::str::from_utf8(word) else { return StemChange::default() };
        StemChange::of(word, &self.stem(word))
    }

    /// The stem of a word.
    pub(super) fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let Some(stemmer) = &self.stemmer else { return Cow::Borrowed(self.without_particle(word)) };
        let is_plain = |c: char| c.is_alphabetic() && !token::is_unspaced(c);
        if word.len() < 3 || !word.chars().all(is_plain) {
            return Cow::Borrowed(word);
        }
        if self.language.code == "en" {
            let word = irregular::base(word).unwrap_or(word);
            let mut stem = stemmer.stem(&spelling::one(word)).into_owned();
            mend_english(&mut stem);
            return Cow::Owned(stem);
        }
        for (folded, written) in self.language.accents {
            if let Some(before) = word.strip_suffix(folded) {
                let stem = stemmer.stem(&format!("{before}{written}")).into_owned();
                return Cow::Owned(token::fold(&stem));
            }
        }
        stemmer.stem(word)
    }

    /// A Korean word without what follows a noun; any other as it is.
    fn without_particle<'a>(&self, word: &'a str) -> &'a str {
        let particles = self.language.endings.split_ascii_whitespace();
        let stems = particles.filter_map(|particle| word.strip_suffix(particle));
        stems.filter(|stem| stem.chars().count() > 1).min_by_key(|stem| stem.len()).unwrap_or(word)
    }

    /// Endings that forms of a word have, most frequent first: those that words of a site have, by how these change, and some of the language's.
    pub(super) fn endings<'a>(&self, words: impl Iterator<Item = (&'a [u8], StemChange)>) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (word, change) in words {
            if let Some(ending) = std::str::from_utf8(word).ok().and_then(|word| change.ending(word)) {
                *counts.entry(ending).or_default() += 1;
            }
        }
        let mut seen: Vec<(&str, usize)> = counts.into_iter().filter(|(_, count)| *count >= SELDOM).collect();
        seen.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        let mut all: Vec<&str> = self.language.endings.split_ascii_whitespace().collect();
        let known = all.len();
        all.extend(seen.into_iter().map(|(ending, _)| ending).take(MOST));
        let more = all.split_off(known);
        let more: Vec<&str> = more.into_iter().filter(|ending| !all.contains(ending)).collect();
        all.extend(more);
        all.join(" ")
    }
}

/// An ending counts that so many words of a site have.
const SELDOM: usize = 3;
/// So many endings of its own words a site tells at most.
const MOST: usize = 120;

/// What Snowball leaves apart: `compliance` and `compliant` belong to `comply` as `reliance` to `rely`, `evidence` to `evident`.
fn mend_english(stem: &mut String) {
    let base = ["anc", "ant"].iter().find_map(|ending| stem.strip_suffix(ending)).map(str::len);
    match base {
        Some(base) if base > 3 && stem.as_bytes()[base - 1] == b'i' => stem.truncate(base),
        _ if stem.len() > 4 && (stem.ends_with("anc") || stem.ends_with("enc")) => {
            stem.pop();
            stem.push('t');
        }
        _ => {}
    }
}

impl StemChange {
    fn of(word: &str, stem: &str) -> Self {
        let common: usize =
            word.chars().zip(stem.chars()).take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8()).sum();
        let cut = word[common..].encode_utf16().count();
        let put = &stem.as_bytes()[common..];
        let mut change = Self::default();
        // A stem that has nothing of its word would be looked for elsewhere.
        if word == stem || common == 0 || put.len() >= change.bytes.len() {
            return change;
        }
        change.bytes[0] = run::digit(cut);
        change.bytes[1..=put.len()].copy_from_slice(put);
        change.length = 1 + put.len() as u8;
        change
    }

    /// It as it is written.
    pub(super) fn written(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }

    /// The stem of a word that it belongs to.
    pub(super) fn applied<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let Some((&cut, put)) = self.written().split_first() else { return Cow::Borrowed(word) };
        let mut letters = word.char_indices().rev();
        let end = run::value(cut).checked_sub(1).map_or(word.len(), |at| letters.nth(at).map_or(0, |(at, _)| at));
        Cow::Owned(format!("{}{}", &word[..end], String::from_utf8_lossy(put)))
    }

    /// The end of a word that it changes.
    fn ending<'a>(&self, word: &'a str) -> Option<&'a str> {
        let cut = run::value(*self.written().first()?);
        let from = word.char_indices().rev().nth(cut.checked_sub(1)?)?.0;
        Some(&word[from..])
    }
}

const fn plain(code: &'static str, algorithm: Algorithm) -> StemmedLanguage {
    StemmedLanguage { code, algorithm, accents: &[], endings: "" }
}

static NONE: StemmedLanguage = plain("", Algorithm::English);

/// There is no stemmer for it: these stand after nouns. (The algorithm isn't used.)
static KOREAN: StemmedLanguage = StemmedLanguage {
    endings: "은 는 이 가 을 를 의 에 에서 에게 으로 로 와 과 도 만 까지 부터 처럼 보다 이나 이란 란 에는 에도 에서는 으로는 로는",
    ..plain("ko", Algorithm::English)
};

static LANGUAGES: [StemmedLanguage; 34] = [
    plain("ar", Algorithm::Arabic),
    plain("ca", Algorithm::Catalan),
    plain("cs", Algorithm::Czech),
    plain("da", Algorithm::Danish),
    StemmedLanguage {
        code: "de",
        algorithm: Algorithm::German,
        accents: &[],
        endings: "ungen heiten keiten lichen ischen ung heit keit lich isch ern em en er es e n s",
    },
    plain("el", Algorithm::Greek),
    StemmedLanguage {
        code: "en",
        algorithm: Algorithm::English,
        accents: &[],
        endings: "s es ed ing ings e y ies ied ying er ers or ors ly al ally ment ments ness ation ations ion ions ive ives ance ances \
                  ant ants ence ences ent ents ability abilities able ible ibility ity ities ful ize izes ized izing izer ization \
                  izations ise ises ised ising iser isation isations ce se ced sed ces ses ating ated ates ate ical ic ics",
    },
    plain("eo", Algorithm::Esperanto),
    StemmedLanguage {
        code: "es",
        algorithm: Algorithm::Spanish,
        accents: &[("cion", "ción"), ("sion", "sión"), ("logia", "logía"), ("logias", "logías")],
        endings: "aciones acion mente ados adas idos idas ando iendo ado ada ido ida ar er ir es as os a o e s",
    },
    plain("et", Algorithm::Estonian),
    plain("eu", Algorithm::Basque),
    plain("fa", Algorithm::Persian),
    plain("fi", Algorithm::Finnish),
    StemmedLanguage {
        code: "fr",
        algorithm: Algorithm::French,
        accents: &[("ite", "ité"), ("ites", "ités"), ("ee", "ée"), ("ees", "ées")],
        endings: "ations ation ements ement euses euse eurs eur antes ante ants ant ees ee es er ez ir e s x",
    },
    plain("ga", Algorithm::Irish),
    plain("hi", Algorithm::Hindi),
    plain("hu", Algorithm::Hungarian),
    plain("hy", Algorithm::Armenian),
    plain("id", Algorithm::Indonesian),
    StemmedLanguage {
        code: "it",
        algorithm: Algorithm::Italian,
        accents: &[("ita", "ità")],
        endings: "azioni azione mente ando endo ati ate ato ata are ere ire i e a o",
    },
    plain("lt", Algorithm::Lithuanian),
    plain("nb", Algorithm::Norwegian),
    plain("ne", Algorithm::Nepali),
    StemmedLanguage {
        code: "nl",
        algorithm: Algorithm::Dutch,
        accents: &[],
        endings: "ingen heden elijk ing heid en er es e s",
    },
    plain("nn", Algorithm::Norwegian),
    plain("no", Algorithm::Norwegian),
    StemmedLanguage {
        code: "pl",
        algorithm: Algorithm::Polish,
        accents: &[],
        endings: "a ac ach al ala ali ami anie ania cie e ego ej em emu i ich ie im imi nia nie niem o om ow owi u y ych ym ymi",
    },
    StemmedLanguage {
        code: "pt",
        algorithm: Algorithm::Portuguese,
        accents: &[
            ("cao", "ção"),
            ("coes", "ções"),
            ("encia", "ência"),
            ("encias", "ências"),
            ("avel", "ável"),
            ("ivel", "ível"),
        ],
        endings: "acoes acao mente ados adas ando endo ado ada ar er ir es as os a o e s",
    },
    plain("ro", Algorithm::Romanian),
    StemmedLanguage {
        code: "ru",
        algorithm: Algorithm::Russian,
        accents: &[],
        endings: "а е и й о у ы ь ю я ам ами ах ая ее ей ем ему ет ев его ие ий им ими ит их ия ов ого ой ом ому ою ое ость ости \
                  ть ую ые ый ым ыми ых юю ют ям ями ях яя ат ят ал ала али ало ла ли ло ния ний нии нию нием",
    },
    StemmedLanguage {
        code: "sv",
        algorithm: Algorithm::Swedish,
        accents: &[],
        endings: "heterna heten heter ningar ning arna erna orna ande ar er or en et a e s",
    },
    plain("ta", Algorithm::Tamil),
    plain("tr", Algorithm::Turkish),
    plain("uk", Algorithm::Ukrainian),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem_and_other_words_another() {
        let together = [
            ("en", "implement implements implementing implemented"),
            ("en", "compliance compliant comply complying complies"),
            ("en", "licence licences license licensed licensing"),
            ("en", "policy policies"),
            ("en", "vulnerability vulnerabilities vulnerable"),
            ("en", "organise organising organizes organized"),
            ("en", "keep keeps kept keeping"),
            ("en", "person persons people"),
            ("de", "lizenz lizenzen"),
            ("es", "licencia licencias"),
            ("es", "implementacion implementaciones"),
            ("pt", "organizacao organizacoes"),
            ("fr", "vulnerabilite vulnerabilites"),
            ("ru", "лицензия лицензии лицензию"),
            ("ru", "открытый открытого открытым"),
            ("pl", "licencja licencje"),
            ("ko", "보안 보안을 보안은 보안에서"),
        ];
        for (language, words) in together {
            let stems = Stems::of(language);
            let all: Vec<_> = words.split(' ').map(|word| stems.stem(word)).collect();
            assert!(all.iter().all(|stem| *stem == all[0]), "{all:?}");
        }
        let stems = Stems::of("en-GB");
        for (one, other) in [("comments", "come"), ("policy", "police"), ("general", "generous"), ("organ", "organize")]
        {
            assert_ne!(stems.stem(one), stems.stem(other));
        }
    }

    #[test]
    fn a_change_is_what_is_cut_and_what_is_put() {
        let written =
            |word: &str, stem: &str| String::from_utf8(StemChange::of(word, stem).written().to_vec()).unwrap();
        assert_eq!(written("policies", "polici"), "C");
        assert_eq!(written("policy", "polici"), "Bi");
        assert_eq!(written("saga", "saga"), "");
        for (word, stem) in [("policies", "polici"), ("policy", "polici"), ("saga", "saga"), ("лицензия", "лиценз")]
        {
            assert_eq!(StemChange::of(word, stem).applied(word), stem);
        }
        assert_eq!(written("лицензия", "лиценз"), "C");
        assert_eq!(StemChange::of("лицензия", "лиценз").ending("лицензия"), Some("ия"));
    }

    #[test]
    fn endings_are_those_of_the_site_and_of_the_language() {
        let stems = Stems::of("tr");
        let words = ["sistemleri", "lisansleri", "projeleri", "kod"].map(str::as_bytes);
        assert_eq!(stems.endings(words.iter().map(|word| (*word, stems.change(word)))), "leri");
        assert!(Stems::of("en").endings(std::iter::empty()).starts_with("s es ed "));
        assert_eq!(Stems::of("zh").endings(words.iter().map(|word| (*word, StemChange::default()))), "");
    }
}
