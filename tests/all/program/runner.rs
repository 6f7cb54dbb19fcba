//! A machine of GitHub's as far as steps of a shell see it, and what workflows have to be like.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use yaml_rust2::{Yaml, YamlLoader};

pub fn workflow(folder: &Path, file: &str) -> Yaml {
    parsed(&super::read(folder, file))
}

pub fn parsed(text: &str) -> Yaml {
    YamlLoader::load_from_str(text).expect("it is YAML").remove(0)
}

pub fn jobs(workflow: &Yaml) -> impl Iterator<Item = (&str, &Yaml)> {
    workflow["jobs"].as_hash().unwrap().iter().map(|(name, job)| (name.as_str().unwrap(), job))
}

pub fn steps(job: &Yaml) -> &[Yaml] {
    job["steps"].as_vec().unwrap()
}

/// What a job may do.
pub fn permissions(job: &Yaml) -> Vec<(&str, &str)> {
    let said = job["permissions"].as_hash().expect("each job says what it may do");
    said.iter().map(|(what, how)| (what.as_str().unwrap(), how.as_str().unwrap())).collect()
}

/// A workflow may do nothing but what its jobs say, takes actions by their commits, keeps no rights of the checkout, and
/// hands what others write to a shell as a variable, never as a part of a script.
pub fn sound(text: &str) {
    for action in text.lines().filter_map(|line| Some(line.split_once("uses: ")?.1)) {
        let (_, pinned) = action.split_once('@').unwrap();
        let (commit, version) = pinned.split_once(" # v").expect("the version stands beside the commit");
        assert!(commit.len() == 40 && version.split('.').count() == 3, "{action}");
    }
    let workflow = parsed(text);
    assert!(workflow["permissions"].as_hash().unwrap().is_empty());
    for (name, job) in jobs(&workflow) {
        assert!(!permissions(job).is_empty(), "{name}");
        for step in steps(job) {
            assert!(step["run"].as_str().is_none_or(|run| !run.contains("${{")), "{step:?}");
            let checks_out = step["uses"].as_str().is_some_and(|uses| uses.starts_with("actions/checkout@"));
            assert!(!checks_out || step["with"]["persist-credentials"].as_bool() == Some(false), "{name}");
        }
    }
}

/// A machine that runs steps.
pub struct Runner {
    folder: PathBuf,
    pub variables: BTreeMap<String, String>,
}

impl Runner {
    /// In a checkout, with a folder of its own, and programs before those of the machine.
    pub fn at(folder: &Path, place: &Path, stubs: &[(&str, &str)]) -> Self {
        let own = place.join("bin");
        std::fs::create_dir_all(&own).unwrap();
        for (name, script) in stubs {
            use std::os::unix::fs::PermissionsExt;
            std::fs::write(own.join(name), format!("#!/bin/sh\n{script}\n")).unwrap();
            std::fs::set_permissions(own.join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let program = Path::new(env!("CARGO_BIN_EXE_bokworm")).parent().unwrap();
        let path = format!("{}:{}:{}", own.display(), program.display(), std::env::var("PATH").unwrap());
        let below = |name: &str| place.join(name).display().to_string();
        let variables = [
            ("PATH", path),
            ("GITHUB_ACTIONS", "true".into()),
            ("GITHUB_STEP_SUMMARY", below("summary.md")),
            ("GITHUB_PATH", below("path")),
            ("GITHUB_OUTPUT", below("output")),
            ("RUNNER_TEMP", place.display().to_string()),
            ("GITHUB_BASE_REF", "main".into()),
        ];
        let variables = variables.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { folder: folder.to_path_buf(), variables }
    }

    /// Runs the step of that name of a job; its expressions have these values. The exit code, and what was printed.
    pub fn run(&self, job: &Yaml, name: &str, values: &[(&str, &str)]) -> (i32, String) {
        let step = steps(job).iter().find(|step| step["name"].as_str() == Some(name)).expect("there is such a step");
        let folder = job["defaults"]["run"]["working-directory"].as_str().unwrap_or(".");
        let mut shell = Command::new("bash");
        shell.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"].as_str().unwrap()]);
        shell.current_dir(self.folder.join(folder)).envs(&self.variables).env_remove("NO_COLOR");
        for (name, value) in step["env"].as_hash().into_iter().flatten() {
            let expression = value.as_str().unwrap();
            let known = values.iter().find(|(known, _)| expression == format!("${{{{ {known} }}}}"));
            shell.env(name.as_str().unwrap(), known.unwrap_or_else(|| panic!("{expression} has a value")).1);
        }
        let output = shell.output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code().unwrap(), told)
    }
}
