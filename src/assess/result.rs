//! A result: what somebody answered, and its one form as text. The same answers are always the same bytes, so that a
//! checksum finds what was changed by hand. Scripts write the same form (`templates/assess/result.js`).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// What a result file begins with.
pub const FORMAT: &str = "bokworm-assessment/1";

/// Which model something is of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelName {
    /// What answers are kept by; empty where the site's address is enough.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Which edition it is.
    pub edition: String,
}

/// What somebody answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssessmentResult {
    /// The model that was assessed.
    pub model: ModelName,
    /// What the result is called.
    pub name: String,
    /// The day on which it was begun: `2026-01-31`.
    pub created: String,
    /// The day on which it last changed.
    pub changed: String,
    /// The answers by the ids of their statements.
    pub answers: BTreeMap<String, ItemAnswer>,
    /// Answers whose statements are no more.
    pub unmatched: BTreeMap<String, ItemAnswer>,
}

/// What was answered to one statement. Texts may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemAnswer {
    /// The rating's number.
    pub rating: Option<usize>,
    /// Whether the statement doesn't apply.
    pub not_applicable: bool,
    /// Why it doesn't.
    pub reason: String,
    /// What shows that the rating is right.
    pub note: String,
    /// Who looks after it.
    pub owner: String,
    /// The rating that is to be reached.
    pub target: Option<usize>,
    /// Until when.
    pub date: String,
    /// The title of the page.
    pub page: String,
    /// The page's address, without the base path.
    pub address: String,
    /// The statement.
    pub title: String,
}

impl AssessmentResult {
    /// As a file, with its checksum.
    pub fn as_file(&self) -> String {
        let mut canonical = self.canonical();
        canonical.insert("checksum".into(), Value::String(self.checksum()));
        format!("{:#}\n", Value::Object(canonical))
    }

    /// The checksum that its file has.
    pub fn checksum(&self) -> String {
        checksum(&Value::Object(self.canonical()).to_string())
    }

    fn canonical(&self) -> Map<String, Value> {
        let ModelName { id, title, edition } = &self.model;
        let mut fields = Map::new();
        fields.insert("format".into(), FORMAT.into());
        fields.insert("model".into(), json!({ "id": tidy(id), "title": tidy(title), "edition": tidy(edition) }));
        fields.insert("name".into(), tidy(&self.name).into());
        fields.insert("created".into(), self.created.as_str().into());
        fields.insert("changed".into(), self.changed.as_str().into());
        fields.insert("answers".into(), canonical_answers(&self.answers));
        if !self.unmatched.is_empty() {
            fields.insert("unmatched".into(), canonical_answers(&self.unmatched));
        }
        fields
    }
}

/// Answers in the order in which scripts compare texts: by units of UTF-16.
fn canonical_answers(answers: &BTreeMap<String, ItemAnswer>) -> Value {
    let mut sorted: Vec<(&String, &ItemAnswer)> = answers.iter().collect();
    sorted.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    sorted.into_iter().map(|(id, answer)| (id.clone(), answer.canonical())).collect::<Map<_, _>>().into()
}

impl ItemAnswer {
    /// Nothing was answered.
    pub const NONE: Self = Self {
        rating: None,
        not_applicable: false,
        reason: String::new(),
        note: String::new(),
        owner: String::new(),
        target: None,
        date: String::new(),
        page: String::new(),
        address: String::new(),
        title: String::new(),
    };

    /// Whether it was rated, or said not to apply.
    pub fn is_done(&self) -> bool {
        self.rating.is_some() || self.not_applicable
    }

    fn canonical(&self) -> Value {
        let text = |text: &str| Some(tidy(text)).filter(|text| !text.is_empty()).map(Value::String);
        let fields = [
            ("rating", self.rating.map(Value::from)),
            ("notApplicable", self.not_applicable.then_some(Value::Bool(true))),
            ("reason", text(&self.reason)),
            ("note", text(&self.note)),
            ("owner", text(&self.owner)),
            ("target", self.target.map(Value::from)),
            ("date", text(&self.date)),
            ("page", text(&self.page)),
            ("address", text(&self.address)),
            ("title", text(&self.title)),
        ];
        let fields = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        fields.collect::<Map<_, _>>().into()
    }
}

/// A text without control characters but the ends of lines and tabs, and without blanks at its end.
pub(super) fn tidy(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim_end().to_owned()
}

/// FNV-1a in 64 bits over a text's bytes, as sixteen digits. It finds what was changed by hand, and nothing that somebody
/// changed on purpose together with it.
pub fn checksum(text: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_has_one_form() {
        let rated = ItemAnswer { rating: Some(3), note: "Seen\u{0}: \"x\"\r\n\t \n".into(), ..ItemAnswer::default() };
        let no = ItemAnswer { not_applicable: true, reason: "None".into(), title: "B".into(), ..ItemAnswer::default() };
        let mut result = AssessmentResult {
            model: ModelName { id: "m".into(), title: "M".into(), edition: "0".repeat(16) },
            name: "A ".into(),
            created: "2026-01-01".into(),
            changed: "2026-01-02".into(),
            ..AssessmentResult::default()
        };
        assert!(result.as_file().contains("\n  \"answers\": {},\n  \"checksum\": \""), "{}", result.as_file());
        // Beyond the first plane of Unicode, the order is another than that of the characters.
        result.answers = [("\u{10000}".to_owned(), no), ("\u{e000}".to_owned(), rated)].into();
        let text = result.as_file();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[..4],
            ["{", "  \"format\": \"bokworm-assessment/1\",", "  \"model\": {", "    \"id\": \"m\","]
        );
        let body = "    \"\u{10000}\": {\n      \"notApplicable\": true,\n      \"reason\": \"None\",\n      \"title\": \"B\"\n    },\n    \
                    \"\u{e000}\": {\n      \"rating\": 3,\n      \"note\": \"Seen: \\\"x\\\"\"\n    }\n  },\n";
        assert!(text.contains(body), "{text}");
    }

    #[test]
    fn the_checksum_is_that_of_the_reference() {
        assert_eq!(checksum(""), "cbf29ce484222325");
        assert_eq!(checksum("a"), "af63dc4c8601ec8c");
        assert_eq!(checksum("foobar"), "85944171f73967e8");
    }
}
