//! What scripts say: one small file a language, with the words and the function that says them. What every page says
//! by a script stands in the page instead, so that this is loaded only where readers search.

use serde_json::{Map, Value, json};

use super::{Words, table};

/// What says them.
const SAY: &str = include_str!("../../templates/words/say.js");

/// What some scripts of the theme say.
#[derive(Debug)]
pub(crate) struct SpokenScript {
    /// What it is called in the theme, without its ending.
    pub name: &'static str,
    /// What browsers know the function by that says it.
    function: &'static str,
    /// What the names of its own words begin with; scripts ask without it, and for what templates say, too.
    prefix: &'static str,
    /// The words that the scripts ask for. A test holds them to this.
    asked: &'static [&'static str],
}

/// All that scripts say: on search, and of assessments.
pub(crate) const SCRIPTS: [SpokenScript; 2] = [
    SpokenScript { name: "words", function: "bokwormSay", prefix: "", asked: SEARCH },
    SpokenScript { name: "assessment-words", function: "bokwormAssessSay", prefix: "assess_", asked: ASSESSMENT },
];

const SEARCH: &[&str] = &[
    "key_enter",
    "key_escape",
    "search",
    "search_and_some",
    "search_best",
    "search_close",
    "search_elsewhere",
    "search_failed",
    "search_foot",
    "search_found",
    "search_found_without",
    "search_frequent",
    "search_lacks",
    "search_more",
    "search_narrow",
    "search_no_tags",
    "search_nothing",
    "search_other_tags",
    "search_quoted",
    "search_recent",
    "search_remove",
    "search_results",
    "search_some",
];

const ASSESSMENT: &[&str] = &[
    "all_answers",
    "all_mine",
    "all_theirs",
    "answers_count",
    "as_of",
    "as_own",
    "assessment",
    "assessments",
    "begun",
    "both",
    "both_differ",
    "broken_link",
    "by_when",
    "cancel",
    "close",
    "compare",
    "compare_with",
    "copied",
    "copy_link",
    "copy_of",
    "delete",
    "deleted",
    "difference",
    "do_next",
    "due_is",
    "duplicate",
    "enough",
    "evidence",
    "export",
    "export_why",
    "file_changed",
    "gaps",
    "group",
    "groups",
    "heat_map",
    "import",
    "import_file",
    "import_of",
    "import_unmatched",
    "import_why",
    "into",
    "level",
    "level_reached",
    "levels",
    "link",
    "link_too_long",
    "link_why",
    "make_link",
    "manage",
    "mean",
    "means",
    "mine",
    "missing_next",
    "name",
    "new",
    "newer_format",
    "no_difference",
    "no_level",
    "not_a_result",
    "not_a_table",
    "not_applicable",
    "not_json",
    "not_kept",
    "not_rated",
    "nothing_next",
    "now",
    "of_at_most",
    "organisation",
    "other_model",
    "overall",
    "own_is",
    "owner",
    "owner_is",
    "picture",
    "print_report",
    "progress",
    "radar",
    "rated",
    "rating",
    "reason_out",
    "refused",
    "report",
    "roll_up",
    "roll_up_how",
    "roll_up_now",
    "save_as_mine",
    "save_file",
    "shared",
    "shared_why",
    "show_rest",
    "stairs",
    "statement",
    "statements",
    "take_over",
    "taken_over",
    "target",
    "target_is",
    "theirs",
    "too_large",
    "trend",
    "try_again",
    "undo",
    "unmatched",
    "unmatched_why",
    "where_you_stand",
    "wrong_answer",
    "you",
];

impl SpokenScript {
    /// The script in a language.
    pub(crate) fn write(&self, words: &Words) -> String {
        let any = words.table.get("search_found.other");
        let language = any.map_or("en", |word| &*word.language);
        let named = |name: &str| Some(format!("{}{name}", self.prefix)).filter(|own| words.find(own).is_some());
        let one = |name: &&str| ((*name).to_owned(), said(words, &named(name).unwrap_or((*name).to_owned()), language));
        let all: Map<String, Value> = self.asked.iter().map(one).collect();
        let say = SAY.replace("bokwormSay", self.function);
        format!("(() => {{\nconst language = {}, words = {};\n{say}}})();\n", json!(language), Value::Object(all))
    }
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

    /// The words that scripts in a folder of the theme ask for, and the reasons that they have for not taking a file.
    fn asked_in(folder: &str) -> BTreeSet<String> {
        let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
        let scripts = files.filter(|file| file.extension().is_some_and(|extension| extension == "js"));
        let texts: Vec<String> = scripts.map(|file| std::fs::read_to_string(file).unwrap()).collect();
        let asked = |text: &String| -> Vec<String> {
            let calls = ["say(\"", "refuse(\"", "Refusal(\""].into_iter().flat_map(|call| text.split(call).skip(1));
            calls.map(|after| after.split('"').next().unwrap().to_owned()).collect()
        };
        texts.iter().flat_map(asked).collect()
    }

    #[test]
    fn scripts_ask_for_the_words_that_they_get() {
        for (folder, script) in [("templates/search", &SCRIPTS[0]), ("templates/assess", &SCRIPTS[1])] {
            assert_eq!(asked_in(folder), script.asked.iter().map(|name| (*name).to_owned()).collect(), "{folder}");
            assert!(script.asked.is_sorted(), "{folder}");
        }
    }

    #[test]
    fn what_is_counted_comes_in_all_forms() {
        let script = SCRIPTS[0].write(&Words::of("ru"));
        let (_, data) = script.split_once("words = ").unwrap();
        let data: Value = serde_json::from_str(data.split_once(";\n").unwrap().0).unwrap();
        let forms: Vec<&str> = data["search_found"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(forms, ["few", "many", "one", "other"]);
        assert!(script.contains("const language = \"ru\""));
        assert!(SCRIPTS[0].write(&Words::of("tlh")).contains("const language = \"en\""));
    }
}
