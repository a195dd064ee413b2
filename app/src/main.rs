//! `loa`: a menu of commands.

use std::process::ExitCode;

use clap::Parser;
use loa::commands::{Cli, run};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("loa: the program cannot start ({error})");
            return ExitCode::FAILURE;
        }
    };
    runtime.block_on(run(cli))
}
