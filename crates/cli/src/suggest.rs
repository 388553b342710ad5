//! Suggest: the titles that `map` found no sure answer to become drafts of aliases, for somebody to look through.
//!
//! Must not know how titles are matched: which words name the job, and what is near, the library says.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;

use rayon::prelude::*;
use titlecanon::{AliasType, Approval, EvidenceKind, Normalizer, Refusal, Resolution, Verdict, Wording};

use crate::args::SuggestArgs;
use crate::browse::code_of;
use crate::columns;
use crate::failure::{Failure, Result};
use crate::records::{Column, Records};
use crate::report::Grouped;
use crate::rows::plural;
use crate::sink::Sink;

/// The columns: those of aliases in a taxonomy's sources, the last three for whoever looks the rows through.
const COLUMNS: [&str; 11] = [
    "text",
    "function",
    "focus",
    "level",
    "type",
    "confidence",
    "approval",
    "source",
    "count",
    "verdict",
    "candidates",
];

/// So many candidates unless it is said: enough to choose from, and few enough to read in a cell.
const CANDIDATES: u8 = 3;

/// How sure an alias is that somebody has looked at: as sure as others' titles are when they are imported, and sure enough that
/// the title is Confident then.
const CONFIDENCE: &str = "0.90";

/// How often titles stand in the file, by verdict.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    needs_review: u64,
    no_match: u64,
}

impl Count {
    fn all(self) -> u64 {
        self.needs_review.saturating_add(self.no_match)
    }

    fn add(&mut self, other: Count) {
        self.needs_review = self.needs_review.saturating_add(other.needs_review);
        self.no_match = self.no_match.saturating_add(other.no_match);
    }

    /// The commoner one.
    fn verdict(self) -> Verdict {
        if self.needs_review >= self.no_match { Verdict::NeedsReview } else { Verdict::NoMatch }
    }
}

/// Why a title is no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// The compiler would refuse it.
    Refused(Refusal),
    /// The taxonomy says so.
    Blocked,
    /// It has a sure answer without its words of level and its qualifiers.
    Sure,
}

impl Reason {
    fn as_str(self) -> &'static str {
        match self {
            Reason::Refused(refusal) => refusal.as_str(),
            Reason::Blocked => "the taxonomy says that it names no job",
            Reason::Sure => "the job it names has a sure answer in this taxonomy",
        }
    }
}

/// Titles that are the same but for case, accents, marks, words of level and qualifiers.
#[derive(Debug, Default)]
struct Group {
    count: Count,
    /// How often each spelling of the alias is there.
    spellings: BTreeMap<String, u64>,
}

/// Groups by the words of the alias.
type Groups = BTreeMap<Vec<String>, Group>;

impl Group {
    /// The commonest spelling; of several the first by letter.
    fn text(&self) -> &str {
        let most = self.spellings.iter().max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| b.cmp(a)));
        most.map_or("", |(text, _)| text)
    }
}

/// Runs `suggest`.
pub(crate) fn run(args: &SuggestArgs, candidates: Option<u8>, normalizer: Normalizer<'_>) -> Result<()> {
    let titles = read(args)?;
    let wording = wording(normalizer)?;
    let (groups, mut left_out) = group(&titles, &wording, normalizer);

    let all = groups.len();
    let mut rows: Vec<(&str, Count)> = groups.values().map(|group| (group.text(), group.count)).collect();
    rows.retain(|(_, count)| count.all() >= args.min_count);
    let frequent = rows.len();
    rows.sort_by(|(a, m), (b, n)| n.all().cmp(&m.all()).then_with(|| a.cmp(b)));
    rows.truncate(args.limit.unwrap_or(usize::MAX));

    let source = args.source.clone().unwrap_or_else(|| name_of(&args.file));
    let k = usize::from(candidates.unwrap_or(CANDIDATES));
    let lines: Vec<String> = rows.par_iter().map(|&(text, count)| line(text, count, &source, normalizer, k)).collect();
    let mut sink = match &args.output {
        Some(path) => Sink::file(path)?,
        None => Sink::stdout(),
    };
    sink.write((COLUMNS.join("\t") + "\n" + &lines.concat()).as_bytes())?;
    sink.commit()?;

    let open = lines.iter().filter(|line| line.split('\t').nth(1) == Some("")).count();
    let mut said = format!("{} of aliases", plural(lines.len(), "row"));
    if open > 0 {
        let _ = write!(said, ", {open} without a function, to be filled or deleted");
    }
    said.push('\n');
    for (count, why) in [
        (all - frequent, format!("below --min-count {}", args.min_count)),
        (frequent - rows.len(), "beyond --limit".into()),
    ] {
        if count > 0 {
            let _ = writeln!(said, "{} left out: {why}", plural(count, "row"));
        }
    }
    left_out.sort();
    for group in left_out.chunk_by(|(a, _), (b, _)| a == b) {
        let (reason, times) = (group[0].0, group.iter().map(|(_, times)| times).sum());
        let titles = plural(group.len(), "title");
        let _ = writeln!(said, "{titles} ({} in all) left out: {}", Grouped(times), reason.as_str());
    }
    // The rows are no worse for it if nobody hears.
    let _ = io::stderr().write_all(said.as_bytes());
    Ok(())
}

/// The titles without a sure answer, and how often each is there.
fn read(args: &SuggestArgs) -> Result<HashMap<String, Count>> {
    let records = Records::open(&args.file, args.input_format, &args.title)?;
    let name = columns::given_name("verdict", |name| records.has(name));
    if !records.has(&name) {
        let (file, title) = (records.name(), &args.title);
        return Err(Failure::at(
            file,
            1,
            format_args!(
                "there is no column \"verdict\", so this is no output of map; run \
                 `titlecanon map {file} --column {title} -o ANSWERED` and take what it writes"
            ),
        ));
    }
    let verdict = records.column(&name)?;
    let weight: Option<Column> = args.weight.as_deref().map(|name| records.column(name)).transpose()?;
    let mut titles = HashMap::<String, Count>::new();
    records.for_each(|record| {
        let times = match weight {
            None => 1,
            Some(column) => {
                let text = record.get(column)?;
                text.parse().map_err(|_| {
                    let name = args.weight.as_deref().unwrap_or_default();
                    record.failure(format_args!("\"{text}\" in \"{name}\" is no count; one is a whole number from 0"))
                })?
            }
        };
        let text = record.get(verdict)?;
        let count = match columns::verdict(&text).map_err(|problem| record.failure(problem))? {
            Verdict::NeedsReview => Count { needs_review: times, no_match: 0 },
            Verdict::NoMatch => Count { needs_review: 0, no_match: times },
            Verdict::Confident => return Ok(()),
        };
        match titles.get_mut(&*record.key) {
            Some(before) => before.add(count),
            None => drop(titles.insert(record.key.clone().into_owned(), count)),
        }
        Ok(())
    })?;
    Ok(titles)
}

/// The wording of the taxonomy that answers.
fn wording(normalizer: Normalizer<'_>) -> Result<Wording> {
    let mut sources = normalizer.taxonomy().to_sources();
    let kinds = ["abbreviations", "cues", "qualifiers"];
    sources.retain(|(path, _)| kinds.iter().any(|kind| path.starts_with(kind)));
    Wording::from_sources(sources).map_err(Failure::new)
}

/// Puts titles of the same words together, by these; what can be no alias is left out, with how often it is there.
fn group(
    titles: &HashMap<String, Count>,
    wording: &Wording,
    normalizer: Normalizer<'_>,
) -> (Groups, Vec<(Reason, u64)>) {
    type Settled<'a> = (&'a Count, std::result::Result<(Vec<String>, String), Reason>);
    let settled: Vec<Settled<'_>> =
        titles.par_iter().map(|(title, count)| (count, alias(title, wording, normalizer))).collect();
    let (mut groups, mut left_out) = (Groups::new(), Vec::new());
    for (count, settled) in settled {
        match settled {
            Ok((words, text)) => {
                let group = groups.entry(words).or_default();
                group.count.add(*count);
                let times = group.spellings.entry(text).or_default();
                *times = times.saturating_add(count.all());
            }
            Err(reason) => left_out.push((reason, count.all())),
        }
    }
    (groups, left_out)
}

/// The words and the text of the alias that would answer a title.
fn alias(
    title: &str,
    wording: &Wording,
    normalizer: Normalizer<'_>,
) -> std::result::Result<(Vec<String>, String), Reason> {
    let text: String = normalizer.normalize(title).bare(title).chars().filter(|c| !c.is_control()).collect();
    let words = wording.title(&text).map_err(|refusal| match refusal {
        // The title had words, but they are all of level, or beside the job.
        Refusal::NoLetter if wording.words(title).is_ok() => Reason::Refused(Refusal::NoJob),
        refusal => Reason::Refused(refusal),
    })?;
    let answer: Resolution<'_> = normalizer.normalize(&text);
    if answer.verdict() == Verdict::Confident {
        return Err(Reason::Sure);
    }
    if answer.evidence().any(|step| step.kind() == EvidenceKind::Blocked) {
        return Err(Reason::Blocked);
    }
    Ok((words, text))
}

/// A row.
fn line(text: &str, count: Count, source: &str, normalizer: Normalizer<'_>, k: usize) -> String {
    let near = normalizer.candidates(text, k);
    let (function, focus) = match near.first() {
        Some(nearest) => (nearest.function().code().to_string(), nearest.focus().code().to_string()),
        None => Default::default(),
    };
    // An alias names function and focus; the level is left to the rest of the title.
    let near: Vec<_> =
        near.iter().map(|near| format!("{}={}", code_of(near.focus()), near.function_confidence())).collect();
    let (kind, approval) = (AliasType::Variant, Approval::Draft);
    let (times, verdict, near) = (count.all(), count.verdict(), near.join(";"));
    format!("{text}\t{function}\t{focus}\t\t{kind}\t{CONFIDENCE}\t{approval}\t{source}\t{times}\t{verdict}\t{near}\n")
}

/// What a file is called, as it may stand in a field.
fn name_of(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().replace(char::is_control, " ")).unwrap_or_default();
    match name.trim() {
        "" | "-" => "map".into(),
        name => name.into(),
    }
}
