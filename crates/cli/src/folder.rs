//! Folder: a folder of files that appears only when all of them are written.
//!
//! Must not know what is in them.

use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

use crate::failure::{Failure, Result};
use crate::unfinished;

/// Writes files, each with a path inside the folder at `dir`, which must not be there yet, or be empty. Whole or not at all.
pub(crate) fn write(dir: &Path, files: &[(String, String)]) -> Result<()> {
    write_by(dir, |whole| {
        for (path, text) in files {
            let path = whole.join(path);
            fs::create_dir_all(path.parent().unwrap_or(whole))?;
            fs::write(path, text)?;
        }
        Ok(())
    })
}

/// Has a folder filled that is to be the one at `dir`, which must not be there yet, or be empty. Whole or not at all.
pub(crate) fn write_by(dir: &Path, fill: impl FnOnce(&Path) -> io::Result<()>) -> Result<()> {
    is_free(dir)?;
    make(dir, fill).map_err(|error| Failure::writing(dir.display(), error))
}

/// Fails if there is something at `dir` that must not be written over.
pub(crate) fn is_free(dir: &Path) -> Result<()> {
    let name = dir.display();
    match fs::read_dir(dir).map(|mut entries| entries.next().is_some()) {
        Ok(true) => Err(Failure::new(format_args!("{name} is not empty; say a folder that is not there yet"))),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::new(format_args!("{name} is not a folder to write to: {error}")))
        }
        Ok(false) | Err(_) => Ok(()),
    }
}

fn make(dir: &Path, fill: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let make = || tempfile::Builder::new().prefix(".titlecanon-").tempdir_in(parent);
    let beside: TempDir = unfinished::begin(make, |beside| beside.path().to_owned())?;
    // A temporary folder is its maker's alone; the one inside it is as folders are.
    let whole = beside.path().join("whole");
    let filled = fs::create_dir(&whole).and_then(|()| fill(&whole));
    // An interruption that takes the folder away from under those who fill it is waited for here: it is no failure of theirs.
    unfinished::end(|| {
        filled?;
        if dir.exists() {
            fs::remove_dir(dir)?;
        }
        fs::rename(&whole, dir)
    })
}
