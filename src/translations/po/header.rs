//! The header of a catalogue: its language, how it is written, how the language counts.

/// What a header tells.
pub(super) struct HeaderFacts<'a> {
    pub(super) project: &'a str,
    pub(super) code: &'a str,
    pub(super) label: &'a str,
}

/// The header of a new catalogue. It has no date: the same pages make the same file.
pub(super) fn header(facts: &HeaderFacts<'_>) -> String {
    let HeaderFacts { project, code, label } = facts;
    let plural = plural_forms(code).map(|forms| format!("Plural-Forms: {forms}\n")).unwrap_or_default();
    let language = gettext_code(code);
    format!(
        "Project-Id-Version: {project}\nLanguage-Team: {label}\nLanguage: {language}\nMIME-Version: 1.0\n\
         Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n{plural}X-Generator: bokworm\n"
    )
}

/// A language as gettext writes it: `pt_BR`, `zh_Hant`.
fn gettext_code(code: &str) -> String {
    let parts = code.split('-').enumerate().map(|(at, part)| match part.len() {
        2 if at > 0 => part.to_uppercase(),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("_")
}

/// How languages count, as gettext writes CLDR's rules for whole numbers.
fn plural_forms(code: &str) -> Option<&'static str> {
    let primary = code.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let forms = match primary.as_str() {
        "ja" | "zh" | "ko" | "vi" | "th" | "id" | "ms" => "nplurals=1; plural=0;",
        "fr" | "pt" if !code.eq_ignore_ascii_case("pt-pt") => "nplurals=2; plural=(n > 1);",
        "ru" | "uk" | "be" => {
            "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
        }
        "pl" => "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
        "cs" | "sk" => "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);",
        "ar" => "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
        "he" | "iw" => "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);",
        "de" | "en" | "es" | "it" | "nl" | "sv" | "da" | "nb" | "no" | "fi" | "el" | "hu" | "tr" | "bg" | "ca"
        | "et" | "pt" => "nplurals=2; plural=(n != 1);",
        _ => return None,
    };
    Some(forms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_written_as_gettext_writes_them() {
        assert_eq!(
            ["ja", "pt-br", "zh-Hant", "zh-Hans-CN"].map(gettext_code),
            ["ja", "pt_BR", "zh_Hant", "zh_Hans_CN"]
        );
    }

    #[test]
    fn a_language_that_counts_in_an_unknown_way_says_nothing_of_it() {
        let header = |code| header(&HeaderFacts { project: "A", code, label: "L" });
        assert!(header("ja").contains("Plural-Forms: nplurals=1; plural=0;\n") && !header("tlh").contains("Plural"));
        assert!(header("pt-PT").contains("n != 1") && header("pt-BR").contains("n > 1"));
    }
}
