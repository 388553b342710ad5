//! What answers come from: a taxonomy that is kept alive, and what it says of its roles, as columns. Must not know of settings.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, LazyLock, OnceLock};

use arrow_array::StringArray;
use arrow_array::builder::StringBuilder;
use hashbrown::HashMap;
use titlecanon::{Role, RoleCode, Taxonomy};

/// A taxonomy, and its roles when they are asked for.
pub(crate) struct Canon {
    taxonomy: Held,
    roles: OnceLock<Roles>,
}

enum Held {
    Builtin,
    Own(Taxonomy),
}

static BUILTIN: LazyLock<Arc<Canon>> = LazyLock::new(|| Canon::new(Held::Builtin));

impl Canon {
    fn new(taxonomy: Held) -> Arc<Canon> {
        Arc::new(Canon { taxonomy, roles: OnceLock::new() })
    }

    /// The embedded taxonomy's. One for all, so that its columns are made once.
    pub(crate) fn builtin() -> Arc<Canon> {
        Arc::clone(&BUILTIN)
    }

    /// That of a taxonomy from a folder or compiled file, or the embedded one, with the sources in a folder laid over it.
    ///
    /// # Errors
    ///
    /// What is wrong, and with which of the two.
    pub(crate) fn read<'p>(
        taxonomy: Option<&'p Path>,
        overlay: Option<&'p Path>,
    ) -> Result<Arc<Canon>, (&'p Path, titlecanon::Error)> {
        let mut held = match taxonomy {
            None => Held::Builtin,
            Some(path) if path.is_dir() => Held::Own(Taxonomy::from_dir(path).map_err(|error| (path, error))?),
            Some(path) => Held::Own(Taxonomy::from_file(path).map_err(|error| (path, error))?),
        };
        if let Some(path) = overlay {
            held = Held::Own(held.taxonomy().overlay_dir(path).map_err(|error| (path, error))?);
        }
        Ok(match held {
            Held::Builtin => Canon::builtin(),
            own => Canon::new(own),
        })
    }

    pub(crate) fn taxonomy(&self) -> &Taxonomy {
        self.taxonomy.taxonomy()
    }

    pub(crate) fn roles(&self) -> &Roles {
        self.roles.get_or_init(|| Roles::of(self.taxonomy()))
    }
}

impl Held {
    fn taxonomy(&self) -> &Taxonomy {
        match self {
            Held::Builtin => Taxonomy::builtin(),
            Held::Own(taxonomy) => taxonomy,
        }
    }
}

impl fmt::Debug for Canon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Canon({} {})", self.taxonomy().name(), self.taxonomy().version())
    }
}

/// What can be said of a role in a column.
#[derive(Clone, Copy)]
pub(crate) enum OfRole {
    Code,
    Role,
    Function,
    Focus,
    Family,
    Soc,
}

impl OfRole {
    const ALL: [OfRole; 6] = [OfRole::Code, OfRole::Role, OfRole::Function, OfRole::Focus, OfRole::Family, OfRole::Soc];

    fn push(self, role: Role<'_>, texts: &mut StringBuilder) {
        match self {
            OfRole::Code => texts.append_value(role.code().to_string()),
            OfRole::Role => texts.append_value(role.title()),
            OfRole::Function => texts.append_value(role.function().name()),
            OfRole::Focus => texts.append_value(role.focus().name()),
            OfRole::Family => texts.append_value(role.family().name()),
            OfRole::Soc => texts.append_option(role.soc().next().map(|mapping| mapping.code().code())),
        }
    }
}

/// Columns with a row for each role: a batch takes rows of them, and no text is put together twice. Some 20 ms and 10 MB for the
/// embedded taxonomy.
pub(crate) struct Roles {
    rows: HashMap<RoleCode, u32>,
    columns: [StringArray; OfRole::ALL.len()],
}

impl Roles {
    fn of(taxonomy: &Taxonomy) -> Roles {
        let rows = taxonomy.roles().zip(0..).map(|(role, row)| (role.code(), row)).collect();
        let columns = OfRole::ALL.map(|of| {
            let mut texts = StringBuilder::new();
            taxonomy.roles().for_each(|role| of.push(role, &mut texts));
            texts.finish()
        });
        Roles { rows, columns }
    }

    /// The row of a role; `None` only for one of another taxonomy.
    pub(crate) fn row(&self, code: RoleCode) -> Option<u32> {
        self.rows.get(&code).copied()
    }

    pub(crate) fn column(&self, of: OfRole) -> &StringArray {
        &self.columns[of as usize]
    }
}
