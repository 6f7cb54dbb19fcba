//! What pages say that the bar at the top holds, as Hugo's pages do: `menu: main`, or `menu: {main: {name: …, weight: 1}}`.

use std::sync::Arc;

use serde_json::Value;

use super::order::Order;
use super::published::{PageId, Published};

/// An entry of the bar that a page asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuEntry {
    /// What it says.
    pub label: String,
    /// The page that it leads to.
    pub page: PageId,
}

/// The menu that is the bar.
const MAIN: &str = "main";

/// The entries of the bar that pages ask for: by weight, and those without one last; then by what they say.
pub(super) fn entries(pages: &[Arc<Published>], order: &Order) -> Vec<MenuEntry> {
    let mut entries: Vec<(f64, MenuEntry)> = Vec::new();
    for (page, published) in pages.iter().enumerate() {
        let Some(wish) = published.page.meta.data.get("menu").and_then(wish_of) else { continue };
        let text = |key: &str| wish.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        let label = text("name").or(text("title")).unwrap_or(&published.label).to_owned();
        let weight = wish.get("weight").and_then(Value::as_f64).filter(|weight| *weight != 0.0);
        entries.push((weight.unwrap_or(f64::INFINITY), MenuEntry { label, page }));
    }
    entries.sort_by(|(a, one), (b, other)| a.total_cmp(b).then_with(|| order.compare(&one.label, &other.label)));
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// What a page wishes of the bar, if it wishes to be in it.
fn wish_of(menu: &Value) -> Option<&Value> {
    match menu {
        Value::String(name) => (name == MAIN).then_some(&Value::Null),
        Value::Array(names) => names.iter().any(|name| name == MAIN).then_some(&Value::Null),
        Value::Object(menus) => menus.get(MAIN),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_page_asks_for_its_place_in_the_bar_in_three_ways() {
        for asks in [json!("main"), json!(["footer", "main"]), json!({"main": {"weight": 5}}), json!({"main": null})] {
            assert!(wish_of(&asks).is_some(), "{asks}");
        }
        for asks in [json!("footer"), json!([]), json!({"docs": {}}), json!(null), json!(3)] {
            assert!(wish_of(&asks).is_none(), "{asks}");
        }
    }
}
