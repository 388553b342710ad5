//! The functions as DataFusion sees them: their types, what they say when they are called wrongly, and how they are called.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Float64Array};
use arrow::datatypes::{DataType, Int64Type};
use datafusion::common::{ScalarValue, plan_err};
use datafusion::error::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use crate::answers::{self, Answers};
use crate::distinct::{Distinct, is_text};
use crate::titles::Titles;

/// One of the functions, over a taxonomy with settings: what is equal answers alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TitleFunction {
    kind: Kind,
    titles: Titles,
    signature: Signature,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    NormalizeTitle,
    RoleCode,
    TitleConfidence,
    TitleCandidates,
    RoleDistance,
}

impl Kind {
    const ALL: [Kind; 5] =
        [Kind::NormalizeTitle, Kind::RoleCode, Kind::TitleConfidence, Kind::TitleCandidates, Kind::RoleDistance];

    fn name(self) -> &'static str {
        match self {
            Kind::NormalizeTitle => "normalize_title",
            Kind::RoleCode => "role_code",
            Kind::TitleConfidence => "title_confidence",
            Kind::TitleCandidates => "title_candidates",
            Kind::RoleDistance => "role_distance",
        }
    }

    /// How it is called.
    fn usage(self) -> &'static str {
        match self {
            Kind::NormalizeTitle => "normalize_title(title)",
            Kind::RoleCode => "role_code(title)",
            Kind::TitleConfidence => "title_confidence(title)",
            Kind::TitleCandidates => "title_candidates(title) or title_candidates(title, k)",
            Kind::RoleDistance => "role_distance(code, code)",
        }
    }

    fn return_type(self) -> DataType {
        match self {
            Kind::NormalizeTitle => answers::answer_type(),
            Kind::RoleCode => DataType::Utf8View,
            Kind::TitleConfidence | Kind::RoleDistance => DataType::Float64,
            Kind::TitleCandidates => answers::candidates_type(),
        }
    }

    /// The types that arguments of these are turned into: texts stay what they are.
    fn coerce(self, given: &[DataType]) -> Result<Vec<DataType>> {
        let (name, usage) = (self.name(), self.usage());
        let text = |what: &str, given: &DataType| match given {
            DataType::Null => Ok(DataType::Utf8),
            text if is_text(text) => Ok(text.clone()),
            other => plan_err!(
                "{name} reads a {what} from text (Utf8, LargeUtf8, Utf8View or a dictionary of these), not from {other}; \
                 cast it: {name}(CAST(... AS VARCHAR))"
            ),
        };
        let count = |given: &DataType| match given {
            integer if integer.is_integer() || integer.is_null() => Ok(DataType::Int64),
            other => plan_err!("{name} takes an integer for k, not {other}; cast it: CAST(... AS BIGINT)"),
        };
        match (self, given) {
            (Kind::NormalizeTitle | Kind::RoleCode | Kind::TitleConfidence | Kind::TitleCandidates, [title]) => {
                Ok(vec![text("title", title)?])
            }
            (Kind::TitleCandidates, [title, k]) => Ok(vec![text("title", title)?, count(k)?]),
            (Kind::RoleDistance, [one, other]) => Ok(vec![text("role code", one)?, text("role code", other)?]),
            _ => plan_err!("{name} is called as {usage}, not with {} arguments", given.len()),
        }
    }
}

impl TitleFunction {
    /// All functions.
    pub(crate) fn all(titles: &Titles) -> impl Iterator<Item = TitleFunction> + use<> {
        let titles = titles.clone();
        Kind::ALL.into_iter().map(move |kind| TitleFunction {
            kind,
            titles: titles.clone(),
            signature: Signature::user_defined(Volatility::Immutable),
        })
    }

    /// What it answers from.
    pub fn titles(&self) -> &Titles {
        &self.titles
    }

    fn evaluate(&self, args: &[ArrayRef], rows: usize) -> Result<ArrayRef> {
        let first = || Distinct::of(&args[0], rows);
        match self.kind {
            Kind::NormalizeTitle => self.answers(&args[0], rows)?.structs(self.titles.roles()),
            Kind::RoleCode => self.answers(&args[0], rows)?.codes(self.titles.roles()),
            Kind::TitleConfidence => Ok(self.answers(&args[0], rows)?.confidences()),
            Kind::TitleCandidates => {
                let counts = args.get(1).map(|counts| counts.as_primitive::<Int64Type>());
                answers::candidates(&self.titles, &first()?, counts)
            }
            Kind::RoleDistance => Ok(self.distances(&first()?, &Distinct::of(&args[1], rows)?)),
        }
    }

    /// The answers to an array of titles; those of this thread's last call, where the array is the same.
    fn answers(&self, array: &ArrayRef, rows: usize) -> Result<Arc<Answers>> {
        self.titles.recent().of(array, rows, || Ok(Answers::new(&self.titles, Distinct::of(array, rows)?)))
    }

    fn distances(&self, ones: &Distinct<'_>, others: &Distinct<'_>) -> ArrayRef {
        let role = |code: &Option<&str>| self.titles.taxonomy().role(code.as_ref()?.parse().ok()?);
        let roles = |codes: &Distinct<'_>| codes.texts.iter().map(role).collect::<Vec<_>>();
        let (one_roles, other_roles) = (roles(ones), roles(others));
        let pairs = ones.rows.iter().zip(&others.rows);
        let distances =
            pairs.map(|(&one, &other)| Some(one_roles[one as usize]?.distance(other_roles[other as usize]?).value()));
        Arc::new(distances.collect::<Float64Array>())
    }
}

impl ScalarUDFImpl for TitleFunction {
    fn name(&self) -> &str {
        self.kind.name()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, given: &[DataType]) -> Result<Vec<DataType>> {
        self.kind.coerce(given)
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.kind.return_type())
    }

    fn is_strict(&self) -> bool {
        true
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let all_scalar = args.args.iter().all(|arg| matches!(arg, ColumnarValue::Scalar(_)));
        let rows = if all_scalar { 1 } else { args.number_rows };
        // A scalar among arrays becomes one row that stands for all.
        let arrays = args.args.iter().map(|arg| match arg {
            ColumnarValue::Array(array) => Ok(Arc::clone(array)),
            ColumnarValue::Scalar(scalar) => scalar.to_array(),
        });
        let answer = self.evaluate(&arrays.collect::<Result<Vec<_>>>()?, rows)?;
        Ok(match all_scalar {
            true => ColumnarValue::Scalar(ScalarValue::try_from_array(&answer, 0)?),
            false => ColumnarValue::Array(answer),
        })
    }
}
