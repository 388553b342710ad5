//! Sink: where output goes. Standard output takes it as it comes; a file appears, or changes, only when all is done.
//!
//! Must not know what is written.

use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::{Failure, Result};
use crate::unfinished;

/// Where output goes.
#[derive(Debug)]
pub(crate) struct Sink {
    name: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Stdout(io::Stdout),
    /// What is no regular file, such as a device, cannot be replaced.
    Direct(File),
    /// Replaces the file at the path in the end.
    Replacing(NamedTempFile, PathBuf),
}

impl Sink {
    /// Standard output.
    pub(crate) fn stdout() -> Sink {
        Sink { name: "standard output".into(), kind: Kind::Stdout(io::stdout()) }
    }

    /// The file at `path`.
    pub(crate) fn file(path: &Path) -> Result<Sink> {
        let name = path.display().to_string();
        let kind = Kind::open(path).map_err(|error| Failure::writing(&name, error))?;
        Ok(Sink { name, kind })
    }

    /// Whether it is a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        matches!(&self.kind, Kind::Stdout(stdout) if stdout.is_terminal())
    }

    /// Writes.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let result = match &mut self.kind {
            Kind::Stdout(stdout) => stdout.write_all(bytes).and_then(|()| stdout.flush()),
            Kind::Direct(file) => file.write_all(bytes),
            Kind::Replacing(file, _) => file.write_all(bytes),
        };
        result.map_err(|error| Failure::writing(&self.name, error))
    }

    /// All is written. Without this nothing is left of a file.
    pub(crate) fn commit(self) -> Result<()> {
        let Kind::Replacing(file, path) = self.kind else { return Ok(()) };
        let result = unfinished::end(|| {
            file.as_file().sync_all().and_then(|()| file.persist(path).map_err(|error| error.error))
        });
        result.map(drop).map_err(|error| Failure::writing(&self.name, error))
    }
}

impl Kind {
    fn open(path: &Path) -> io::Result<Kind> {
        let existing = fs::metadata(path).ok();
        if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
            return File::options().write(true).open(path).map(Kind::Direct);
        }
        // Through a link, so that what it points to is replaced and not the link.
        let path = if existing.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
        let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".titlecanon-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // What any new file has; the umask takes its part.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let file = unfinished::begin(|| builder.tempfile_in(dir), |file| file.path().to_owned())?;
        if let Some(existing) = existing {
            file.as_file().set_permissions(existing.permissions())?;
        }
        Ok(Kind::Replacing(file, path))
    }
}
