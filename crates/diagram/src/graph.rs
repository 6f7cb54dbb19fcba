//! What is drawn of boxes and lines between them: flowcharts, states and classes come to this.

/// Which way ranks follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Direction {
    #[default]
    Down,
    Up,
    Right,
    Left,
}

impl Direction {
    pub(crate) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "TB" | "TD" => Self::Down,
            "BT" => Self::Up,
            "LR" => Self::Right,
            "RL" => Self::Left,
            _ => return None,
        })
    }

    pub(crate) fn is_across(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    #[default]
    Box,
    Round,
    Stadium,
    Subroutine,
    Cylinder,
    Circle,
    DoubleCircle,
    Flag,
    Diamond,
    Hexagon,
    LeanRight,
    LeanLeft,
    Trapezoid,
    TrapezoidUp,
    /// A class: parts with lines between them.
    Parts,
    Start,
    End,
    Bar,
    Note,
    /// Takes no room and is not seen.
    Nothing,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) lines: Vec<String>,
    pub(crate) shape: Shape,
    /// Of a class: what stands below its name.
    pub(crate) parts: Vec<Vec<String>>,
    /// The group that it stands in.
    pub(crate) group: Option<usize>,
    /// The group that lines mean which lead to it.
    pub(crate) stands_for: Option<usize>,
    /// Whether something was said of it besides its name.
    pub(crate) is_told: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Head {
    #[default]
    None,
    Arrow,
    Circle,
    Cross,
    Triangle,
    Diamond,
    FullDiamond,
    Open,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stroke {
    #[default]
    Plain,
    Dotted,
    Thick,
    Hidden,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) label: Vec<String>,
    pub(crate) stroke: Stroke,
    pub(crate) start: Head,
    pub(crate) end: Head,
    /// How many ranks it spans at least.
    pub(crate) length: usize,
    /// How many there are at each end.
    pub(crate) counts: [String; 2],
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub(crate) title: Vec<String>,
    pub(crate) parent: Option<usize>,
    pub(crate) direction: Option<Direction>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    pub(crate) direction: Direction,
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) groups: Vec<Group>,
}
