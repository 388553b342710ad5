//! Command: what the command lines of the binaries have in common: which taxonomy, logging, addresses and signals. Binaries of
//! one's own may use it too.
//!
//! Must not know what runs.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use tokio::net::TcpStream;

use titlecanon::Taxonomy;

use crate::node::Node;

/// Why a process ends early: a message for a person.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Options that say which taxonomy to answer from: the embedded one if there are none.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct TaxonomyArgs {
    /// A compiled taxonomy (`titlecanon compile DIR -o FILE`) instead of the embedded one; the same file on every node
    #[arg(long, value_name = "FILE")]
    pub taxonomy: Option<PathBuf>,
    /// A folder of sources to lay over the taxonomy; the same on every node
    #[arg(long, value_name = "DIR")]
    pub overlay: Option<PathBuf>,
}

impl TaxonomyArgs {
    /// Reads the taxonomy.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file or the folder.
    pub fn node(&self) -> Result<Node, Failure> {
        let loaded = match &self.taxonomy {
            Some(file) => Some(Taxonomy::from_file(file)?),
            None => None,
        };
        let Some(dir) = &self.overlay else {
            return Ok(loaded.map_or_else(Node::builtin, Node::new));
        };
        if !dir.is_dir() {
            return Err(format!("{} is no folder; --overlay takes a folder of sources", dir.display()).into());
        }
        let below = loaded.as_ref().unwrap_or_else(|| Taxonomy::builtin());
        let overlaid = below.overlay_dir(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
        Ok(Node::new(overlaid))
    }
}

/// The exit code, and what went wrong on standard error.
pub fn finish(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is nowhere left to complain that one cannot complain.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}

/// A socket bound to `host` and `port`; port 0 is any that is free.
///
/// # Errors
///
/// The host is unknown or not this machine's, or the port is taken.
pub fn bind(host: &str, port: u16) -> Result<(TcpListener, SocketAddr), Failure> {
    let because = |error: &dyn Display| format!("cannot listen on {host}:{port}: {error}");
    let address = resolve(host, port).map_err(|error| because(&error))?;
    let listener = TcpListener::bind(address).map_err(|error| because(&error))?;
    let address = listener.local_addr().map_err(|error| because(&error))?;
    Ok((listener, address))
}

/// Waits until something listens at `host` and `port`.
///
/// # Errors
///
/// Nothing did in time.
pub async fn wait_for(what: &str, host: &str, port: u16, patience: Duration) -> Result<(), Failure> {
    let start = Instant::now();
    loop {
        let error = match tokio::time::timeout(patience, TcpStream::connect((host, port))).await {
            Ok(Ok(_)) => return Ok(()),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "no answer".into(),
        };
        if start.elapsed() >= patience {
            let seconds = patience.as_secs();
            return Err(format!("no {what} at {host}:{port} within {seconds} s: {error}").into());
        }
        tokio::time::sleep(Duration::from_millis(200).min(patience)).await;
    }
}

/// Returns when the process is asked to stop: interrupted or, on Unix, terminated.
///
/// # Errors
///
/// The system lets nobody listen to signals.
pub async fn asked_to_stop() -> Result<(), Failure> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminated = signal(SignalKind::terminate())?;
        tokio::select! {
            result = tokio::signal::ctrl_c() => result?,
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}

fn resolve(host: &str, port: u16) -> io::Result<SocketAddr> {
    (host, port).to_socket_addrs()?.next().ok_or_else(|| io::Error::other("the host has no address"))
}
