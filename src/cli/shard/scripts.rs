//! Scripts that hand a plan to a scheduler: Slurm array jobs, Kubernetes Indexed Jobs.

use std::env;
use std::path::Path;

use super::super::failure::{Failure, in_words};
use super::super::shell::quoted;

/// An array job, the merge that waits for it, and what submits both.
///
/// # Errors
/// When it is not known where program and folder are.
pub(super) fn slurm(folder: &Path, study: &str, shards: u32) -> Result<Vec<(String, String)>, Failure> {
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
    let merge = format!(
        "#!/bin/sh\n\
         # The results of the sweep, once all shards are there.\n\
         #SBATCH --job-name={name}-merge\n\
         #SBATCH --output={name}-merge.log\n\
         set -eu\n\
         folder={folder}\n\
         program=\"${{BACKORDER:-{program}}}\"\n\
         cd {here}\n\
         exec \"$program\" shard merge \"$folder/plan.json\"\n"
    );
    let submit = format!(
        "#!/bin/sh\n\
         # Submits the shards that are missing, and the merge behind them. To be started again after a failure.\n\
         set -eu\n\
         folder={folder}\n\
         program=\"${{BACKORDER:-{program}}}\"\n\
         missing=$(\"$program\" --quiet shard missing \"$folder/plan.json\")\n\
         if [ -z \"$missing\" ]; then\n\
         \x20   exec sbatch --chdir=\"$folder\" \"$folder/merge.slurm\"\n\
         fi\n\
         array=$(sbatch --parsable --chdir=\"$folder\" --array=\"$missing\" \"$folder/array.slurm\")\n\
         sbatch --chdir=\"$folder\" --dependency=\"afterok:$array\" --kill-on-invalid-dep=yes \"$folder/merge.slurm\"\n"
    );
    Ok(vec![("array.slurm".to_string(), array), ("merge.slurm".to_string(), merge), ("submit.sh".to_string(), submit)])
}

/// An Indexed Job for Kubernetes, and the job that merges.
pub(super) fn kubernetes(study: &str, shards: u32) -> Vec<(String, String)> {
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
    vec![
        // The index comes as JOB_COMPLETION_INDEX.
        ("job.yaml".to_string(), job("", &indexed, run)),
        ("merge.yaml".to_string(), job("-merge", "", merge)),
    ]
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
        let files = kubernetes("warehouse count", 12);
        assert!(files[0].1.contains("completionMode: Indexed\n  completions: 12\n  parallelism: 12\n"));
        assert!(
            files[0].1.contains("  name: warehouse-count\n") && files[1].1.contains("  name: warehouse-count-merge\n")
        );
    }
}
