//! A benchmark: what many results come to, as a file. It tells of groups only.

use serde_json::{Map, Value, json};

use super::result::ModelName;
use super::strict_json;
use crate::site::assessment::{Model, ModelStep};

/// What a benchmark's file begins with.
const FORMAT: &str = "bokworm-benchmark/1";

/// What many results come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Benchmark {
    /// The model that all of them are of.
    pub model: ModelName,
    /// How many there are.
    pub results: usize,
    /// No group of fewer results can be made from it.
    pub at_least: usize,
    /// What they are called, if that may be told.
    pub names: Option<Vec<String>>,
    /// All statements together.
    pub all: Cell,
    /// Each level.
    pub levels: Vec<Cell>,
    /// Each area.
    pub areas: Vec<Cell>,
    /// Each page.
    pub pages: Vec<Cell>,
    /// Each statement.
    pub items: Vec<Cell>,
}

/// What is told of some statements.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing: it could tell of too few.
    #[default]
    Withheld,
    /// Nobody rated any of them.
    Empty,
    /// So many rated them, and so.
    Told(CellNumbers),
}

/// What the results come to that rated any of some statements.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CellNumbers {
    /// How many there are.
    pub count: usize,
    /// The one in the middle.
    pub median: f64,
    /// A quarter of them is lower.
    pub lower: f64,
    /// A quarter of them is higher.
    pub upper: f64,
    /// How far these two are apart: how much the results differ.
    pub spread: f64,
}

impl CellNumbers {
    /// Of the values of all results in the group, in order of size; none of nobody. Between two values, in proportion.
    pub(super) fn of(values: &[f64]) -> Option<Self> {
        let last = values.len().checked_sub(1)?;
        let at = |part: f64| {
            let place = part * last as f64;
            let below = place.floor() as usize;
            let (low, high) = (values[below], values[(below + 1).min(last)]);
            low + (high - low) * (place - place.floor())
        };
        let (lower, upper) = (at(0.25), at(0.75));
        Some(Self {
            count: values.len(),
            median: rounded(at(0.5)),
            lower: rounded(lower),
            upper: rounded(upper),
            spread: rounded(upper - lower),
        })
    }
}

/// To two places: more would tell of single answers, and of nothing else.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

impl Cell {
    /// How many results are told of: none of an empty cell.
    pub fn count(&self) -> Option<usize> {
        match self {
            Self::Withheld => None,
            Self::Empty => Some(0),
            Self::Told(numbers) => Some(numbers.count),
        }
    }

    /// Its numbers, if there are any.
    pub fn numbers(&self) -> Option<&CellNumbers> {
        match self {
            Self::Told(numbers) => Some(numbers),
            Self::Withheld | Self::Empty => None,
        }
    }

    fn write(&self, fields: &mut Map<String, Value>) {
        let number = |value: f64| if value.fract() == 0.0 { Value::from(value as i64) } else { Value::from(value) };
        match self {
            Self::Withheld => _ = fields.insert("withheld".into(), Value::Bool(true)),
            Self::Empty => _ = fields.insert("count".into(), 0.into()),
            Self::Told(CellNumbers { count, median, lower, upper, spread }) => {
                fields.insert("count".into(), (*count).into());
                for (name, value) in [("median", median), ("lower", lower), ("upper", upper), ("spread", spread)] {
                    fields.insert(name.into(), number(*value));
                }
            }
        }
    }

    fn read(value: &Value) -> Option<Self> {
        if value.get("withheld").is_some() {
            return Some(Self::Withheld);
        }
        let number = |name: &str| value.get(name).and_then(Value::as_f64);
        let count = usize::try_from(value.get("count")?.as_u64()?).ok()?;
        if count == 0 {
            return Some(Self::Empty);
        }
        let (median, lower) = (number("median")?, number("lower")?);
        let (upper, spread) = (number("upper")?, number("spread")?);
        Some(Self::Told(CellNumbers { count, median, lower, upper, spread }))
    }
}

impl Benchmark {
    /// As a file. Each cell names what it is about, as the model has it.
    pub fn as_file(&self, model: &Model) -> String {
        let ModelName { id, title, edition } = &self.model;
        let one = |name: Option<(&str, &str)>, cell: &Cell| {
            let mut fields = Map::new();
            fields.extend(name.map(|(name, what)| (name.to_owned(), Value::from(what))));
            cell.write(&mut fields);
            Value::Object(fields)
        };
        let steps = |steps: &[ModelStep], cells: &[Cell]| -> Value {
            steps.iter().zip(cells).map(|(step, cell)| one(Some(("name", &step.name)), cell)).collect()
        };
        let mut fields = Map::new();
        fields.insert("format".into(), FORMAT.into());
        fields.insert("model".into(), json!({ "id": id, "title": title, "edition": edition }));
        fields.insert("results".into(), self.results.into());
        fields.insert("atLeast".into(), self.at_least.into());
        fields.extend(self.names.as_ref().map(|names| ("names".to_owned(), Value::from(names.as_slice()))));
        fields.insert("all".into(), one(None, &self.all));
        fields.insert("levels".into(), steps(&model.levels, &self.levels));
        fields.insert("areas".into(), steps(&model.areas, &self.areas));
        let pages = model.pages.iter().zip(&self.pages).map(|(page, cell)| one(Some(("page", &page.route)), cell));
        fields.insert("pages".into(), pages.collect());
        let items = model.items.iter().zip(&self.items).map(|(item, cell)| one(Some(("id", &item.id)), cell));
        fields.insert("items".into(), items.collect());
        format!("{:#}\n", Value::Object(fields))
    }

    /// How many cells there are, and how many of them are withheld.
    pub fn withheld(&self) -> (usize, usize) {
        let cells =
            || std::iter::once(&self.all).chain(&self.levels).chain(&self.areas).chain(&self.pages).chain(&self.items);
        (cells().count(), cells().filter(|cell| **cell == Cell::Withheld).count())
    }
}

/// Reads the benchmark of a model.
///
/// # Errors
/// Why it is none, as a sentence without its subject.
pub fn read_benchmark(text: &str, model: &Model) -> Result<Benchmark, String> {
    let value = strict_json::read(text).map_err(|why| format!("isn't JSON: {why}"))?;
    if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err("isn't a benchmark".into());
    }
    let word = |name: &str| value["model"][name].as_str().unwrap_or_default().to_owned();
    let named = ModelName { id: word("id"), title: word("title"), edition: word("edition") };
    if (&named.id, &named.edition) != (&model.id, &model.edition) {
        return Err("is of another edition of the model: what differs between the two can't be known".into());
    }
    let number = |name: &str| value.get(name).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
    let cells = |name: &str, count: usize| {
        let cells = value.get(name)?.as_array()?.iter().map(Cell::read).collect::<Option<Vec<Cell>>>()?;
        (cells.len() == count).then_some(cells)
    };
    let read = || {
        Some(Benchmark {
            model: named,
            results: number("results")?,
            at_least: number("atLeast")?,
            names: None,
            all: Cell::read(value.get("all")?)?,
            levels: cells("levels", model.levels.len())?,
            areas: cells("areas", model.areas.len())?,
            pages: cells("pages", model.pages.len())?,
            items: cells("items", model.items.len())?,
        })
    };
    read().ok_or_else(|| "lacks some of a benchmark's numbers".into())
}

#[cfg(test)]
mod tests {
    use super::CellNumbers;

    #[test]
    fn quartiles_lie_between_values() {
        let told = |values: &[f64]| {
            let CellNumbers { count, median, lower, upper, spread } = CellNumbers::of(values).unwrap();
            (count, lower, median, upper, spread)
        };
        assert_eq!(told(&[2.0]), (1, 2.0, 2.0, 2.0, 0.0));
        assert_eq!(told(&[1.0, 2.0, 3.0, 4.0]), (4, 1.75, 2.5, 3.25, 1.5));
        assert_eq!(told(&[0.0, 1.0, 5.0, 5.0, 5.0]), (5, 1.0, 5.0, 5.0, 4.0));
        assert_eq!(CellNumbers::of(&[]), None);
    }
}
