//! Scripts that hand a plan to a scheduler: Slurm array jobs, Kubernetes Indexed Jobs.

use std::env;
use std::ffi::OsString;
use std::path::Path;

use clap::Args;

use super::super::failure::{Failure, in_words};
use super::super::shell::{line, quoted};

/// The schedulers that a plan is written for.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(in crate::cli) struct Schedulers {
    /// Also write array.slurm, the script that takes the shards in behind it, and submit.sh, which submits both
    #[arg(long)]
    pub(in crate::cli) slurm: bool,
    /// Also write job.yaml, an Indexed Job for Kubernetes, and of a sweep merge.yaml
    #[arg(long)]
    pub(in crate::cli) kubernetes: bool,
}

/// What is done when all shards are there.
pub(super) enum Then {
    /// They are merged into the results of a sweep.
    Merge,
    /// A tuning takes them in and writes its next round: by a command whose first word is the program. It prints the path of the
    /// next round's plan, or nothing where the results are written.
    Next(Vec<OsString>),
}

impl Schedulers {
    /// The options that ask for the same.
    pub(in crate::cli) fn options(self) -> Vec<&'static str> {
        let all = [(self.slurm, "--slurm"), (self.kubernetes, "--kubernetes")];
        all.into_iter().filter(|(is_asked, _)| *is_asked).map(|(_, option)| option).collect()
    }

    /// The scripts of a plan.
    ///
    /// # Errors
    /// When it is not known where program and folder are.
    pub(super) fn files(
        self,
        folder: &Path,
        study: &str,
        shards: u32,
        then: &Then,
    ) -> Result<Vec<(String, String)>, Failure> {
        let mut files = Vec::new();
        if self.slurm {
            files.extend(slurm(folder, study, shards, then)?);
        }
        if self.kubernetes {
            files.extend(kubernetes(study, shards, then));
        }
        Ok(files)
    }
}

/// An array job, what takes its shards in and waits for it, and what submits both.
fn slurm(folder: &Path, study: &str, shards: u32, then: &Then) -> Result<Vec<(String, String)>, Failure> {
    let absolute = |path: std::io::Result<std::path::PathBuf>| {
        path.map(|path| quoted(path.as_os_str())).map_err(|error| Failure::running(in_words(&error)))
    };
    let program = absolute(env::current_exe())?;
    let here = absolute(env::current_dir())?;
    let folder = absolute(std::path::absolute(folder))?;
    let name = job_name(study);
    let last = shards - 1;
    let array = format!(
        "#!/bin/sh\n\
         # One task a shard. Tasks of a node that is lost are run again elsewhere.\n\
         #SBATCH --job-name={name}\n\
         #SBATCH --array=0-{last}\n\
         #SBATCH --cpus-per-task=1\n\
         #SBATCH --output={name}-%a.log\n\
         #SBATCH --requeue\n\
         set -eu\n\
         folder={folder}\n\
         program=\"${{BACKORDER:-{program}}}\"\n\
         exec \"$program\" shard run \"$folder/plan.json\" --index \"$SLURM_ARRAY_TASK_ID\" --jobs \"${{SLURM_CPUS_PER_TASK:-1}}\"\n"
    );
    let (behind, about, run) = match then {
        Then::Merge => (
            "merge",
            "The results of the sweep, once all shards are there.",
            "exec \"$program\" shard merge \"$folder/plan.json\"\n".to_string(),
        ),
        Then::Next(words) => (
            "next",
            "Takes the shards in and submits the next round of the tuning, until its results are written.",
            format!(
                "plan=$(\"$program\" {})\n\
                 if [ -n \"$plan\" ]; then\n\
                 \x20   exec sh \"$(dirname \"$plan\")/submit.sh\"\n\
                 fi\n",
                line(&words[1..])
            ),
        ),
    };
    let behind_it = format!(
        "#!/bin/sh\n\
         # {about}\n\
         #SBATCH --job-name={name}-{behind}\n\
         #SBATCH --output={name}-{behind}.log\n\
         set -eu\n\
         folder={folder}\n\
         program=\"${{BACKORDER:-{program}}}\"\n\
         cd {here}\n\
         {run}"
    );
    let submit = format!(
        "#!/bin/sh\n\
         # Submits the shards that are missing, and {behind}.slurm behind them. To be started again after a failure.\n\
         set -eu\n\
         folder={folder}\n\
         program=\"${{BACKORDER:-{program}}}\"\n\
         missing=$(\"$program\" --quiet shard missing \"$folder/plan.json\")\n\
         if [ -z \"$missing\" ]; then\n\
         \x20   exec sbatch --chdir=\"$folder\" \"$folder/{behind}.slurm\"\n\
         fi\n\
         array=$(sbatch --parsable --chdir=\"$folder\" --array=\"$missing\" \"$folder/array.slurm\")\n\
         sbatch --chdir=\"$folder\" --dependency=\"afterok:$array\" --kill-on-invalid-dep=yes \"$folder/{behind}.slurm\"\n"
    );
    Ok(vec![("array.slurm".into(), array), (format!("{behind}.slurm"), behind_it), ("submit.sh".into(), submit)])
}

/// An Indexed Job for Kubernetes, and the job that merges. The next round of a tuning is written where the tuning is.
fn kubernetes(study: &str, shards: u32, then: &Then) -> Vec<(String, String)> {
    let name = job_name(study);
    let job = |kind: &str, head: &str, command: &str| {
        format!(
            "# Replace IMAGE by an image with the program, CLAIM by a claim on a disk that all nodes mount: it holds the folder\n\
             # of the plan and, as the plan refers to it, the scenario. DIR is the folder of the plan on that disk.\n\
             apiVersion: batch/v1\n\
             kind: Job\n\
             metadata:\n\
             \x20 name: {name}{kind}\n\
             spec:\n\
             {head}\
             \x20 backoffLimit: 4\n\
             \x20 template:\n\
             \x20   spec:\n\
             \x20     restartPolicy: Never\n\
             \x20     containers:\n\
             \x20       - name: backorder\n\
             \x20         image: IMAGE\n\
             \x20         workingDir: /study/DIR\n\
             \x20         command: {command}\n\
             \x20         resources: {{ requests: {{ cpu: \"1\" }} }}\n\
             \x20         volumeMounts:\n\
             \x20           - {{ name: study, mountPath: /study }}\n\
             \x20     volumes:\n\
             \x20       - name: study\n\
             \x20         persistentVolumeClaim: {{ claimName: CLAIM }}\n"
        )
    };
    let indexed =
        format!("\x20 completionMode: Indexed\n\x20 completions: {shards}\n\x20 parallelism: {}\n", shards.min(20));
    let run = r#"["backorder", "shard", "run", "plan.json", "--jobs", "1"]"#;
    let merge = r#"["backorder", "shard", "merge", "plan.json"]"#;
    // The index comes as JOB_COMPLETION_INDEX.
    let mut files = vec![("job.yaml".to_string(), job("", &indexed, run))];
    if matches!(then, Then::Merge) {
        files.push(("merge.yaml".to_string(), job("-merge", "", merge)));
    }
    files
}

/// A name that schedulers take: lower-case letters, digits and hyphens.
fn job_name(study: &str) -> String {
    let letters =
        study.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect::<String>();
    let parts: Vec<&str> = letters.split('-').filter(|part| !part.is_empty()).collect();
    let name = parts.join("-");
    let name: String = name.chars().take(40).collect();
    if name.is_empty() { "sweep".to_string() } else { name.trim_end_matches('-').to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_schedulers_take() {
        assert_eq!(job_name("Warehouse count, v2"), "warehouse-count-v2");
        assert_eq!((job_name("…"), job_name("a_b")), ("sweep".into(), "a-b".into()));
    }

    #[test]
    fn an_indexed_job_has_an_index_for_each_shard() {
        let files = kubernetes("warehouse count", 12, &Then::Merge);
        assert!(files[0].1.contains("completionMode: Indexed\n  completions: 12\n  parallelism: 12\n"));
        assert!(
            files[0].1.contains("  name: warehouse-count\n") && files[1].1.contains("  name: warehouse-count-merge\n")
        );
    }
}
