//! How an experiment is carried out: threads, audit, progress, cancellation. Nothing of it changes a result.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How to run an experiment. The default uses all cores, checks no invariant, and tells nobody how far it is.
///
/// ```
/// use backorder::experiment::Settings;
/// let settings = Settings { jobs: Some(2), ..Settings::default() }
///     .with_progress(|done, wanted| eprintln!("{done} of {wanted} replications"));
/// // To be handed to whatever may want to stop the experiment, such as a signal handler.
/// let stop = settings.stop.clone();
/// # assert!(!settings.is_stopped());
/// stop.store(true, std::sync::atomic::Ordering::Relaxed);
/// # assert!(settings.is_stopped());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How many threads; as many as the machine has cores when left out. Without the feature `parallel` there is one.
    pub jobs: Option<usize>,
    /// Check every invariant at every instant.
    pub audit: bool,
    /// Set it from outside to stop after the replications under way.
    pub stop: Arc<AtomicBool>,
    /// Who is told how far it is.
    pub progress: Option<Progress>,
}

impl Settings {
    /// The same, with a function that is told how many replications are done, of how many wanted as far as is known.
    /// It is never called by two threads at once.
    #[must_use]
    pub fn with_progress(self, tell: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        Self { progress: Some(Progress(Arc::new(tell))), ..self }
    }

    /// Whether the experiment was told to stop.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Tells how far it is.
    pub(super) fn report_progress(&self, done: u64, wanted: u64) {
        if let Some(Progress(tell)) = &self.progress {
            tell(done, wanted);
        }
    }
}

/// A function that is told the number of replications done and wanted.
#[derive(Clone)]
pub struct Progress(Arc<dyn Fn(u64, u64) + Send + Sync>);

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress(…)")
    }
}
