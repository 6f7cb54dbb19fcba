//! Plans of time: tasks in sections, each from a day or another task's end on.

use std::collections::HashMap;

use crate::axis;
use crate::day;
use crate::fault::DrawingFault;
use crate::letters::{self, LINE, lines};
use crate::source::DiagramSource;
use crate::svg::SvgPicture;
use crate::workdays::Workdays;

/// More tasks, or more days, are not drawn.
const MOST: usize = 500;
const MOST_DAYS: f64 = 40_000.0;

/// How wide the days are drawn together.
const WIDE: f64 = 520.0;

struct GanttTask {
    name: String,
    section: usize,
    start: f64,
    end: f64,
    /// Where its bar ends.
    seen_end: f64,
    class: &'static str,
    is_milestone: bool,
}

/// Where a plan is drawn: its days from left to right, its tasks from top to bottom.
struct GanttFrame {
    start: f64,
    days: f64,
    left: f64,
    top: f64,
    bottom: f64,
}

impl GanttFrame {
    fn x(&self, at: f64) -> f64 {
        self.left + (at - self.start) / self.days * WIDE
    }
}

#[derive(Default)]
struct GanttReader {
    title: String,
    format: String,
    sections: Vec<String>,
    tasks: Vec<GanttTask>,
    ends: HashMap<String, (f64, f64)>,
    workdays: Workdays,
    /// How days are written below it, and how far apart, where its writer says so.
    axis: String,
    interval: String,
}

pub(crate) fn draw(source: &DiagramSource) -> Result<String, DrawingFault> {
    let mut reader =
        GanttReader { title: source.title.clone(), format: "YYYY-MM-DD".to_owned(), ..GanttReader::default() };
    for (line, text) in source.lines.iter().skip(1) {
        reader.line(text).map_err(|message| DrawingFault::new(*line, message))?;
    }
    let line = source.lines.first().map_or(0, |(line, _)| *line);
    let (start, end) =
        reader.tasks.iter().fold((f64::MAX, f64::MIN), |(start, end), task| (start.min(task.start), end.max(task.end)));
    if reader.tasks.is_empty() || reader.tasks.len() > MOST || end - start > MOST_DAYS {
        return Err(DrawingFault::new(
            line,
            format!("it has {} tasks, and 1 to {MOST} within a hundred years can be drawn", reader.tasks.len()),
        ));
    }
    Ok(reader.draw(source, start, (end - start).max(0.01)))
}

impl GanttReader {
    fn line(&mut self, text: &str) -> Result<(), String> {
        let (word, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
        match word {
            "title" => rest.trim().clone_into(&mut self.title),
            "dateFormat" => rest.trim().clone_into(&mut self.format),
            "section" => self.sections.push(rest.trim().to_owned()),
            "axisFormat" => rest.trim().clone_into(&mut self.axis),
            "tickInterval" => rest.trim().clone_into(&mut self.interval),
            "weekend" => self.workdays.begin_weekend(rest.trim()),
            "excludes" | "includes" => {
                let mut workdays = std::mem::take(&mut self.workdays);
                let date = |text: &str| self.date(text).ok().map(|day| day.floor() as i64);
                if word == "excludes" {
                    workdays.exclude(rest, date);
                } else {
                    workdays.include(rest, date);
                }
                self.workdays = workdays;
            }
            "todayMarker" | "weekday" | "click" | "inclusiveEndDates" | "topAxis" | "displayMode" => {}
            _ => self.task(text)?,
        }
        Ok(())
    }

    /// `Name :crit, done, id, 2026-01-01, 30d`
    fn task(&mut self, text: &str) -> Result<(), String> {
        let (name, said) = text
            .split_once(':')
            .ok_or_else(|| format!("`{text}` is no task: one is written `Name :2026-01-31, 5d`"))?;
        let mut parts: Vec<&str> = said.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        let (mut class, mut is_milestone) = ("task", false);
        while let Some(tag) =
            parts.first().copied().filter(|part| ["active", "done", "crit", "milestone", "vert"].contains(part))
        {
            class = match (tag, class) {
                ("crit", _) => "task crit",
                ("done", "task") => "task done",
                ("active", "task") => "task active",
                (_, class) => class,
            };
            is_milestone |= tag == "milestone";
            parts.remove(0);
        }
        let id = if parts.len() > 2 { Some(parts.remove(0)) } else { None };
        let before = self.tasks.last().map(|task| task.end);
        let (start, end) = match parts[..] {
            [start, end] => (self.start(start)?, end),
            [end] => (before.ok_or("the first task says when it begins")?, end),
            _ => return Err("a task says when it ends, or how long it takes".to_owned()),
        };
        let (end, is_counted) = match duration(end) {
            Some(days) => (self.workdays.end(start, start + days, MOST_DAYS), true),
            None => (self.date(end).or_else(|_| self.until(end))?, false),
        };
        let end = end.max(start);
        let seen_end = if is_counted { self.workdays.seen_end(start, end) } else { end };
        if let Some(id) = id {
            self.ends.insert(id.to_owned(), (start, end));
        }
        let section = self.sections.len();
        self.tasks.push(GanttTask { name: letters::plain(name), section, start, end, seen_end, class, is_milestone });
        Ok(())
    }

    fn start(&self, text: &str) -> Result<f64, String> {
        let Some(names) = text.strip_prefix("after ") else {
            return self.date(text);
        };
        let mut ends = names.split_whitespace().map(|name| {
            self.ends.get(name).map(|(_, end)| *end).ok_or_else(|| format!("no task above is called `{name}`"))
        });
        ends.try_fold(f64::MIN, |latest, end| Ok(latest.max(end?)))
    }

    fn until(&self, text: &str) -> Result<f64, String> {
        let name = text.strip_prefix("until ").ok_or_else(|| self.unread(text))?;
        self.ends.get(name.trim()).map(|(start, _)| *start).ok_or_else(|| format!("no task above is called `{name}`"))
    }

    fn unread(&self, text: &str) -> String {
        format!("`{text}` is no day as `{}` writes it, and no length such as `5d`", self.format)
    }

    /// A day by the format of the plan, with its time.
    fn date(&self, text: &str) -> Result<f64, String> {
        let mut parts = [1970, 1, 1, 0, 0, 0];
        let (mut format, mut rest) = (self.format.as_str(), text);
        let unread = || self.unread(text);
        while !format.is_empty() {
            let known = [("YYYY", 0), ("MM", 1), ("DD", 2), ("HH", 3), ("mm", 4), ("ss", 5)];
            if let Some((sign, at)) = known.iter().find(|(sign, _)| format.starts_with(sign)) {
                let length = rest.bytes().take(sign.len()).take_while(u8::is_ascii_digit).count();
                parts[*at] = rest[..length].parse().map_err(|_| unread())?;
                (format, rest) = (&format[sign.len()..], &rest[length..]);
            } else {
                let sign = format.chars().next().unwrap_or(' ');
                rest = rest.strip_prefix(sign).ok_or_else(unread)?;
                format = &format[sign.len_utf8()..];
            }
        }
        let [year, month, day, hours, minutes, seconds] = parts;
        let day = day::number(year, month, day).filter(|_| rest.trim().is_empty()).ok_or_else(unread)?;
        Ok(day as f64 + (hours * 3_600 + minutes * 60 + seconds) as f64 / 86_400.0)
    }

    fn draw(&self, source: &DiagramSource, start: f64, days: f64) -> String {
        let mut picture = SvgPicture::default();
        let top = if self.title.is_empty() { 0.0 } else { 30.0 };
        let names = self.sections.iter().map(|name| letters::width(name)).fold(0.0, f64::max).min(240.0);
        let left = if names > 0.0 { names + 40.0 } else { 34.0 };
        let row = LINE + 9.0;
        let bottom = top + self.tasks.len() as f64 * row;
        let frame = GanttFrame { start, days, left, top, bottom };
        let x = |at: f64| frame.x(at);
        let mut named = f64::MIN;
        self.draw_days_off(&mut picture, &frame);
        for (at, said) in axis::ticks(start, days, &self.axis, &self.interval) {
            picture.line("grid", (x(at), top), (x(at), bottom + 4.0));
            // Days whose names have no room beside the last one have none.
            let half = letters::width(&said) / 2.0;
            if x(at) - half > named {
                named = x(at) + half + 8.0;
                picture.text("tick", &[said], (x(at), bottom + 16.0));
            }
        }
        picture.reach(left + WIDE + 40.0, bottom + 24.0);
        let mut section = 0;
        for (number, task) in self.tasks.iter().enumerate() {
            let y = top + number as f64 * row;
            if task.section != section {
                section = task.section;
                picture.text("member strong", &lines(&self.sections[section - 1]), (0.0, y + row / 2.0));
                picture.line("grid", (0.0, y), (left + WIDE, y));
            }
            let (x1, x2) = (x(task.start), x(task.seen_end));
            let middle = y + row / 2.0;
            if task.is_milestone {
                let at = f64::midpoint(x1, x2);
                picture
                    .polygon(task.class, &[(at, y + 4.0), (at + 9.0, middle), (at, y + row - 4.0), (at - 9.0, middle)]);
            } else {
                picture.rect(task.class, (x1, y + 3.0, (x2 - x1).max(3.0), row - 6.0), 3.0);
            }
            let width = letters::width(&task.name);
            let name = [task.name.clone()];
            // A name that doesn't fit stands beside its bar.
            if width + 12.0 < x2 - x1 && !task.is_milestone {
                picture.text("task-label", &name, (f64::midpoint(x1, x2), middle));
            } else if x2 + width + 20.0 < left + WIDE + 40.0 || x1 - width < left {
                picture.text("member", &name, (x2 + 12.0, middle));
                picture.reach(x2 + width + 16.0, y);
            } else {
                picture.text("member", &name, (x1 - width - 10.0, middle));
            }
        }
        if !self.title.is_empty() {
            picture.text("member strong", &lines(&self.title), (0.0, 10.0));
        }
        let told = self
            .tasks
            .iter()
            .map(|task| format!("{}: {} – {}", task.name, axis::written(task.start), axis::written(task.end)));
        let mut told = source.told(told.collect::<Vec<_>>().join("; "));
        if told.title.is_empty() {
            self.title.clone_into(&mut told.title);
        }
        picture.finish("gantt", &told)
    }

    /// Days off, where they aren't so many that nobody sees them.
    fn draw_days_off(&self, picture: &mut SvgPicture, frame: &GanttFrame) {
        let end = frame.start + frame.days;
        if frame.days > 120.0 {
            return;
        }
        for day in (frame.start.floor() as i64)..(end.ceil() as i64) {
            if self.workdays.is_off(day) {
                let (left, right) = (frame.x((day as f64).max(frame.start)), frame.x((day as f64 + 1.0).min(end)));
                picture.rect("off", (left, frame.top, right - left, frame.bottom - frame.top), 0.0);
            }
        }
    }
}

/// `5d`, `2w`, `12h`, `30m`: in days.
fn duration(text: &str) -> Option<f64> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let count: f64 = text[..end].parse().ok()?;
    let days = match text[end..].trim() {
        "ms" => 1.0 / 86_400_000.0,
        "s" => 1.0 / 86_400.0,
        "m" => 1.0 / 1_440.0,
        "h" => 1.0 / 24.0,
        "d" => 1.0,
        "w" => 7.0,
        "M" => 30.0,
        "y" => 365.0,
        _ => return None,
    };
    Some(count * days)
}
