//! A result file read with distrust: whoever wrote it, it becomes a result or a sentence that says why not.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::result::{AssessmentResult, FORMAT, ItemAnswer, ModelName, tidy};
use super::strict_json;
use crate::query::Day;

/// The longest file that is read.
pub const MOST_BYTES: usize = 5_000_000;
/// The most answers of one.
const MOST_ANSWERS: usize = 20_000;
/// The longest texts, in characters.
const LONGEST_TEXT: usize = 10_000;
const LONGEST_NAME: usize = 200;
const LONGEST_ID: usize = 500;
/// The most ratings that any scale has.
const MOST_RATINGS: u64 = 20;

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultFile {
    /// The result.
    pub result: AssessmentResult,
    /// The checksum that it has, if it has one.
    pub checksum: Option<String>,
}

impl ResultFile {
    /// Whether nobody changed it by hand, as far as its checksum tells.
    pub fn is_untouched(&self) -> bool {
        self.checksum.as_deref() == Some(self.result.checksum().as_str())
    }
}

/// Reads a result file.
///
/// # Errors
/// Why it is none, as a sentence without its subject: `isn't JSON: …`.
pub fn read(text: &str) -> Result<ResultFile, String> {
    if text.len() > MOST_BYTES {
        return Err(format!("is larger than {} MB", MOST_BYTES / 1_000_000));
    }
    let value = strict_json::read(text).map_err(|why| format!("isn't JSON: {why}"))?;
    let none = || "isn't a result of an assessment".to_owned();
    let Value::Object(fields) = value else { return Err(none()) };
    match fields.get("format").and_then(Value::as_str) {
        Some(FORMAT) => {}
        Some(other) if other.starts_with("bokworm-assessment/") => {
            return Err(format!("is of the format `{}`, which this version doesn't know", shown(other)));
        }
        _ => return Err(none()),
    }
    let Some(Value::Object(model)) = fields.get("model") else { return Err("doesn't say of which model it is".into()) };
    let word = |name: &str| -> Result<String, String> {
        match model.get(name) {
            None => Ok(String::new()),
            Some(value) => {
                let text = text_of(value, LONGEST_TEXT).map_err(|why| format!("has a model whose `{name}` {why}"))?;
                Ok(tidy(&text))
            }
        }
    };
    let model = ModelName { id: word("id")?, title: word("title")?, edition: word("edition")? };
    let name = fields.get("name").ok_or("has no name")?;
    let name = tidy(&text_of(name, LONGEST_NAME).map_err(|why| format!("has a name that {why}"))?);
    let result = AssessmentResult {
        model,
        name,
        created: day(&fields, "created")?,
        changed: day(&fields, "changed")?,
        answers: answers(&fields, "answers")?,
        unmatched: answers(&fields, "unmatched")?,
    };
    let checksum = fields.get("checksum").and_then(Value::as_str).map(str::to_owned);
    Ok(ResultFile { result, checksum })
}

fn day(fields: &Map<String, Value>, name: &str) -> Result<String, String> {
    let text = fields.get(name).and_then(Value::as_str).unwrap_or_default();
    if !is_day(text) {
        return Err(format!("has no day at `{name}`: one is written like 2026-01-31"));
    }
    Ok(text.to_owned())
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && !text.contains('/') && Day::read(text).is_some()
}

fn answers(fields: &Map<String, Value>, name: &str) -> Result<BTreeMap<String, ItemAnswer>, String> {
    let all = match fields.get(name) {
        None => return Ok(BTreeMap::new()),
        Some(Value::Object(all)) => all,
        Some(_) => return Err(format!("has no answers by their ids at `{name}`")),
    };
    if all.len() > MOST_ANSWERS {
        return Err(format!("has more than {MOST_ANSWERS} answers"));
    }
    let read = |(id, raw): (&String, &Value)| {
        let wrong = |why: String| format!("has an answer to `{}` that {why}", shown(id));
        if id.chars().count() > LONGEST_ID {
            return Err(wrong(format!("has an id of more than {LONGEST_ID} characters")));
        }
        answer(raw).map(|answer| (id.clone(), answer)).map_err(wrong)
    };
    all.iter().map(read).collect()
}

fn answer(raw: &Value) -> Result<ItemAnswer, String> {
    let Value::Object(fields) = raw else { return Err("isn't one".into()) };
    let mut answer = ItemAnswer::default();
    for (name, value) in fields {
        let text = |most: usize| {
            text_of(value, most).map(|text| tidy(&text)).map_err(|why| format!("has a {name} that {why}"))
        };
        match name.as_str() {
            "rating" => answer.rating = Some(rating(name, value)?),
            "target" => answer.target = Some(rating(name, value)?),
            "notApplicable" => {
                answer.not_applicable =
                    value.as_bool().ok_or("has a `notApplicable` that is neither true nor false")?;
            }
            "reason" => answer.reason = text(LONGEST_TEXT)?,
            "note" => answer.note = text(LONGEST_TEXT)?,
            "owner" => answer.owner = text(LONGEST_NAME)?,
            "page" => answer.page = text(LONGEST_TEXT)?,
            "address" => answer.address = text(LONGEST_TEXT)?,
            "title" => answer.title = text(LONGEST_TEXT)?,
            "date" => {
                answer.date = text(LONGEST_NAME)?;
                if !is_day(&answer.date) {
                    return Err("has a date that is no day".into());
                }
            }
            other => return Err(format!("has a `{}`, which no answer has", shown(other))),
        }
    }
    if answer.not_applicable && answer.rating.is_some() {
        return Err("is rated although it doesn't apply".into());
    }
    Ok(answer)
}

fn rating(name: &str, value: &Value) -> Result<usize, String> {
    let number = value.as_u64().filter(|number| *number < MOST_RATINGS);
    let number = number.and_then(|number| usize::try_from(number).ok());
    number.ok_or_else(|| format!("has a {name} that is no rating: these are whole numbers from 0"))
}

fn text_of(value: &Value, most: usize) -> Result<String, String> {
    let text = value.as_str().ok_or("isn't a text")?;
    if text.chars().count() > most {
        return Err(format!("has more than {most} characters"));
    }
    Ok(text.to_owned())
}

/// What somebody else wrote, short enough to be told, on one line and without what a terminal obeys.
fn shown(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(81).collect();
    if plain.chars().count() > 80 { format!("{}…", plain.chars().take(80).collect::<String>()) } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(text: &str) -> String {
        read(text).map_or_else(|why| why, |file| format!("fine, {} answers", file.result.answers.len()))
    }

    /// A result with this answer.
    fn with(answer: &str) -> String {
        format!(
            "{{\"format\": \"bokworm-assessment/1\", \"model\": {{\"id\": \"m\"}}, \"name\": \"A\", \
             \"created\": \"2026-01-01\", \"changed\": \"2026-01-02\", \"answers\": {{\"a#b\": {answer}}}}}"
        )
    }

    #[test]
    fn what_is_wrong_is_said_in_plain_words() {
        assert_eq!(told(&with("{\"rating\": 5, \"note\": \"x\", \"date\": \"2026-02-28\"}")), "fine, 1 answers");
        let cases = [
            ("{\"rating\": 20}", "that has a rating that is no rating"),
            ("{\"rating\": -1}", "that has a rating that is no rating"),
            ("{\"rating\": 2.5}", "that has a rating that is no rating"),
            ("{\"rating\": \"3\"}", "that has a rating that is no rating"),
            ("{\"rating\": 99999999999999999999999}", "that has a rating that is no rating"),
            ("{\"rating\": 1, \"notApplicable\": true}", "is rated although it doesn't apply"),
            ("{\"date\": \"2026-02-30\"}", "has a date that is no day"),
            ("{\"date\": \"2026/02/03\"}", "has a date that is no day"),
            ("{\"note\": 1}", "has a note that isn't a text"),
            ("{\"constructor\": 1}", "has a `constructor`, which no answer has"),
            ("[]", "that isn't one"),
        ];
        for (answer, why) in cases {
            let told = told(&with(answer));
            assert!(told.starts_with("has an answer to `a#b` that ") && told.contains(why), "{answer}: {told}");
        }
        let long = format!("{{\"note\": \"{}\"}}", "é".repeat(LONGEST_TEXT + 1));
        assert!(told(&with(&long)).ends_with("has a note that has more than 10000 characters"));
        assert_eq!(told(&"x".repeat(MOST_BYTES + 1)), "is larger than 5 MB");
        assert!(told(&"[".repeat(10_000)).starts_with("isn't JSON: recursion limit"));
        assert!(told("{").starts_with("isn't JSON: "));
        assert_eq!(told("[]"), "isn't a result of an assessment");
        assert_eq!(told("{\"format\": \"x\"}"), "isn't a result of an assessment");
        let newer = told("{\"format\": \"bokworm-assessment/2\"}");
        assert_eq!(newer, "is of the format `bokworm-assessment/2`, which this version doesn't know");
        let many: Vec<String> = (0..=MOST_ANSWERS).map(|at| format!("\"{at}\": {{}}")).collect();
        let many = with("{}").replace("\"a#b\": {}", &many.join(","));
        assert_eq!(told(&many), "has more than 20000 answers");
        assert!(told(&with("{}").replace("\"a#b\"", "\"a\": {}, \"a\"")).contains("`a` stands there twice"));
    }

    #[test]
    fn ids_that_mean_something_elsewhere_are_ids() {
        let text = with("{\"rating\": 1}").replace("a#b", "__proto__");
        assert_eq!(read(&text).unwrap().result.answers["__proto__"].rating, Some(1));
    }

    #[test]
    fn a_file_that_somebody_changed_is_known() {
        let result = read(&with("{\"rating\": 1}")).unwrap().result;
        let text = result.as_file();
        assert!(read(&text).unwrap().is_untouched());
        assert!(!read(&text.replace("\"rating\": 1", "\"rating\": 2")).unwrap().is_untouched());
        assert!(!read(&with("{\"rating\": 1}")).unwrap().is_untouched());
        // How it is spaced, and in which order it stands, says nothing.
        let value: Value = serde_json::from_str(&text).unwrap();
        let turned: Map<String, Value> = value.as_object().unwrap().clone().into_iter().rev().collect();
        assert!(read(&Value::Object(turned).to_string()).unwrap().is_untouched());
    }

    fn any_answer() -> impl Strategy<Value = ItemAnswer> {
        let texts = [".{0,20}", ".{0,40}", ".{0,9}", ".{0,9}", ".{0,9}", ".{0,9}"];
        let day = prop_oneof![Just(String::new()), Just("2026-02-28".to_owned())];
        (proptest::option::of(0..20_usize), proptest::option::of(0..20_usize), texts, day).prop_map(
            |(rating, target, [reason, note, owner, page, address, title], date)| {
                let [reason, note, owner, page, address, title] =
                    [reason, note, owner, page, address, title].map(|text| tidy(&text));
                let not_applicable = rating.is_none();
                ItemAnswer { rating, not_applicable, reason, note, owner, target, date, page, address, title }
            },
        )
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(
            answers in proptest::collection::btree_map(".{0,30}", any_answer(), 0..20),
            unmatched in proptest::collection::btree_map(".{0,30}", any_answer(), 0..3),
            name in ".{0,50}",
        ) {
            let model = ModelName { id: "m".into(), title: "M".into(), edition: "e".into() };
            let (created, changed) = ("2026-01-01".to_owned(), "2026-01-02".to_owned());
            let result = AssessmentResult { model, name: tidy(&name), created, changed, answers, unmatched };
            let file = read(&result.as_file()).unwrap();
            prop_assert!(file.is_untouched());
            prop_assert_eq!(file.result.as_file(), result.as_file());
            prop_assert_eq!(file.result, result);
        }

        #[test]
        fn no_bytes_whatever_do_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&String::from_utf8_lossy(&bytes));
        }

        #[test]
        fn nor_does_a_result_with_something_else_in_it(at in 0..400_usize, put in "[\\[\\]{}\":,0-9a-z\\\\ ]{0,6}", cut in 0..30_usize) {
            let text = with("{\"rating\": 3, \"note\": \"a\\nb\", \"target\": 4}");
            let at = at.min(text.len());
            let broken = format!("{}{put}{}", &text[..at], &text[(at + cut).min(text.len())..]);
            if let Ok(file) = read(&broken) {
                prop_assert!(read(&file.result.as_file()).unwrap().is_untouched());
            }
        }
    }
}
