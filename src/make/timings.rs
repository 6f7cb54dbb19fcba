//! Where a build's time goes: what each stage took, as a table for people and as a trace
//! (Chrome's format) that the profilers of browsers open. Knows no stage by name.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;

/// What was timed so far. Threads share one; where nobody asked, nothing is kept.
pub struct Timings {
    begun: Instant,
    kept: Option<Mutex<Vec<Event>>>,
    /// Of what several stages did, how long it took.
    tasks: Option<Mutex<Vec<(&'static str, Duration)>>>,
}

/// One piece of work.
struct Event {
    stage: &'static str,
    /// The file that was worked on; none for a stage that works on all at once.
    file: Option<String>,
    /// 0 for the main thread.
    thread: usize,
    start: Duration,
    length: Duration,
    /// For how long the processor worked: for a stage as a whole, of all threads, where the system tells.
    work: Duration,
}

/// What all pieces of work of one kind came to.
#[derive(Default)]
struct Total {
    first: Duration,
    last: Duration,
    sum: Duration,
    files: usize,
    slowest: Option<(Duration, String)>,
}

impl Timings {
    /// Begins to count.
    pub fn start(wanted: bool) -> Self {
        Self { begun: Instant::now(), kept: wanted.then(Mutex::default), tasks: wanted.then(Mutex::default) }
    }

    /// Does a whole stage.
    pub fn stage<T>(&self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        self.time(stage, None, work)
    }

    /// Does one file's part of a stage; threads may be at several at once.
    pub fn file<T>(&self, stage: &'static str, file: &str, work: impl FnOnce() -> T) -> T {
        self.time(stage, Some(file), work)
    }

    fn time<T>(&self, stage: &'static str, file: Option<&str>, work: impl FnOnce() -> T) -> T {
        let Some(kept) = &self.kept else { return work() };
        let (start, worked) = (self.begun.elapsed(), of_program());
        let done = work();
        let length = self.begun.elapsed().saturating_sub(start);
        // What others do meanwhile is no part of a file's.
        let whole = of_program().zip(worked).filter(|_| file.is_none());
        let work = whole.map_or(length, |(now, then)| now.saturating_sub(then));
        let thread = rayon::current_thread_index().map_or(0, |thread| thread + 1);
        let event = Event { stage, file: file.map(str::to_owned), thread, start, length, work };
        kept.lock().unwrap_or_else(PoisonError::into_inner).push(event);
        done
    }

    /// A clock for who counts by himself; none where nobody asked. It goes while the processor works for the thread that
    /// asks, where the system tells: beside other programs, what is small would come out larger by the time that it waits.
    pub fn clock(&self) -> Option<impl Fn() -> Duration + Send + Sync + use<>> {
        let begun = self.begun;
        self.kept.is_some().then_some(move || of_thread().unwrap_or_else(|| begun.elapsed()))
    }

    /// Tells of a task that several stages did, how long that took them over all threads.
    pub fn tell(&self, task: &'static str, took: Duration) {
        if let Some(tasks) = &self.tasks {
            tasks.lock().unwrap_or_else(PoisonError::into_inner).push((task, took));
        }
    }

    /// The stages in the order in which they began: how long each took by the clock, and for all threads together; of those
    /// that work file by file, what the slowest file took.
    pub fn table(&self) -> String {
        let Some(kept) = &self.kept else { return String::new() };
        let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut totals: BTreeMap<&str, Total> = BTreeMap::new();
        for event in kept.iter() {
            totals.entry(event.stage).or_default().add(event);
        }
        let mut rows: Vec<(&str, Total)> = totals.into_iter().collect();
        rows.sort_by_key(|(_, total)| total.first);
        let mut out = String::from("stage         by the clock   all threads   files   slowest file\n");
        let worked: Duration = rows.iter().map(|(_, total)| total.sum).sum();
        for (stage, total) in rows {
            let clock = in_ms(total.last.saturating_sub(total.first));
            let sum = in_ms(total.sum);
            let _ = write!(out, "{stage:<13} {clock:>12}   {sum:>11}");
            if let Some((length, file)) = total.slowest {
                let _ = write!(out, "   {:>5}   {file} ({})", total.files, in_ms(length));
            }
            out.push('\n');
        }
        let _ = writeln!(out, "{:<13} {:>12}   {:>11}", "all", in_ms(self.begun.elapsed()), in_ms(worked));
        let tasks = self.tasks.iter().flat_map(|tasks| tasks.lock().unwrap_or_else(PoisonError::into_inner).clone());
        for (at, (task, took)) in tasks.enumerate() {
            out.push_str(if at == 0 { "among these, in all stages together\n" } else { "" });
            let _ = writeln!(out, "{task:<13} {:>12}   {:>11}", "", in_ms(took));
        }
        out
    }

    /// All pieces of work as Chrome's trace events, in order of their beginning.
    pub fn trace(&self) -> String {
        let Some(kept) = &self.kept else { return String::new() };
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.sort_by_key(|event| event.start);
        let events = kept.iter().map(|event| {
            json!({
                "name": event.file.as_deref().unwrap_or(event.stage),
                "cat": event.stage,
                "ph": "X",
                "pid": 1,
                "tid": event.thread,
                "ts": micros(event.start),
                "dur": micros(event.length),
            })
        });
        let events: Vec<serde_json::Value> = events.collect();
        json!({ "displayTimeUnit": "ms", "traceEvents": events }).to_string()
    }
}

impl Total {
    fn add(&mut self, event: &Event) {
        let end = event.start + event.length;
        let is_first = self.last.is_zero();
        self.first = if is_first { event.start } else { self.first.min(event.start) };
        self.last = self.last.max(end);
        self.sum += event.work;
        if let Some(file) = &event.file {
            self.files += 1;
            if self.slowest.as_ref().is_none_or(|(length, _)| *length < event.length) {
                self.slowest = Some((event.length, file.clone()));
            }
        }
    }
}

/// How long the processor has worked for this thread.
#[cfg(unix)]
fn of_thread() -> Option<Duration> {
    rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime).try_into().ok()
}

/// How long the processor has worked for all threads of the program.
#[cfg(unix)]
fn of_program() -> Option<Duration> {
    rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).try_into().ok()
}

#[cfg(not(unix))]
fn of_thread() -> Option<Duration> {
    None
}

#[cfg(not(unix))]
fn of_program() -> Option<Duration> {
    None
}

fn micros(time: Duration) -> f64 {
    time.as_nanos() as f64 / 1000.0
}

fn in_ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_in_the_table_and_in_the_trace() {
        let timings = Timings::start(true);
        assert_eq!(timings.stage("read", || 7), 7);
        timings.file("render", "a.html", || ());
        timings.file("render", "b.html", || std::thread::sleep(Duration::from_millis(2)));
        let table = timings.table();
        let stages: Vec<&str> = table.lines().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(stages, ["stage", "read", "render", "all"]);
        assert!(table.contains("    2   b.html ("), "{table}");
        let all: Vec<&str> = table.lines().next_back().unwrap_or_default().split_whitespace().collect();
        assert_eq!(all.len(), 5, "clock and all threads, each with its unit: {table}");
        timings.tell("lists", Duration::from_millis(3));
        let last =
            timings.table().lines().next_back().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        assert_eq!(last.as_deref(), Some("lists 3.0 ms"));
        let trace: serde_json::Value = serde_json::from_str(&timings.trace()).unwrap();
        assert_eq!(trace["traceEvents"][0]["name"], "read");
        assert_eq!(trace["traceEvents"].as_array().map(Vec::len), Some(3));
    }

    #[test]
    fn nothing_is_kept_that_nobody_asked_for() {
        let timings = Timings::start(false);
        assert_eq!(timings.stage("read", || 7), 7);
        assert_eq!(timings.table(), "");
    }
}
