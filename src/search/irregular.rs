//! English words whose forms no rule makes: what a stemmer leaves apart, though nobody who searches does.

/// Forms, each behind the word that they are forms of.
const FORMS: [(&str, &[&str]); 66] = [
    ("become", &["became"]),
    ("begin", &["began", "begun"]),
    ("break", &["broke", "broken"]),
    ("bring", &["brought"]),
    ("build", &["built"]),
    ("buy", &["bought"]),
    ("catch", &["caught"]),
    ("child", &["children"]),
    ("choose", &["chose", "chosen"]),
    ("come", &["came"]),
    ("criterion", &["criteria"]),
    ("deal", &["dealt"]),
    ("draw", &["drew", "drawn"]),
    ("drive", &["drove", "driven"]),
    ("fall", &["fell", "fallen"]),
    ("feel", &["felt"]),
    ("fight", &["fought"]),
    ("forbid", &["forbade", "forbidden"]),
    ("forget", &["forgot", "forgotten"]),
    ("freeze", &["froze", "frozen"]),
    ("give", &["gave", "given"]),
    ("go", &["goes", "gone", "went"]),
    ("grow", &["grew", "grown"]),
    ("hear", &["heard"]),
    ("hide", &["hid", "hidden"]),
    ("hold", &["held"]),
    ("index", &["indices"]),
    ("keep", &["kept"]),
    ("know", &["knew", "known"]),
    ("lead", &["led"]),
    ("lend", &["lent"]),
    ("lose", &["lost"]),
    ("make", &["made"]),
    ("man", &["men"]),
    ("matrix", &["matrices"]),
    ("mean", &["meant"]),
    ("medium", &["media"]),
    ("meet", &["met"]),
    ("pay", &["paid"]),
    ("person", &["people"]),
    ("ride", &["rode", "ridden"]),
    ("rise", &["rose", "risen"]),
    ("run", &["ran"]),
    ("say", &["said"]),
    ("see", &["saw", "seen"]),
    ("seek", &["sought"]),
    ("sell", &["sold"]),
    ("send", &["sent"]),
    ("shake", &["shook", "shaken"]),
    ("show", &["shown"]),
    ("sing", &["sang", "sung"]),
    ("speak", &["spoke", "spoken"]),
    ("spend", &["spent"]),
    ("steal", &["stole", "stolen"]),
    ("swear", &["swore", "sworn"]),
    ("take", &["took", "taken"]),
    ("teach", &["taught"]),
    ("tell", &["told"]),
    ("think", &["thought"]),
    ("throw", &["threw", "thrown"]),
    ("understand", &["understood"]),
    ("wake", &["woke", "woken"]),
    ("wear", &["wore", "worn"]),
    ("win", &["won"]),
    ("woman", &["women"]),
    ("write", &["wrote", "written"]),
];

/// The word that one is an irregular form of.
pub(super) fn base(word: &str) -> Option<&'static str> {
    // The longest form has eleven letters, and few words are looked up: each that a site has, once.
    FORMS.iter().find(|(_, forms)| forms.contains(&word)).map(|(base, _)| *base)
}

/// All words that have such forms, each with these.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    FORMS.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_to_its_word_and_no_other_does() {
        assert_eq!(base("sought"), Some("seek"));
        assert_eq!(base("seek"), None);
        assert!(FORMS.is_sorted());
        assert!(FORMS.iter().all(|(word, forms)| base(word).is_none() && !forms.is_empty()));
    }
}
