//! What the pages of one folder show alike, as templates take it: the closed sections and
//! the neighbours in the sidebar, and the theme's files. Whoever renders a folder keeps a shelf while
//! at it and drops it afterwards, so that memory doesn't grow with the site.

use std::collections::HashMap;

use tera::value::Key;
use tera::{Map, Value};

use super::href::Desk;
use super::theme::Theme;
use super::{sidebar, site_view};
use crate::site::{LeadsTo, Node, Site};

/// Values that are made when the first page asks for them.
pub struct Shelf {
    /// The theme's files by name.
    pub assets: Value,
    /// The folder that addresses are relative to.
    folder: String,
    /// The levels of the sidebar with every entry closed, by the way to them.
    levels: HashMap<Vec<usize>, Vec<Value>>,
}

impl Shelf {
    /// An empty shelf.
    pub fn new(theme: &Theme) -> Self {
        let assets = Value::from_serializable(&site_view::assets(theme));
        Self { assets, folder: String::new(), levels: HashMap::new() }
    }

    /// The sidebar of the page that `desk` stands for.
    pub fn sidebar(&mut self, site: &Site, desk: &Desk<'_>, current: &LeadsTo) -> Value {
        if self.folder != desk.folder() {
            self.levels.clear();
            desk.folder().clone_into(&mut self.folder);
        }
        let trail = sidebar::trail(site, current);
        self.level(site, desk, (&site.tree, 0), &trail, current)
    }

    /// The level of some nodes at a depth: what is closed comes from the shelf, what is open is made.
    fn level(
        &mut self,
        site: &Site,
        desk: &Desk<'_>,
        (nodes, depth): (&[Node], usize),
        trail: &[usize],
        current: &LeadsTo,
    ) -> Value {
        let below = trail.get(depth).and_then(|&at| Some((at, nodes.get(at)?)));
        let open = below.map(|(at, node)| {
            let children = self.level(site, desk, (&node.children, depth + 1), trail, current);
            (at, with_children(Value::from_serializable(&sidebar::open(site, desk, node, current)), children))
        });
        if nodes.is_empty() {
            return Value::from(Vec::<Value>::new());
        }
        let way = trail.get(..depth).unwrap_or(trail);
        if !self.levels.contains_key(way) {
            let closed = nodes.iter().map(|node| Value::from_serializable(&sidebar::closed(site, desk, node)));
            self.levels.insert(way.to_vec(), closed.collect());
        }
        let mut level = self.levels.get(way).cloned().unwrap_or_default();
        if let Some((at, open)) = open {
            level[at] = open;
        }
        Value::from(level)
    }
}

fn with_children(entry: Value, children: Value) -> Value {
    let mut fields: Map = entry.into_map().unwrap_or_default();
    fields.insert(Key::Str("children"), children);
    Value::from(fields)
}
