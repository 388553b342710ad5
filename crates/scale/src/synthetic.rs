//! Made-up taxonomies of any size, in the proportions of the embedded one.
//!
//! Levels, cues, abbreviations, qualifiers and SOC codes are those of this project's own `data/`; families, functions, focuses,
//! aliases and the crosswalk are made up with a fixed seed. Must not know what is measured.

use std::collections::HashSet;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::common::Random;

/// What a taxonomy is made of, for the report.
pub(crate) const ABOUT: &str = "A function for about 200 aliases and a focus for about 45, as in the embedded taxonomy. An alias \
    has 2 to 5 words (40, 40, 15 and 5 in a hundred): the last is one of 400 heads, the others are topics of its focus (2 in 5) \
    or its function (3 in 10), or any of 150,000 words. A word is drawn with a chance inverse to its rank and 3 more, as in Zipf's law; none stands twice in an alias. One \
    alias in ten is written otherwise than its words usually are. Levels, cues, abbreviations, qualifiers and SOC codes are those \
    of the embedded taxonomy.";

/// The files of `data/` that are taken over as they are: all that name no function.
const SHARED: [&str; 9] =
    ["taxonomy", "levels", "grades", "combinations", "soc", "cues", "abbreviations", "qualifiers", "heads"];

const SEED: u64 = 0x5ca1_e0f7_1713_ca11;
const WORDS: usize = 150_000;
const HEADS: usize = 400;
/// What is added to a rank, so that the commonest words don't stand in half of the aliases.
const SHIFT: f64 = 3.0;
const ALIASES_A_FOCUS: usize = 45;
const FOCUSES_A_FUNCTION: usize = 4;
const FUNCTIONS_A_FAMILY: usize = 50;

/// How much there is of what.
pub(crate) struct Counts {
    pub(crate) functions: usize,
    pub(crate) focuses: usize,
    pub(crate) words: usize,
    pub(crate) bytes: usize,
}

/// Writes a taxonomy of so many aliases into a folder that is not there yet; the files of `data` are its shared ones.
pub(crate) fn write(aliases: usize, data: &Path, dir: &Path) -> Result<Counts, Box<dyn Error>> {
    let mut bytes = 0;
    let mut put = |path: String, text: &str| -> Result<(), Box<dyn Error>> {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().ok_or("a file stands in a folder")?)?;
        bytes += text.len();
        Ok(fs::write(path, text)?)
    };
    let mut taken = HashSet::new();
    for (path, text) in shared(data)? {
        taken.extend(text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase));
        put(path, &text)?;
    }
    let mut maker = Maker::new(taken);
    let soc = fs::read_to_string(data.join("soc.tsv"))?;
    let soc: Vec<&str> = soc.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();

    let focuses = aliases.div_ceil(ALIASES_A_FOCUS);
    let functions = focuses.div_ceil(FOCUSES_A_FUNCTION);
    let mut families = String::from("code\tname\tsummary\n");
    for family in 0..functions.div_ceil(FUNCTIONS_A_FAMILY) {
        writeln!(families, "F{family}\tFamily {family}\tMade up.")?;
        let mut sheets = Sheets::new();
        let first = family * FUNCTIONS_A_FAMILY;
        for function in first..functions.min(first + FUNCTIONS_A_FAMILY) {
            let of = Topics::draw(&mut maker, 6);
            for focus in function * FOCUSES_A_FUNCTION..focuses.min((function + 1) * FOCUSES_A_FUNCTION) {
                // The aliases are shared out evenly.
                let share = (focus + 1) * aliases / focuses - focus * aliases / focuses;
                sheets.focus(&mut maker, &of, function, focus, share)?;
            }
            let code = soc[maker.random.below(soc.len())];
            writeln!(
                sheets.crosswalk,
                "X{function}\t*\tM\t{code}\tdraft\tmade up\nX{function}\t*\tP\t{code}\tdraft\tmade up"
            )?;
        }
        put(format!("functions/f{family}.tsv"), &sheets.functions)?;
        put(format!("focuses/f{family}.tsv"), &sheets.focuses)?;
        put(format!("aliases/f{family}.tsv"), &sheets.aliases)?;
        put(format!("crosswalk/f{family}.tsv"), &sheets.crosswalk)?;
    }
    put("families.tsv".into(), &families)?;
    Ok(Counts { functions, focuses, words: maker.used.len(), bytes })
}

/// The shared files, by their paths.
fn shared(data: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut files = Vec::new();
    for name in SHARED {
        let folder = data.join(name);
        if !folder.is_dir() {
            files.push((format!("{name}.tsv"), fs::read_to_string(data.join(format!("{name}.tsv")))?));
            continue;
        }
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            files.push((format!("{name}/{}", entry.file_name().to_string_lossy()), fs::read_to_string(entry.path())?));
        }
    }
    Ok(files)
}

/// The words that the aliases of a function or focus draw from.
struct Topics {
    words: Vec<usize>,
    heads: Vec<usize>,
}

impl Topics {
    fn draw(maker: &mut Maker, words: usize) -> Topics {
        Topics {
            words: (0..words).map(|_| maker.rank(WORDS)).collect(),
            heads: (0..3).map(|_| maker.rank(HEADS)).collect(),
        }
    }
}

/// What makes words and aliases, none twice.
struct Maker {
    random: Random,
    /// Words by rank; the heads are the first.
    words: Vec<String>,
    used: HashSet<usize>,
    aliases: HashSet<Vec<usize>>,
}

impl Maker {
    /// `taken` are the words that mean something already.
    fn new(mut taken: HashSet<String>) -> Maker {
        let mut random = Random(SEED);
        let mut words = Vec::with_capacity(WORDS);
        while words.len() < WORDS {
            let syllables = 2 + random.below(3);
            let mut word: String = (0..syllables).flat_map(|_| syllable(&mut random)).collect();
            word.push(pick(&mut random, b"rtldkm"));
            if taken.insert(word.clone()) {
                words.push(word);
            }
        }
        Maker { random, words, used: HashSet::new(), aliases: HashSet::new() }
    }

    /// One of the first so many ranks, each with a chance inverse to it.
    fn rank(&mut self, among: usize) -> usize {
        let uniform = self.random.below(1 << 32) as f64 / (1u64 << 32) as f64;
        (SHIFT * (among as f64 / SHIFT + 1.0).powf(uniform) - SHIFT) as usize
    }

    /// A new alias of these topics.
    fn alias(&mut self, function: &Topics, focus: &Topics) -> String {
        loop {
            let before_head = [1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 4][self.random.below(20)];
            let mut words: Vec<usize> = (0..before_head)
                .map(|_| match self.random.below(10) {
                    0..4 => focus.words[self.random.below(focus.words.len())],
                    4..7 => function.words[self.random.below(function.words.len())],
                    _ => self.rank(WORDS),
                })
                .collect();
            words.push(match self.random.below(10) {
                0..6 => function.heads[self.random.below(function.heads.len())],
                6..8 => focus.heads[self.random.below(focus.heads.len())],
                _ => self.rank(HEADS),
            });
            let twice = (1..words.len()).any(|at| words[..at].contains(&words[at]));
            if !twice && !self.aliases.contains(&words) {
                let text = self.text(&words);
                self.used.extend(&words);
                self.aliases.insert(words);
                return text;
            }
        }
    }

    /// The words with capitals; sometimes with a hyphen, or in capitals.
    fn text(&mut self, words: &[usize]) -> String {
        let unusual = self.random.below(20);
        let mut text = String::new();
        for (at, &word) in words.iter().enumerate() {
            if at > 0 {
                text.push(if at == 1 && unusual == 0 { '-' } else { ' ' });
            }
            let capitals = if at == 0 && unusual == 1 { usize::MAX } else { 1 };
            text.extend(
                self.words[word]
                    .chars()
                    .enumerate()
                    .map(|(nth, c)| if nth < capitals { c.to_ascii_uppercase() } else { c }),
            );
        }
        text
    }
}

fn pick(random: &mut Random, letters: &[u8]) -> char {
    letters[random.below(letters.len())].into()
}

/// A consonant and a vowel. What follows the last is no letter that a plural ends in.
fn syllable(random: &mut Random) -> [char; 2] {
    [pick(random, b"bcdfghklmnprstvz"), pick(random, b"aeiou")]
}

/// The files of one family.
struct Sheets {
    functions: String,
    focuses: String,
    aliases: String,
    crosswalk: String,
}

impl Sheets {
    fn new() -> Sheets {
        Sheets {
            functions: "code\tname\ttracks\tdefault_level\tstatus\tscope\tversion\tconfidence\tsummary\tsource\n"
                .into(),
            focuses: "function\tcode\tname\tjob\tarea\tdefault_level\n".into(),
            aliases: "text\tfunction\tfocus\tlevel\ttype\tconfidence\tapproval\tsource\n".into(),
            crosswalk: "function\tfocus\tscope\tsoc\tstatus\tsource\n".into(),
        }
    }

    /// A focus with so many aliases; the first of a function is its general one. The first two aliases are its job and area.
    fn focus(
        &mut self,
        maker: &mut Maker,
        of: &Topics,
        function: usize,
        focus: usize,
        aliases: usize,
    ) -> std::fmt::Result {
        let topics = Topics::draw(maker, 3);
        let texts: Vec<String> = (0..aliases).map(|_| maker.alias(of, &topics)).collect();
        let [job, area] = [0, 1.min(aliases - 1)].map(|nth| &texts[nth]);
        let code = if focus.is_multiple_of(FOCUSES_A_FUNCTION) { "GEN".to_owned() } else { format!("Y{focus}") };
        if code == "GEN" {
            writeln!(
                self.functions,
                "X{function}\t{job}\tP M\tP3\tdraft\tglobal\t1\t0.70\tDoes what {job} does.\tmade up"
            )?;
        }
        writeln!(self.focuses, "X{function}\t{code}\t{area}\t{job}\t{area}\t")?;
        for (nth, text) in texts.iter().enumerate() {
            let (kind, confidence) = if nth < 2 { ("common", 100) } else { ("variant", 80 + maker.random.below(16)) };
            let (whole, hundredths) = (confidence / 100, confidence % 100);
            writeln!(self.aliases, "{text}\tX{function}\t{code}\t\t{kind}\t{whole}.{hundredths:02}\tdraft\tmade up")?;
        }
        Ok(())
    }
}
