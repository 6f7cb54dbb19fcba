//! Sites tried one after the other by programs of their own, which may end as no test should: by an overflow, or
//! never.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Judge, Project, shrink};

/// Which sites one program tries.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    pub first: u64,
    pub step: u64,
    /// How many at most, and for how many minutes, if not 0.
    pub most: u64,
    pub minutes: u64,
    /// Whether it goes on after a fault.
    pub goes_on: bool,
}

/// The environment that tells a program its task, and the file into which it writes what it does.
const TASK: &str = "BOKWORM_HOSTILE_TASK";
const DIARY: &str = "BOKWORM_HOSTILE_DIARY";

/// A site may take so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came of it.
#[derive(Default)]
pub struct Told {
    pub tried: u64,
    /// Of each kind of fault, how many sites have it, and the first of them in words.
    pub faults: BTreeMap<String, (u64, String)>,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} hostile sites tried, {} kinds of faults", self.tried, self.faults.len())?;
        for (kind, (sites, first)) in &self.faults {
            writeln!(f, "\n{sites} × {kind}; first: {first}")?;
        }
        Ok(())
    }
}

impl Told {
    fn add(&mut self, kind: &str, first: String) {
        self.faults.entry(kind.to_owned()).or_insert((0, first)).0 += 1;
    }

    /// Takes in what a program wrote: a line for each site, lines for what is wrong with it.
    fn take_in(&mut self, diary: &str) {
        self.tried += diary.lines().filter(|line| line.starts_with("site ")).count() as u64;
        for fault in diary.split("\u{1}fault ").skip(1) {
            let fault = fault.split("\u{1}end").next().unwrap_or_default();
            let (kind, first) = fault.split_once('\n').unwrap_or((fault, ""));
            self.add(kind, first.to_owned());
        }
    }
}

/// The number of the last site in a diary.
fn last_site(diary: &str) -> Option<u64> {
    diary.lines().rev().find_map(|line| line.strip_prefix("site ")?.parse().ok())
}

/// Has each task done by a program, all at the same time, and tells what they found.
pub fn share_out(tasks: &[Task]) -> Told {
    let mut told = Told::default();
    std::thread::scope(|scope| {
        let running: Vec<_> = tasks.iter().map(|&task| scope.spawn(move || one(task))).collect();
        for diary in running.into_iter().flat_map(|thread| thread.join().expect("it only waits")) {
            told.take_in(&diary);
        }
    });
    told
}

/// Has one task done: another program goes on where one was ended.
fn one(mut task: Task) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("diary");
    let end = Instant::now() + Duration::from_secs(60 * task.minutes);
    let mut diaries = Vec::new();
    loop {
        fs::write(&file, "").expect("a file can be written");
        let ended = wait(task.start(&file), &file);
        let mut diary = fs::read_to_string(&file).unwrap_or_default();
        let last = last_site(&diary);
        if let Some(how) = &ended {
            let shown = last.map(|seed| Project::of_seed(seed).shown()).unwrap_or_default();
            diary.push_str(&format!("\u{1}fault {how}\nseed {last:?}\n{shown}\u{1}end"));
        }
        let tried = diary.lines().filter(|line| line.starts_with("site ")).count() as u64;
        diaries.push(diary);
        task.most = task.most.saturating_sub(tried);
        let is_late = task.minutes > 0 && Instant::now() > end;
        let (Some(_), Some(last), true, false) = (ended, last, task.goes_on && task.most > 0, is_late) else { break };
        task.first = last + task.step;
        task.minutes = end.saturating_duration_since(Instant::now()).as_secs().div_ceil(60);
    }
    diaries
}

/// Waits for a program; how it was ended, if it didn't end well.
fn wait(mut child: Child, diary: &Path) -> Option<String> {
    let (mut length, mut since) = (0, Instant::now());
    loop {
        if let Some(status) = child.try_wait().expect("it is our child") {
            return (!status.success()).then(|| format!("the program was ended: {status}"));
        }
        let now = fs::metadata(diary).map_or(0, |file| file.len());
        if now != length {
            (length, since) = (now, Instant::now());
        }
        if since.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return Some("no end".to_owned());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Task {
    /// Starts the test `work` of this program with the task. What takes all memory is ended before that.
    fn start(self, diary: &Path) -> Child {
        let program = std::env::current_exe().expect("this is a program");
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -v 8000000; exec \"$0\" \"$@\""]).arg(program);
        command.args(["--ignored", "--exact", "safe_mode::work"]).env(DIARY, diary);
        let Self { first, step, most, minutes, goes_on } = self;
        command.env(TASK, format!("{first} {step} {most} {minutes} {}", u8::from(goes_on)));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("a program can be started")
    }

    /// The task that this program was started with.
    pub fn of_environment() -> Option<Self> {
        let task = std::env::var(TASK).ok()?;
        let numbers: Vec<u64> = task.split(' ').filter_map(|number| number.parse().ok()).collect();
        let &[first, step, most, minutes, goes_on] = numbers.as_slice() else { return None };
        Some(Self { first, step, most, minutes, goes_on: goes_on == 1 })
    }

    /// Does it, and writes down what it does.
    pub fn run(self) {
        let mut diary = Diary(std::env::var_os(DIARY).map(fs::File::create).and_then(Result::ok).expect("a diary"));
        let end = Instant::now() + Duration::from_secs(60 * self.minutes);
        let mut judge = Judge::new();
        let mut seen = BTreeSet::new();
        for at in 0..self.most {
            let seed = self.first + at * self.step;
            if self.minutes > 0 && Instant::now() > end {
                break;
            }
            diary.write(&format!("site {seed}\n"));
            let project = Project::of_seed(seed);
            let mut kinds: Vec<_> = judge.faults(&project);
            kinds.sort_by(|a, b| a.kind.cmp(&b.kind));
            kinds.dedup_by(|a, b| a.kind == b.kind);
            for fault in &kinds {
                // First as it is: making it smaller may end the program.
                diary.write(&format!("\u{1}fault {}\nseed {seed}: {}\n", fault.kind, fault.shown));
                if seen.insert(fault.kind.clone()) {
                    diary.write(&shrink::shrink(&mut judge, &project, &fault.kind, 400).shown());
                }
                diary.write("\u{1}end\n");
            }
            if !kinds.is_empty() && !self.goes_on {
                break;
            }
        }
    }
}

struct Diary(fs::File);

impl Diary {
    fn write(&mut self, text: &str) {
        use std::io::Write as _;
        self.0.write_all(text.as_bytes()).expect("the diary can be written");
    }
}
