//! What goes into a sweep, in words.

use super::super::asked;
use super::super::failure::Failure;
use super::super::fingerprint::sha256;
use super::super::options::FileArgs;
use super::super::reproduce;
use super::super::shell;
use super::StudyArgs;
use super::prepare::Prepared;
use crate::domain::phrase::in_currency;
use crate::domain::{Model, WarmUp};
use crate::experiment::{Gate, planned};
use crate::report::{
    InWords, InputFile, Looked, Origin, VariedInputs, condition_words, values_in_words, values_looked_at, varied_inputs,
};
use crate::scenario;

impl Prepared {
    /// What goes in: what is varied and what it changes, what stays, the files that were read. `more` are the words of the command
    /// beside those of the study, `sought` the condition that a setting is sought for.
    ///
    /// # Errors
    /// When the first cell, or the study, cannot be read any more.
    pub(in crate::cli) fn told(
        &self,
        args: &StudyArgs,
        more: &[&str],
        sought: Option<&Gate>,
    ) -> Result<VariedInputs, Failure> {
        let first = self.words_of(self.checked_model(0)?);
        let own = self.reader.check(&self.study.set).ok().map(|loaded| self.words_of(loaded.model));
        let (axes, spoken) = (&self.study.axes, &self.plan.axes);
        // Axes side by side are one.
        let together: Vec<Vec<usize>> = match self.plan.design.is_side_by_side() {
            true => vec![(0..axes.len()).collect()],
            false => (0..axes.len()).map(|axis| vec![axis]).collect(),
        };
        let looked = together.iter().map(|these| {
            let join =
                |of: &dyn Fn(usize) -> String, by: &str| these.iter().map(|&it| of(it)).collect::<Vec<_>>().join(by);
            let count = axes[these[0]].values.len();
            let names: Vec<String> =
                (0..count).map(|value| join(&|axis| axes[axis].values[value].name.clone(), ", ")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let is_range = these.iter().all(|&axis| axes[axis].positions().is_some());
            let at = values_looked_at(count, is_range).into_iter().filter_map(|value| {
                // Where a setting is sought, one that was never looked at may be no scenario.
                let cell = self.plan.design.along(these[0], value);
                let model = if cell == 0 { None } else { Some(self.checked_model(cell).ok()?) };
                Some((names[value].to_string(), model.map_or_else(|| first.clone(), |model| self.words_of(model))))
            });
            let has_label = these.iter().any(|&axis| spoken[axis].label != spoken[axis].key);
            Looked {
                label: has_label.then(|| join(&|axis| spoken[axis].label.clone(), ", ")),
                key: join(&|axis| axes[axis].key.clone(), ", "),
                values: values_in_words(&names, is_range),
                at: at.collect(),
            }
        });
        let text = crate::files::read_text(&args.file).map_err(Failure::wrong)?;
        let is_of_study = scenario::is_study(&text);
        let mut sources = self.sources();
        if is_of_study {
            let name = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sources.insert(0, InputFile { name, sha256: sha256(text.as_bytes()) });
        }
        let words =
            [vec!["backorder".into(), "sweep".into()], args.there().words(), more.iter().map(Into::into).collect()];
        let origin = Origin {
            version: env!("CARGO_PKG_VERSION").to_string(),
            command: shell::line(&words.concat()),
            sources,
            next: Vec::new(),
        };
        Ok(varied_inputs(origin, is_of_study, self.asked(sought), (own.as_ref(), &first), looked.collect()))
    }

    fn words_of(&self, mut model: Model) -> InWords {
        if model.run.warm_up == WarmUp::Auto {
            model.run.warm_up = WarmUp::Fixed(self.plan.warm_up);
        }
        InWords::of(&model, &planned(&model))
    }

    /// What is asked of all cells.
    fn asked(&self, sought: Option<&Gate>) -> Vec<(String, String)> {
        let set = self.study.set.iter().map(|setting| &setting.change);
        let anew = set.filter(|change| change.path == "run.replan" && change.value == "true").count() > 0;
        let currency = self.plan.currency.as_deref();
        let sought = sought.map(|gate| in_currency(currency, || condition_words(gate)));
        let rows = [
            ("Sought", sought.map(|condition| format!("{condition}, with the interval of what is measured"))),
            ("Settings of all cells", asked::settings(&self.study.set)),
            ("Axes", self.study.zip.then(|| "gone through side by side".to_string())),
            ("Levels", anew.then(|| "planned anew in every cell".to_string())),
            ("Differences that do not matter", asked::indifference(&self.plan.judging.indifference, currency)),
        ];
        rows.into_iter().filter_map(|(what, how)| Some((what.to_string(), how?))).collect()
    }
}

impl StudyArgs {
    /// The same where its file stands, so that it does not matter how that was named.
    fn there(&self) -> Self {
        let (file, allow) = reproduce::there(&self.file, &self.files.allow);
        Self { file: reproduce::safe(file.as_os_str()).into(), files: FileArgs { allow }, ..self.clone() }
    }
}
