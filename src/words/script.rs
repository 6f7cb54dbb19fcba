//! What scripts say: one small file a language, with the words and the function that says them. What every page says
//! by a script stands in the page instead, so that this is loaded only where readers search.

use serde_json::{Map, Value, json};

use super::{Words, table};

/// What says them.
const SAY: &str = include_str!("../../templates/words/say.js");

/// The words that scripts ask for. A test holds them to this.
const ASKED: &[&str] = &[
    "key_enter",
    "key_escape",
    "search",
    "search_best",
    "search_close",
    "search_elsewhere",
    "search_failed",
    "search_foot",
    "search_found",
    "search_found_without",
    "search_more",
    "search_narrow",
    "search_no_tags",
    "search_nothing",
    "search_other_tags",
    "search_quoted",
    "search_results",
];

/// The script of a language.
pub(crate) fn script(words: &Words) -> String {
    let language = words.table.get("search_found.other").map_or("en", |word| &*word.language);
    let all: Map<String, Value> = ASKED.iter().map(|name| ((*name).to_owned(), said(words, name, language))).collect();
    format!("(() => {{\nconst language = {}, words = {};\n{SAY}}})();\n", json!(language), Value::Object(all))
}

/// A word as the script takes it: a text, or of what is counted a text for each form.
fn said(words: &Words, name: &str, language: &str) -> Value {
    if let Some(word) = words.table.get(name) {
        return Value::from(word.text.as_ref());
    }
    let all = words.table.iter().filter(|(known, _)| known.contains('.') && table::stem(known) == name);
    let mut forms = Map::new();
    for (known, word) in all {
        forms.insert(known[name.len() + 1..].to_owned(), Value::from(word.text.as_ref()));
        if *word.language != *language {
            forms.insert("language".into(), Value::from(&*word.language));
        }
    }
    Value::Object(forms)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn scripts_ask_for_the_words_that_they_get() {
        let files = walkdir::WalkDir::new("templates").into_iter().map(|entry| entry.unwrap().into_path());
        let scripts = files.filter(|file| file.extension().is_some_and(|extension| extension == "js"));
        let texts: Vec<String> = scripts.map(|file| std::fs::read_to_string(file).unwrap()).collect();
        let asked =
            texts.iter().flat_map(|text| text.split("say(\"").skip(1)).map(|after| after.split('"').next().unwrap());
        assert_eq!(asked.collect::<BTreeSet<_>>(), ASKED.iter().copied().collect());
    }

    #[test]
    fn what_is_counted_comes_in_all_forms() {
        let script = script(&Words::of("ru"));
        let (_, data) = script.split_once("words = ").unwrap();
        let data: Value = serde_json::from_str(data.split_once(";\n").unwrap().0).unwrap();
        let forms: Vec<&str> = data["search_found"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(forms, ["few", "many", "one", "other"]);
        assert!(script.contains("const language = \"ru\""));
        assert!(super::script(&Words::of("tlh")).contains("const language = \"en\""));
    }
}
