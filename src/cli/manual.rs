//! `completions` and `man`: what a shell and a reader of manual pages know of the program, made from its own grammar.

use std::io;

use clap::{Args, Command};
use clap_complete::Shell;
use clap_mangen::Man;

use super::console;
use super::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

/// Prints the completions for a shell.
pub(super) fn completions(shell: Shell, mut grammar: Command) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut grammar, "backorder", &mut script);
    console::data(&String::from_utf8_lossy(&script))
}

/// Prints the manual page, with a section for each subcommand.
pub(super) fn man(mut grammar: Command) -> Result<(), Failure> {
    grammar.build();
    let page = page(grammar).expect("writing to memory does not fail");
    // What stands after the help is about exit codes.
    console::data(&String::from_utf8_lossy(&page).replace(".SH EXTRA", ".SH \"EXIT STATUS\""))
}

fn page(command: Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let parts: Vec<Command> = command.get_subcommands().filter(|part| part.get_name() != "help").cloned().collect();
    let whole = Man::new(command);
    whole.render_title(&mut page)?;
    whole.render_name_section(&mut page)?;
    whole.render_synopsis_section(&mut page)?;
    whole.render_description_section(&mut page)?;
    whole.render_options_section(&mut page)?;
    for part in parts {
        page.extend(format!(".SH \"BACKORDER {}\"\n", part.get_name().to_uppercase()).bytes());
        let mut inner = Vec::new();
        let man = Man::new(part);
        man.render_synopsis_section(&mut inner)?;
        man.render_description_section(&mut inner)?;
        man.render_options_section(&mut inner)?;
        // Its sections stand below the one that names it.
        page.extend(String::from_utf8_lossy(&inner).replace(".SH ", ".SS ").bytes());
    }
    whole.render_extra_section(&mut page)?;
    whole.render_version_section(&mut page)?;
    Ok(page)
}
