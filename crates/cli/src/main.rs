/*!
The administrators' command: check texts, and write, test, sign and publish the
policy that every browser of the company runs.

Each command is one file, `cmd_NAME.rs`, with a `run` that returns how the
process ends. Exit codes are the same everywhere: 0 all is well, 1 the command
found what it looks for (findings, problems, differences), 2 it could not do
its work.
*/

mod bundles;
mod cmd_check;
mod cmd_compile;
mod cmd_completions;
mod cmd_deploy;
mod cmd_diff;
mod cmd_explain;
mod cmd_import;
mod cmd_init;
mod cmd_keys;
mod cmd_lint;
mod cmd_publish;
mod cmd_schema;
mod cmd_test;
mod cmd_verify;
mod deploy_files;
mod input;
mod policies;
mod problems;
mod style;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Checks posts against a company's social-media policy, and maintains that policy.
#[derive(Debug, Parser)]
#[command(name = "draftguard", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 all is well; 1 the command found what it looks for (findings of `warn` or above, \
problems, failed examples, differences); 2 an error.
Colours are left out where NO_COLOR is set or the output is not a terminal.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Check texts with the same engine as the extension
    Check(cmd_check::Args),
    /// Write a commented starter policy
    Init(cmd_init::Args),
    /// Report every problem of a policy, with its place and what to write instead
    Lint(cmd_lint::Args),
    /// Run the examples that a policy carries
    Test(cmd_test::Args),
    /// Say in words what a rule does
    Explain(cmd_explain::Args),
    /// Show what changes between two policies, and which past posts get another verdict
    Diff(cmd_diff::Args),
    /// Turn a spreadsheet into a list, and report the rows that were not taken
    Import(cmd_import::Args),
    /// Make a bundle, the one file that travels, of a policy that is in order
    Compile(cmd_compile::Args),
    /// Make a key pair; the private key is encrypted with a passphrase
    Keygen(cmd_keys::KeygenArgs),
    /// Add signatures to a bundle
    Sign(cmd_keys::SignArgs),
    /// Say whether browsers would trust a bundle
    Verify(cmd_verify::VerifyArgs),
    /// Show what is in a bundle
    Inspect(cmd_verify::InspectArgs),
    /// Make a bundle that brings new keys; it is signed by the old and the new ones
    Rotate(cmd_compile::RotateArgs),
    /// Put a bundle where browsers fetch it
    Publish(cmd_publish::Args),
    /// Print or write ready files that install and configure the extension everywhere
    Deploy(cmd_deploy::Args),
    /// Print the JSON Schema of the policy format, for completion in editors
    Schema(cmd_schema::Args),
    /// Print a completion script for a shell
    Completions(cmd_completions::Args),
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers; everything else is an error, and all errors are 2.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let result = match cli.command {
        Command::Check(args) => cmd_check::run(args),
        Command::Init(args) => cmd_init::run(args),
        Command::Lint(args) => cmd_lint::run(args),
        Command::Test(args) => cmd_test::run(args),
        Command::Explain(args) => cmd_explain::run(args),
        Command::Diff(args) => cmd_diff::run(args),
        Command::Import(args) => cmd_import::run(args),
        Command::Compile(args) => cmd_compile::run(args),
        Command::Keygen(args) => cmd_keys::keygen(args),
        Command::Sign(args) => cmd_keys::sign(args),
        Command::Verify(args) => cmd_verify::verify(args),
        Command::Inspect(args) => cmd_verify::inspect(args),
        Command::Rotate(args) => cmd_compile::rotate(args),
        Command::Publish(args) => cmd_publish::run(args),
        Command::Deploy(args) => cmd_deploy::run(args),
        Command::Schema(args) => cmd_schema::run(args),
        Command::Completions(args) => cmd_completions::run(args),
    };
    match result {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            style::error(&error);
            ExitCode::from(2)
        }
    }
}

/// Whether the reader of our output went away, as `head` does: no error of ours.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
