//! Failure: why a command stops early, and the exit code that tells it.
//!
//! Must not know any command.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

/// Why a command stops early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something cannot be read, written or understood; the message says what. Exit code 2.
    Message(String),
    /// What was looked for was found and has been printed, as by `taxonomy check`. Exit code 1.
    Found,
    /// Whoever read the output has heard enough. That is no fault: silence, and exit code 0.
    ClosedPipe,
}

/// What commands return.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure with a message.
    pub(crate) fn new(message: impl Display) -> Failure {
        Failure::Message(message.to_string())
    }

    /// A failure at a line of the input.
    pub(crate) fn at(name: &str, line: u64, message: impl Display) -> Failure {
        Failure::Message(format!("{name}:{line}: {message}"))
    }

    /// A failure to write `what`.
    pub(crate) fn writing(what: impl Display, error: io::Error) -> Failure {
        match error.kind() {
            ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::Message(format!("{what} cannot be written: {error}")),
        }
    }

    /// Says on standard error what there is to say, and gives the exit code.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Failure::Message(message) => {
                // There is nowhere left to complain that one cannot complain.
                let _ = writeln!(io::stderr(), "error: {message}");
                ExitCode::from(2)
            }
            Failure::Found => ExitCode::from(1),
            Failure::ClosedPipe => ExitCode::SUCCESS,
        }
    }
}
