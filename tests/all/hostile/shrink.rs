//! A project made smaller while what is wrong with it stays: files, then lines, then stretches of characters go.

use super::{Judge, Project};

/// The smallest project found that has a fault of the same kind.
pub fn shrink(judge: &mut Judge, project: &Project, kind: &str, tries: usize) -> Project {
    let mut shrinking = Shrinking { judge, kind, smallest: project.clone(), tries };
    shrinking.files();
    for at in 0..shrinking.smallest.files.len() {
        shrinking.parts(at, |text| text.split_inclusive('\n').map(str::to_owned).collect());
        shrinking.parts(at, |text| text.chars().map(String::from).collect());
    }
    shrinking.smallest
}

struct Shrinking<'a> {
    judge: &'a mut Judge,
    kind: &'a str,
    smallest: Project,
    tries: usize,
}

impl Shrinking<'_> {
    /// Takes a project for the smallest if it has the fault.
    fn holds(&mut self, project: Project) -> bool {
        if self.tries == 0 || !project.files.iter().any(|(path, _)| path != "book.toml") {
            return false;
        }
        self.tries -= 1;
        let holds = self.judge.faults(&project).iter().any(|fault| fault.kind == self.kind);
        if holds {
            self.smallest = project;
        }
        holds
    }

    fn files(&mut self) {
        for at in (0..self.smallest.files.len()).rev() {
            let mut fewer = self.smallest.clone();
            if fewer.files[at].0 != "book.toml" {
                fewer.files.remove(at);
                self.holds(fewer);
            }
        }
    }

    /// Leaves out ever smaller stretches of a file's parts.
    fn parts(&mut self, file: usize, split: impl Fn(&str) -> Vec<String>) {
        if self.smallest.files[file].0 == "book.toml" {
            return;
        }
        let mut length = split(&self.smallest.files[file].1).len();
        while length > 0 {
            let mut at = 0;
            loop {
                let parts = split(&self.smallest.files[file].1);
                if at >= parts.len() || self.tries == 0 {
                    break;
                }
                let end = (at + length).min(parts.len());
                let mut less = self.smallest.clone();
                less.files[file].1 = [&parts[..at], &parts[end..]].concat().concat();
                if !self.holds(less) {
                    at = end;
                }
            }
            length /= 2;
        }
    }
}
