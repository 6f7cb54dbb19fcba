//! "Did you mean": a word that isn't known, and of those that are the one it was
//! probably meant to be. Knows nothing of what the words stand for.

/// Longer words are names of nothing, and comparing costs the product of lengths.
const LONGEST: usize = 80;

/// The candidate nearest to `word`: one that differs only in case or in `-`, `_` and spaces, or
/// by a few letters. The first of equals, so an order that is sorted gives an answer that is stable.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = plain(word);
    let length = word.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let allowed = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().filter(|candidate| candidate.len() <= 4 * LONGEST) {
        let distance = strsim::osa_distance(&word, &plain(candidate));
        // A word of one or two letters is one edit away from every other.
        let near = distance == 0 || (length > 2 && distance <= allowed);
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The word without what people mix up: case, and how its parts are joined.
fn plain(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_word() {
        let words = ["title", "tagline", "base_path", "url"];
        assert_eq!(nearest("titel", words), Some("title"));
        assert_eq!(nearest("basePath", words), Some("base_path"));
        assert_eq!(nearest("URL", words), Some("url"));
    }

    #[test]
    fn a_word_of_its_own_finds_none() {
        assert_eq!(nearest("colour", ["title", "url"]), None);
        assert_eq!(nearest("ul", ["url"]), None);
        assert_eq!(nearest("", ["url"]), None);
        assert_eq!(nearest(&"x".repeat(100_000), ["url"]), None);
    }
}
