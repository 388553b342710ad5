//! Args: what can be said on the command line.
//!
//! Must not know how any of it is done.

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use titlecanon::{Level, Status, Track};

/// `--version`: the program's and the embedded data's.
static VERSION: LazyLock<String> =
    LazyLock::new(|| format!("{} (data {})", env!("CARGO_PKG_VERSION"), titlecanon::data_version()));

/// Job titles to canonical role codes, with honest confidence
#[derive(Debug, Parser)]
#[command(name = "titlecanon", version = VERSION.as_str(), arg_required_else_help = true)]
pub(crate) struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub(crate) engine: EngineArgs,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Which taxonomy answers, and how.
#[derive(Args, Debug)]
pub(crate) struct EngineArgs {
    /// Answer from this taxonomy instead of the embedded one: a folder of sources, or a file that `compile` wrote
    #[arg(long, value_name = "PATH", global = true)]
    pub(crate) taxonomy: Option<PathBuf>,
    /// Lay the sources in this folder over the taxonomy: they win
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) overlay: Option<PathBuf>,
    /// Neither correct misspelt words nor look for similar titles
    #[arg(long, global = true)]
    pub(crate) no_fuzzy: bool,
    /// At most so many candidates in an answer to be reviewed [default: 5], or in a row of `suggest` [default: 3]
    #[arg(long, value_name = "K", global = true,
        value_parser = clap::value_parser!(u8).range(1..=titlecanon::MAX_CANDIDATES as i64))]
    pub(crate) candidates: Option<u8>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Resolve titles
    Resolve(ResolveArgs),
    /// Say in words how titles are read
    Explain(TitleArgs),
    /// Resolve a column of a file, and add the answers as columns
    Map(MapArgs),
    /// Show a role: all that the taxonomy says of it, and which roles are nearest
    Show(ShowArgs),
    /// Put two to four roles side by side
    Compare(CompareArgs),
    /// Score the answers on titles that you have labelled
    Evaluate(EvaluateArgs),
    /// Say which titles two taxonomies, or two runs of `map`, answer differently
    Diff(DiffArgs),
    /// Make sources of what others publish: O*NET, ESCO, or a list of titles and codes
    #[command(subcommand)]
    Import(ImportCommand),
    /// Compile a taxonomy into one file, which is read without compiling
    Compile(CompileArgs),
    /// Say what is wrong with the sources in a folder, and what is hardly meant
    Lint(LintArgs),
    /// Make drafts of aliases of the titles that `map` found no sure answer to
    Suggest(SuggestArgs),
    /// Write the whole taxonomy as a static site, with a search that resolves any title in the browser
    Site(SiteArgs),
    /// Look at a taxonomy, check its sources, or put them in order; alone, list the families
    Taxonomy(TaxonomyArgs),
}

/// The titles that `resolve` and `explain` take.
#[derive(Args, Debug)]
pub(crate) struct TitleArgs {
    /// The titles; with none, one a line is read from standard input
    #[arg(value_name = "TITLE")]
    pub(crate) titles: Vec<String>,
}

/// What `resolve` takes.
#[derive(Args, Debug)]
pub(crate) struct ResolveArgs {
    /// The titles.
    #[command(flatten)]
    pub(crate) titles: TitleArgs,
    /// How the answers are written
    #[arg(long, value_enum, default_value_t = ResolveFormat::Table)]
    pub(crate) format: ResolveFormat,
}

/// How `resolve` and the lists of `taxonomy` are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ResolveFormat {
    /// Aligned columns for people to read; long texts are cut short.
    Table,
    /// Comma-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// One JSON object a line.
    Jsonl,
}

/// What `map` takes.
#[derive(Args, Debug)]
pub(crate) struct MapArgs {
    /// The file to read; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The column or field that holds the titles
    #[arg(long, short, value_name = "NAME")]
    pub(crate) column: Option<String>,
    /// What the file holds [default: by its extension; without one CSV if a column is named, else lines]
    #[arg(long, value_enum)]
    pub(crate) input_format: Option<MapInput>,
    /// How to write [default: Parquet to a FILE called .parquet; else as the file is, TSV for lines]
    #[arg(long, value_enum)]
    pub(crate) format: Option<MapOutput>,
    /// Write to this file, which appears or changes only when all is done [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// No progress bar and no summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// So many threads [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// What `map` reads.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum MapInput {
    /// Comma-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// One JSON object a line.
    Jsonl,
    /// One title a line.
    Lines,
    /// Parquet, if the program has the feature.
    Parquet,
}

/// What `map` writes.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum MapOutput {
    /// Comma-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// One JSON object a line.
    Jsonl,
    /// Parquet, if the program has the feature.
    Parquet,
}

/// Rows of text, as most commands read them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// Comma-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// One JSON object a line.
    Jsonl,
    /// One title a line.
    Lines,
    /// Tab-separated values with a header, in which quotation marks mean nothing.
    #[value(skip)]
    Unquoted,
}

/// Rows of text, as answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OutputFormat {
    /// Comma-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// One JSON object a line.
    Jsonl,
}

/// What `evaluate` takes.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("labels").required(true).multiple(true).args(["soc", "level", "group", "id"])))]
pub(crate) struct EvaluateArgs {
    /// The file of labelled titles; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The column or field that holds the titles
    #[arg(long, value_name = "NAME")]
    pub(crate) title: String,
    /// The column of SOC 2018 codes, such as 15-1252; of several with | between, any is right
    #[arg(long, value_name = "NAME")]
    pub(crate) soc: Option<String>,
    /// The column of levels: P4, P3|P4, or labels that --levels explains
    #[arg(long, value_name = "NAME")]
    pub(crate) level: Option<String>,
    /// A table with the columns label and levels; the levels * are all that no other label has
    #[arg(long, value_name = "FILE", requires = "level")]
    pub(crate) levels: Option<PathBuf>,
    /// The column of departments, or whatever else --groups makes of families and functions
    #[arg(long, value_name = "NAME", requires = "groups")]
    pub(crate) group: Option<String>,
    /// A table with the columns code (of a family, a function or FUNCTION.FOCUS, or * for the rest) and label
    #[arg(long, value_name = "FILE", requires = "group")]
    pub(crate) groups: Option<PathBuf>,
    /// The column of publishers' own ids (external_id); of several with | between, any is right
    #[arg(long, value_name = "NAME")]
    pub(crate) id: Option<String>,
    /// Let the embedded taxonomy help to find the candidates that --id looks among
    #[arg(long, requires = "id")]
    pub(crate) guide: bool,
    /// The column that says how many times each row counts
    #[arg(long, value_name = "NAME")]
    pub(crate) weight: Option<String>,
    /// What the file holds [default: by its extension; CSV without one]
    #[arg(long, value_enum)]
    pub(crate) input_format: Option<InputFormat>,
    /// How the report is written, and where to.
    #[command(flatten)]
    pub(crate) page: PageArgs,
}

/// How `evaluate`, `show` and `compare` write, and where to.
#[derive(Args, Debug)]
pub(crate) struct PageArgs {
    /// How it is written
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    pub(crate) format: PageFormat,
    /// Write to this file, which appears or changes only when all is done [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// How a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    /// Aligned tables for people to read.
    Text,
    /// One JSON object.
    Json,
    /// A page that stands by itself, with whatever diagrams there are.
    Html,
}

/// What `show` takes.
#[derive(Args, Debug)]
pub(crate) struct ShowArgs {
    /// The role's code, such as TSE.GEN.P4, in capitals or not
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
    /// How many of the nearest other roles to list
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) neighbors: u16,
    /// List all aliases in text, as JSON and HTML do, and not only the first 20
    #[arg(long)]
    pub(crate) all_aliases: bool,
    /// How the role is written, and where to.
    #[command(flatten)]
    pub(crate) page: PageArgs,
}

/// What `compare` takes.
#[derive(Args, Debug)]
pub(crate) struct CompareArgs {
    /// The codes of two to four roles, each once, in capitals or not
    #[arg(value_name = "CODE", required = true)]
    pub(crate) codes: Vec<String>,
    /// How the comparison is written, and where to.
    #[command(flatten)]
    pub(crate) page: PageArgs,
}

/// What `compile` takes.
#[derive(Args, Debug)]
pub(crate) struct CompileArgs {
    /// The folder with the sources [default: the taxonomy that answers]
    #[arg(value_name = "DIR", conflicts_with = "taxonomy")]
    pub(crate) dir: Option<PathBuf>,
    /// The file to write, which appears or changes only when all is done
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

/// What `site` takes.
#[derive(Args, Debug)]
pub(crate) struct SiteArgs {
    /// The folder to make; if it is there, it must be empty
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// The engine for the browser, crates/web compiled to WebAssembly [default: built here if this program was built from a checkout]
    #[arg(long, value_name = "FILE", conflicts_with = "no_wasm")]
    pub(crate) wasm: Option<PathBuf>,
    /// No engine for the browser: the search looks for words in the names of roles
    #[arg(long)]
    pub(crate) no_wasm: bool,
    /// Say nothing of how it goes
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// What `lint` takes.
#[derive(Args, Debug)]
pub(crate) struct LintArgs {
    /// The folder
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// How the findings are written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}

/// What `diff` takes.
#[derive(Args, Debug)]
pub(crate) struct DiffArgs {
    /// A taxonomy (a folder of sources, a compiled file or `builtin`); without FILE, an output of `map`
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// What it is compared to, of the same kind
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// The titles that both taxonomies answer; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// The column or field that holds the titles
    #[arg(long, value_name = "NAME", default_value = "title")]
    pub(crate) title: String,
    /// A change of confidence up to this is none
    #[arg(long, value_name = "BY", default_value_t = 0.01, value_parser = tolerance)]
    pub(crate) tolerance: f64,
    /// What the files with titles hold [default: by their extension; CSV without one]
    #[arg(long, value_enum)]
    pub(crate) input_format: Option<InputFormat>,
    /// How the changes are written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}

/// How `diff` and `lint` write.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people to read.
    Text,
    /// One JSON value.
    Json,
}

/// A number from 0 to 1.
fn tolerance(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|value| (0.0..=1.0).contains(value)).ok_or_else(|| "not a number from 0 to 1".into())
}

/// What there is to import.
#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// The text files of an O*NET database
    Onet {
        /// The folder with "Occupation Data.txt" and "Alternate Titles.txt"
        dir: PathBuf,
        /// How it is imported.
        #[command(flatten)]
        how: ImportArgs,
        /// The ladders of the functions.
        #[command(flatten)]
        ladders: LadderArgs,
    },
    /// The occupations of ESCO, in any language
    Esco {
        /// The CSV file with the occupations
        file: PathBuf,
        /// How it is imported.
        #[command(flatten)]
        how: ImportArgs,
        /// The ladders of the functions.
        #[command(flatten)]
        ladders: LadderArgs,
    },
    /// A table of titles and codes
    Csv {
        /// The table, with a header: CSV, TSV or JSONL
        file: PathBuf,
        /// The column of the titles [default: the first]
        #[arg(long, value_name = "COL")]
        title: Option<String>,
        /// The column of the codes; the first title of a code is its name [default: the second]
        #[arg(long, value_name = "COL")]
        code: Option<String>,
        /// Under which licence the table is
        #[arg(long, value_name = "TEXT", default_value = "unknown")]
        licence: String,
        /// The tracks of every function, letters of S P M E [default: none, and one role for each function]
        #[arg(long, value_name = "TRACKS", value_parser = tracks)]
        tracks: Option<String>,
        /// The level of a title that says nothing of level
        #[arg(long, value_name = "LEVEL", default_value = "P3", requires = "tracks")]
        default_level: Level,
        /// How it is imported.
        #[command(flatten)]
        how: ImportArgs,
    },
}

/// How anything is imported.
#[derive(Args, Debug)]
pub(crate) struct ImportArgs {
    /// The folder to make; if it is there, it must be empty
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// Which edition it is [default: what the files say of it]
    #[arg(long, value_name = "TEXT")]
    pub(crate) edition: Option<String>,
    /// Leave out our words of level, abbreviations and qualifiers
    #[arg(long)]
    pub(crate) bare: bool,
    /// List the titles that are left out, each with the reason, in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}

/// Whether functions get ladders.
#[derive(Args, Debug)]
pub(crate) struct LadderArgs {
    /// No tracks: one role for each function
    #[arg(long)]
    pub(crate) no_levels: bool,
}

/// Letters of tracks, as sources have them.
fn tracks(text: &str) -> Result<String, String> {
    let letters: Vec<_> = text.split_whitespace().collect();
    let known = letters.iter().all(|letter| ["S", "P", "M", "E"].contains(letter));
    if known && !letters.is_empty() {
        Ok(letters.join(" "))
    } else {
        Err("not letters of S P M E with spaces between".into())
    }
}

/// What `suggest` takes.
#[derive(Args, Debug)]
pub(crate) struct SuggestArgs {
    /// An output of `map`; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The column or field that holds the titles
    #[arg(long, value_name = "NAME", default_value = "title")]
    pub(crate) title: String,
    /// The column that says how many times each row counts [default: once]
    #[arg(long, value_name = "NAME")]
    pub(crate) weight: Option<String>,
    /// Leave out what counts less
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) min_count: u64,
    /// At most so many rows, of those that count most
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// What the rows say that they are from [default: the file's name]
    #[arg(long, value_name = "TEXT", value_parser = source)]
    pub(crate) source: Option<String>,
    /// What the file holds [default: by its extension; CSV without one]
    #[arg(long, value_enum)]
    pub(crate) input_format: Option<InputFormat>,
    /// Write to this file, which appears or changes only when all is done [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// What may stand in a field of a source.
fn source(text: &str) -> Result<String, String> {
    let sound = !text.trim().is_empty() && !text.contains(char::is_control);
    if sound { Ok(text.trim().into()) } else { Err("not a text in one line without tabs".into()) }
}

/// What `taxonomy` takes.
#[derive(Args, Debug)]
pub(crate) struct TaxonomyArgs {
    /// What to do [default: list the families].
    #[command(subcommand)]
    pub(crate) command: Option<TaxonomyCommand>,
}

/// Which rows of a list of `taxonomy` are wanted, and how they are written. An option that is said several times wants any of
/// its values; different options want all.
#[derive(Args, Debug)]
pub(crate) struct ListArgs {
    /// In this family
    #[arg(long, value_name = "CODE")]
    pub(crate) family: Vec<String>,
    /// In this function
    #[arg(long, value_name = "CODE")]
    pub(crate) function: Vec<String>,
    /// In this focus: its code, or FUNCTION.FOCUS
    #[arg(long, value_name = "CODE")]
    pub(crate) focus: Vec<String>,
    /// With roles at this level, such as P4
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    pub(crate) level: Vec<Level>,
    /// With roles on this track: S, P, M or E
    #[arg(long, value_name = "TRACK", value_parser = track)]
    pub(crate) track: Vec<Track>,
    /// With roles that have come so far in review: draft, reviewed or approved
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub(crate) status: Vec<Status>,
    /// With roles that this SOC 2018 code is given to
    #[arg(long, value_name = "CODE")]
    pub(crate) soc: Vec<String>,
    /// With a profile
    #[arg(long)]
    pub(crate) profiles: bool,
    /// With all these words, or longer ones that begin with them, in its texts or in one of its aliases
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,
    /// How the rows are written
    #[arg(long, value_enum, default_value_t = ResolveFormat::Table)]
    pub(crate) format: ResolveFormat,
    /// At most so many rows
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

/// A level in letters of either case.
fn level(text: &str) -> Result<Level, String> {
    text.to_uppercase().parse().map_err(|_| "not a level: S1-S4, P1-P6, M1-M6, E1-E5".into())
}

/// The letter of a track, in either case.
fn track(text: &str) -> Result<Track, String> {
    let found = Track::ALL.into_iter().find(|track| text.eq_ignore_ascii_case(track.letter().encode_utf8(&mut [0; 4])));
    found.ok_or_else(|| "not a track: S, P, M, E".into())
}

/// A status in letters of either case.
fn status(text: &str) -> Result<Status, String> {
    let found = Status::ALL.iter().copied().find(|status| text.eq_ignore_ascii_case(status.as_str()));
    found.ok_or_else(|| "not a status: draft, reviewed, approved".into())
}

/// What there is to do with a taxonomy.
#[derive(Debug, Subcommand)]
pub(crate) enum TaxonomyCommand {
    /// List the families
    Families(ListArgs),
    /// List the functions
    Functions(ListArgs),
    /// List the focuses
    Focuses(ListArgs),
    /// List the roles
    Roles(ListArgs),
    /// Count what the taxonomy holds
    Stats {
        /// List the SOC codes that no role leads to
        #[arg(long)]
        missing: bool,
    },
    /// Print everything that is wrong with the sources in a folder
    Check {
        /// The folder
        dir: PathBuf,
    },
    /// Put the rows of the sources in a folder in canonical order
    Fmt {
        /// The folder
        dir: PathBuf,
        /// Only list the files that are not in order; exit code 1 if there are any
        #[arg(long)]
        check: bool,
    },
    /// Write the taxonomy as sources: tab-separated files, to be changed and compiled again
    Export {
        /// The folder to make; if it is there, it must be empty
        dir: PathBuf,
    },
}
