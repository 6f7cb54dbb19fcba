//! What answers call a statement: the place of its page, and its own id or else its title. Made of the page alone, so that
//! nothing that others write changes it.

use std::collections::HashSet;

use super::super::kebab::kebab_case;
use super::checklist::Statement;

/// A statement's part of its id, where it has no id of its own.
pub fn item_name(title: &str) -> String {
    let name = kebab_case(title);
    // A title of signs alone has no words; it is what it is.
    if name.is_empty() { title.split_whitespace().collect::<Vec<_>>().join("-") } else { name }
}

/// The parts of ids of a page's statements, in their order. Whoever has an id of its own keeps it; the others are
/// numbered past what is taken.
pub fn item_names(statements: &[Statement]) -> Vec<String> {
    let mut taken: HashSet<String> = statements.iter().filter_map(|statement| statement.id.clone()).collect();
    let name = |statement: &Statement| match &statement.id {
        Some(id) => id.clone(),
        None => numbered(&item_name(&statement.title), &mut taken),
    };
    statements.iter().map(name).collect()
}

fn numbered(wanted: &str, taken: &mut HashSet<String>) -> String {
    let mut name = wanted.to_owned();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{wanted}-{number}");
        number += 1;
    }
    name
}

/// The ids of a page's statements, each with those that it had before: of its old titles, and old ids as they are written.
pub(super) fn of_page(key: &str, statements: &[Statement]) -> Vec<(String, Vec<String>)> {
    let names = item_names(statements);
    // Pages at the top lie in a folder without a name.
    let key = key.trim_start_matches('/');
    let whole = |name: &str| format!("{key}#{name}");
    let of = |(statement, name): (&Statement, &String)| {
        let mut was = Vec::new();
        for old in &statement.was {
            let ways =
                if old.contains('#') { [old.clone(), String::new()] } else { [whole(&item_name(old)), whole(old)] };
            was.extend(ways.into_iter().filter(|way| !way.is_empty() && *way != whole(name)));
        }
        let mut seen = HashSet::new();
        was.retain(|old| seen.insert(old.clone()));
        (whole(name), was)
    };
    statements.iter().zip(&names).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(title: &str) -> Statement {
        Statement { title: title.to_owned(), ..Statement::default() }
    }

    #[test]
    fn an_id_is_made_of_the_title_or_is_its_own() {
        let named = Statement { id: Some("coverage".into()), ..statement("Another") };
        let renamed = Statement { was: vec!["Old name".into(), "Other/Page#x".into()], ..statement("New name") };
        let all = [statement("Coverage"), named, statement("Coverage"), renamed, statement("!?")];
        let ids = of_page("A/b", &all);
        assert_eq!(ids, of_page("/A/b", &all));
        let names: Vec<&str> = ids.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(names, ["A/b#coverage-2", "A/b#coverage", "A/b#coverage-3", "A/b#new-name", "A/b#!?"]);
        assert_eq!(ids[3].1, ["A/b#old-name", "A/b#Old name", "Other/Page#x"]);
    }
}
