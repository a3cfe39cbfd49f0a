//! `help` and `completions`: what the program says of itself.

use anyhow::bail;
use clap::CommandFactory;

use crate::Exit;
use crate::args::{self, Args};
use crate::print::Output;

/// Prints the query syntax, how concepts are written, or the help of a command.
pub(crate) fn help(args: &args::Help) -> anyhow::Result<Exit> {
    let text = match args.topic.as_deref() {
        None => Args::command().render_long_help().to_string(),
        Some("syntax") => chapeau_query::SYNTAX.to_owned(),
        Some("thesaurus") => chapeau_query::thesaurus::format_help(),
        Some(topic) => help_of(topic)?,
    };
    let mut out = Output::stdout();
    out.text(&text)?;
    out.finish()?;
    Ok(Exit::Done)
}

fn help_of(topic: &str) -> anyhow::Result<String> {
    let mut program = Args::command();
    // Building fills in the names that usage lines show.
    program.build();
    match program.find_subcommand_mut(topic) {
        Some(command) => Ok(command.render_long_help().to_string()),
        None => bail!("no help on \"{topic}\", want syntax, thesaurus or the name of a command"),
    }
}

/// Prints a completion script.
pub(crate) fn completions(args: &args::Completions) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "chapeau", &mut script);
    let mut out = Output::stdout();
    out.bytes(&script)?;
    out.finish()?;
    Ok(Exit::Done)
}
