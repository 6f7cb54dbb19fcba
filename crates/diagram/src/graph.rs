//! What is drawn of boxes and lines between them: flowcharts, states and classes come to this.

/// Which way ranks follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum RankDirection {
    #[default]
    Down,
    Up,
    Right,
    Left,
}

impl RankDirection {
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
pub(crate) enum BoxShape {
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
pub(crate) struct GraphBox {
    pub(crate) lines: Vec<String>,
    pub(crate) shape: BoxShape,
    /// Of a class: what stands below its name.
    pub(crate) parts: Vec<Vec<BoxMember>>,
    /// The group that it stands in.
    pub(crate) group: Option<usize>,
    /// The group that lines mean which lead to it.
    pub(crate) stands_for: Option<usize>,
    /// Whether something was said of it besides its name.
    pub(crate) is_told: bool,
}

/// What a class has, as it is shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct BoxMember {
    pub(crate) text: String,
    pub(crate) is_abstract: bool,
    pub(crate) is_static: bool,
}

impl BoxMember {
    pub(crate) fn class(&self) -> &'static str {
        match (self.is_abstract, self.is_static) {
            (true, _) => "member abstract",
            (_, true) => "member static",
            _ => "member",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LineHead {
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
pub(crate) enum LineStroke {
    #[default]
    Plain,
    Dotted,
    Thick,
    Hidden,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct GraphLine {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) label: Vec<String>,
    pub(crate) stroke: LineStroke,
    pub(crate) start: LineHead,
    pub(crate) end: LineHead,
    /// How many ranks it spans at least.
    pub(crate) length: usize,
    /// How many there are at each end.
    pub(crate) counts: [String; 2],
}

#[derive(Clone, Debug, Default)]
pub(crate) struct BoxGroup {
    pub(crate) title: Vec<String>,
    pub(crate) parent: Option<usize>,
    pub(crate) direction: Option<RankDirection>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct BoxGraph {
    pub(crate) direction: RankDirection,
    pub(crate) nodes: Vec<GraphBox>,
    pub(crate) edges: Vec<GraphLine>,
    pub(crate) groups: Vec<BoxGroup>,
}

impl BoxGraph {
    /// Lets a group, or where none is open the whole, go in the direction of that name.
    pub(crate) fn turn(&mut self, group: Option<usize>, direction: &str) {
        let direction = RankDirection::of(direction);
        match group {
            Some(group) => self.groups[group].direction = direction,
            None => self.direction = direction.unwrap_or_default(),
        }
    }
}
