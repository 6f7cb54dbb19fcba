//! A radar: topics around a centre, each the farther out the better. Only its points are reckoned here; the template draws.

use serde::Serialize;

/// The distance from the centre to the rim, in units of the picture.
const RADIUS: f64 = 100.0;
/// How far beyond the rim the names stand.
const BESIDE: f64 = 8.0;
/// With fewer topics there is no area, with more nobody finds his own.
const TOPICS: std::ops::RangeInclusive<usize> = 3..=36;
/// Of more topics the names would stand in each other's way: numbers stand for them.
const NAMED: usize = 12;
/// Longer names would, too.
const LONGEST_NAME: usize = 24;

/// A topic.
pub(super) struct Axis<'a> {
    pub name: &'a str,
    /// How far out it is, from 0 to 1.
    pub part: f64,
    /// The same of what is compared.
    pub other: Option<f64>,
}

/// What the template draws.
#[derive(Serialize)]
pub(super) struct RadarView {
    /// Whether numbers stand for names: those of the topics, from 1.
    numbered: bool,
    rings: Vec<String>,
    axes: Vec<AxisView>,
    own: String,
    other: Option<String>,
}

#[derive(Serialize)]
struct AxisView {
    name: String,
    x: String,
    y: String,
    label_x: String,
    label_y: String,
    /// Where its name begins, seen from its place: `start`, `middle` or `end`.
    anchor: &'static str,
}

/// The points of a radar; nothing where one would say nothing.
pub(super) fn radar(axes: &[Axis<'_>]) -> Option<RadarView> {
    if !TOPICS.contains(&axes.len()) {
        return None;
    }
    let numbered = axes.len() > NAMED;
    let around = |at: usize| std::f64::consts::TAU * at as f64 / axes.len() as f64;
    let place = |at: usize, distance: f64| (distance * around(at).sin(), -distance * around(at).cos());
    let points = |part: &dyn Fn(&Axis<'_>) -> f64| {
        let point = |(at, axis): (usize, &Axis<'_>)| {
            let (x, y) = place(at, RADIUS * part(axis).clamp(0.0, 1.0));
            format!("{x:.1},{y:.1}")
        };
        axes.iter().enumerate().map(point).collect::<Vec<_>>().join(" ")
    };
    let axis = |(at, axis): (usize, &Axis<'_>)| {
        let ((x, y), (label_x, label_y)) = (place(at, RADIUS), place(at, RADIUS + BESIDE));
        let anchor = match label_x {
            x if x.abs() < 5.0 => "middle",
            x if x > 0.0 => "start",
            _ => "end",
        };
        let [x, y, label_x, label_y] = [x, y, label_x, label_y + 2.5].map(|number| format!("{number:.1}"));
        AxisView {
            name: if numbered { (at + 1).to_string() } else { short(axis.name) },
            x,
            y,
            label_x,
            label_y,
            anchor,
        }
    };
    Some(RadarView {
        numbered,
        rings: (1..=5).map(|ring| points(&|_| f64::from(ring) / 5.0)).collect(),
        axes: axes.iter().enumerate().map(axis).collect(),
        own: points(&|axis| axis.part),
        other: axes.iter().any(|axis| axis.other.is_some()).then(|| points(&|axis| axis.other.unwrap_or(0.0))),
    })
}

fn short(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    let begin: String = name.chars().take(LONGEST_NAME - 1).collect();
    format!("{}…", begin.trim_end())
}
