//! How the store grows: seeded landscapes with the degrees of the real investor graph, and what they cost.
//!
//! ```text
//! cargo run --release --example scale -- [FACTS ...]          default: 10000 100000
//! ```
//!
//! A configuration model of the investor graph: the number of rounds per company and of investors per round follow the
//! shares measured on 80,233 investments, the investors' degrees a truncated zeta distribution (exponent 2), and 80 % of
//! later places in a company go to investors that it has. Every fact has properties and evidence; a twentieth of the
//! entities has names in three scripts.
//!
//! Prints one row a size:
//!
//! | column | is |
//! |---|---|
//! | load | all commits of the bulk load, 200,000 facts each |
//! | B/fact | bytes on disk after it by facts, entities included; behind the stroke after `compact` |
//! | first | a new process: from its start to the answer of one name and the facts around the entity |
//! | MB | the most memory that this process had resident |
//! | name | a name look-up |
//! | row | one fact by number, in random order |
//! | 1, 100 | a commit of so many facts: median of five |
//! | open | opening again and reading the counts |

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use ailand::model::{
    Entity, EntityId, Evidence, Fact, FactId, Language, Modality, Name, NameKind, PartialDate, Properties, Reliability,
    Source, SourceId, Value,
};
use ailand::{Changes, Landscape};

const ROUNDS: &[f64] = &[0.679, 0.194, 0.076, 0.029, 0.012, 0.0055, 0.0021];
const INVESTORS: &[f64] = &[0.459, 0.196, 0.137, 0.085, 0.049, 0.029, 0.017, 0.009, 0.006, 0.005, 0.003];
const FOLLOW_ON: f64 = 0.8;
/// Facts in one commit of a bulk load.
const COMMIT: usize = 200_000;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let start = Instant::now();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = io::stdout().lock();
    if let [first, folder] = arguments.as_slice()
        && first == "first"
    {
        answer(Path::new(folder))?;
        writeln!(out, "{} {}", milliseconds(start.elapsed()), resident_megabytes())?;
        return Ok(());
    }
    let sizes: Vec<usize> = arguments.iter().map(|size| size.parse()).collect::<Result<_, _>>()?;
    let sizes = if sizes.is_empty() { vec![10_000, 100_000] } else { sizes };
    writeln!(
        out,
        "{:>9} {:>9} {:>8} {:>11} {:>9} {:>6} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "facts", "entities", "load s", "B/fact", "first ms", "MB", "name us", "row us", "1 ms", "100 ms", "open ms"
    )?;
    for facts in sizes {
        writeln!(out, "{}", measure(facts)?)?;
    }
    Ok(())
}

/// Opens the database, finds a company by its name and reads its facts.
fn answer(folder: &Path) -> Result<(), Failure> {
    let snapshot = Landscape::open(folder)?.snapshot()?;
    let found = snapshot.names()?.named("Company 7");
    for edge in snapshot.adjacency(found.first().ok_or("no such name")?.entity)?.incoming {
        snapshot.fact(edge.fact)?;
        snapshot.heading(edge.neighbour)?;
    }
    Ok(())
}

/// The most memory that this process had resident; 0 where the system does not tell.
fn resident_megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn measure(wanted: usize) -> Result<String, Failure> {
    let folder = std::env::temp_dir().join(format!("ailand-scale-{wanted}-{}", std::process::id()));
    drop(fs::remove_dir_all(&folder));
    let landscape = Landscape::open_or_create_empty(&folder)?;
    let mut model = Generator::new(wanted);
    let mut spent = Duration::ZERO;
    let mut loaded = 0;
    while loaded < wanted {
        let changes = model.changes(COMMIT.min(wanted - loaded))?;
        loaded += changes.facts.len();
        let commit = Instant::now();
        landscape.commit(&changes)?;
        spent += commit.elapsed();
    }
    let bytes = landscape.size_on_disk()?;
    let (first, megabytes) = first_answer(&folder)?;
    let commit_of = |model: &mut Generator, facts| {
        median(5, || {
            let changes = model.changes(facts)?;
            let commit = Instant::now();
            landscape.commit(&changes)?;
            Ok(commit.elapsed())
        })
    };
    let one = commit_of(&mut model, 1)?;
    let hundred = commit_of(&mut model, 100)?;
    let compacted = landscape.compact(&mut |_| ())?.after;
    let open = median(5, || {
        let start = Instant::now();
        std::hint::black_box(landscape.snapshot()?.counts());
        Ok(start.elapsed())
    })?;
    let snapshot = landscape.snapshot()?;
    let counts = snapshot.counts();
    let names = snapshot.names()?;
    let mut random = Random(7);
    let name = median(5, || {
        let start = Instant::now();
        for _ in 0..1000 {
            std::hint::black_box(names.named(&format!("Investor {}", random.below(model.investors))));
        }
        Ok(start.elapsed())
    })?;
    let row = median(5, || {
        let start = Instant::now();
        for _ in 0..1000 {
            snapshot.fact(u32::try_from(random.below(counts.facts as usize))?)?;
        }
        Ok(start.elapsed())
    })?;
    drop(snapshot);
    let per_fact = |bytes: u64| bytes as f64 / f64::from(counts.facts);
    let row = format!(
        "{:>9} {:>9} {:>8.1} {:>11} {:>9.1} {:>6} {:>8.2} {:>8.2} {:>8.1} {:>8.1} {:>8.1}",
        counts.facts,
        counts.entities,
        spent.as_secs_f64(),
        format!("{:.0} / {:.0}", per_fact(bytes), per_fact(compacted)),
        first,
        megabytes,
        milliseconds(name),
        milliseconds(row),
        milliseconds(one),
        milliseconds(hundred),
        milliseconds(open)
    );
    fs::remove_dir_all(&folder)?;
    Ok(row)
}

/// The best of three new processes that answer: milliseconds, and megabytes resident.
fn first_answer(folder: &Path) -> Result<(f64, u64), Failure> {
    let mut best = (f64::MAX, 0);
    for _ in 0..3 {
        let told = Command::new(std::env::current_exe()?).arg("first").arg(folder).output()?;
        let told = String::from_utf8(told.stdout)?;
        let (time, memory) = told.trim().split_once(' ').ok_or("the process that answers said nothing")?;
        let time: f64 = time.parse()?;
        if time < best.0 {
            best = (time, memory.parse()?);
        }
    }
    Ok(best)
}

fn median(times: usize, mut run: impl FnMut() -> Result<Duration, Failure>) -> Result<Duration, Failure> {
    let mut all = (0..times).map(|_| run()).collect::<Result<Vec<_>, _>>()?;
    all.sort_unstable();
    Ok(all.get(times / 2).copied().unwrap_or_default())
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The splitmix64 generator: small, seeded, good enough for drawing degrees.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.unit() * limit as f64) as usize
    }

    /// 1 with the first share, 2 with the second, and so on.
    fn draw(&mut self, shares: &[f64]) -> usize {
        let mut rest = self.unit() * shares.iter().sum::<f64>();
        for (value, share) in (1..).zip(shares) {
            rest -= share;
            if rest < 0.0 {
                return value;
            }
        }
        shares.len()
    }
}

/// Makes companies one after the other, each with its rounds and the investors of each round.
struct Generator {
    random: Random,
    /// Investor numbers, each as often as its degree says.
    places: Vec<u32>,
    investors: usize,
    companies: usize,
    facts: usize,
    known: Vec<bool>,
}

impl Generator {
    fn new(facts: usize) -> Self {
        let mut random = Random(42);
        let most = (457.0 * (facts as f64 / 80_233.0).sqrt()).max(2.0);
        let mut places = Vec::new();
        let mut investors = 0;
        while places.len() < facts / 2 {
            // Inverse transform of a zeta distribution with exponent 2, truncated.
            let degree = (1.0 / (1.0 - random.unit() * (1.0 - 1.0 / most))) as usize;
            places.extend(std::iter::repeat_n(investors as u32, degree.max(1)));
            investors += 1;
        }
        Self { random, places, investors, companies: 0, facts: 0, known: vec![false; investors] }
    }

    /// Records with `wanted` facts about new companies.
    fn changes(&mut self, wanted: usize) -> Result<Changes, Failure> {
        let mut changes = Changes::default();
        if self.companies == 0 {
            changes.sources = vec![source()?];
        }
        let target = self.facts + wanted;
        while self.facts < target {
            let company = EntityId::new(format!("startup:c{}", self.companies))?;
            changes.entities.push(entity(&company, "Startup", &format!("Company {}", self.companies), self.companies));
            self.companies += 1;
            let mut backers: Vec<u32> = Vec::new();
            for round in 0..self.random.draw(ROUNDS) {
                for _ in 0..self.random.draw(INVESTORS) {
                    if self.facts == target {
                        break;
                    }
                    let follows = !backers.is_empty() && self.random.unit() < FOLLOW_ON;
                    let pool = if follows { &backers } else { &self.places };
                    let investor = pool.get(self.random.below(pool.len())).copied().unwrap_or(0);
                    backers.push(investor);
                    let id = EntityId::new(format!("investor:i{investor}"))?;
                    if let Some(known @ false) = self.known.get_mut(investor as usize) {
                        *known = true;
                        let name = format!("Investor {investor}");
                        changes.entities.push(entity(&id, "Investor", &name, investor as usize));
                    }
                    changes.facts.push(fact(self.facts, id, company.clone(), round)?);
                    self.facts += 1;
                }
            }
        }
        Ok(changes)
    }
}

fn source() -> Result<Source, Failure> {
    Ok(Source {
        id: SourceId::new("generated")?,
        kind: "table".into(),
        title: "Generated landscape".into(),
        publisher: None,
        url: None,
        published: None,
        language: None,
        content_hash: None,
        license: None,
        reliability: Reliability::A,
    })
}

fn entity(id: &EntityId, label: &str, name: &str, number: usize) -> Entity {
    let named =
        |text: String, language| Name { text, language, kind: NameKind::Canonical, derived: false, evidence: vec![] };
    let mut names = vec![named(name.to_owned(), Language::English)];
    if number.is_multiple_of(20) {
        names.push(named(format!("公司{number}号"), Language::Simplified));
        names.push(named(format!("公司{number}號"), Language::Traditional));
    }
    Entity { id: id.clone(), labels: vec![label.to_owned()], names, claims: vec![] }
}

fn fact(number: usize, investor: EntityId, company: EntityId, round: usize) -> Result<Fact, Failure> {
    let month = u8::try_from(number % 12)? + 1;
    let mut properties = Properties::new();
    properties.set("date", Value::Date(PartialDate::new(2015 + u16::try_from(round)?, Some(month), None)?));
    properties
        .set("round", Value::Text(["Seed", "A", "B", "C", "D", "E", "F"].get(round).copied().unwrap_or("G").into()));
    properties.set("round_amount", Value::Int(1_000_000 * (1 + i64::try_from(number % 97)?)));
    properties.set("round_currency", Value::Text("USD".into()));
    Ok(Fact {
        id: FactId::new(format!("f:{number:07}"))?,
        subject: investor,
        predicate: "INVESTED_IN".into(),
        object: company,
        properties,
        modality: Modality::Asserted,
        evidence: vec![Evidence {
            quote: Some(format!("row {number}")),
            ..Evidence::curated(SourceId::new("generated")?)
        }],
    })
}
