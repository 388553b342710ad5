//! What answers say of roles, as columns with a row for each role: a batch of answers takes rows of them, and no text is
//! put together twice.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, StringViewBuilder, UInt32Array};
use arrow::compute::take;
use datafusion::error::Result;
use hashbrown::HashMap;
use titlecanon::{Role, RoleCode, Taxonomy};

/// Fewer rows have copies of their texts: these are then less than the texts of all roles of the embedded taxonomy, some 1.5 MB.
const FEW: usize = 4_096;

/// The roles of a taxonomy. Made in a few hundredths of a second for the embedded one, which has some 34,000.
#[derive(Debug)]
pub(crate) struct Roles {
    rows: HashMap<RoleCode, u32>,
    columns: [ArrayRef; Column::ALL.len()],
}

/// What can be said of a role.
#[derive(Clone, Copy)]
pub(crate) enum Column {
    Code,
    Role,
    Function,
    Focus,
    Family,
    Soc,
}

impl Column {
    const ALL: [Column; 6] = [Column::Code, Column::Role, Column::Function, Column::Focus, Column::Family, Column::Soc];

    fn push(self, role: Role<'_>, texts: &mut StringViewBuilder) {
        match self {
            Column::Code => texts.append_value(role.code().to_string()),
            Column::Role => texts.append_value(role.title()),
            Column::Function => texts.append_value(role.function().name()),
            Column::Focus => texts.append_value(role.focus().name()),
            Column::Family => texts.append_value(role.family().name()),
            Column::Soc => texts.append_option(role.soc().next().map(|mapping| mapping.code().code())),
        }
    }
}

impl Roles {
    pub(crate) fn of(taxonomy: &Taxonomy) -> Roles {
        let rows = taxonomy.roles().zip(0..).map(|(role, row)| (role.code(), row)).collect();
        let columns = Column::ALL.map(|column| {
            let mut texts = StringViewBuilder::new().with_deduplicate_strings();
            taxonomy.roles().for_each(|role| column.push(role, &mut texts));
            Arc::new(texts.finish()) as ArrayRef
        });
        Roles { rows, columns }
    }

    /// The row of a role; `None` only for one of another taxonomy.
    pub(crate) fn row(&self, role: Role<'_>) -> Option<u32> {
        self.rows.get(&role.code()).copied()
    }

    /// What a column says of the roles in these rows; null for null. The texts are those of the column, and not copied, but for few
    /// rows, which shall not keep or send those of all roles.
    pub(crate) fn take(&self, column: Column, rows: &UInt32Array) -> Result<ArrayRef> {
        let taken = take(&self.columns[column as usize], rows, None)?;
        Ok(if rows.len() < FEW { Arc::new(taken.as_string_view().gc()) } else { taken })
    }
}
