//! `loa plan read`: what a document asks.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use loa_plan::{Clause, MAX_BYTES, ReadError, Reading};

use super::Stop;
use crate::clock::{Clock, SystemClock, local_day};
use crate::plans::words;
use crate::web::Lang;

/// Plans.
#[derive(Subcommand)]
pub enum Plan {
    /// Read a plan or a decision and say what was found in it.
    Read(ReadPlan),
}

/// Which document, and how to say it.
#[derive(Args)]
pub struct ReadPlan {
    /// A DOCX, PDF, HTML, Markdown or text file, or `-` for standard input.
    file: PathBuf,
    /// Write JSON: clauses, acts, themes, channels, duties, reports, warnings.
    #[arg(long)]
    json: bool,
    /// Write Akoma Ntoso 3.0.
    #[arg(long, conflicts_with = "json")]
    akn: bool,
    /// Write the clause tree as text, which reads back as the same tree.
    #[arg(long, conflicts_with_all = ["json", "akn"])]
    tree: bool,
}

impl Plan {
    pub(super) fn run(self) -> Result<ExitCode, Stop> {
        let Self::Read(ReadPlan {
            file,
            json,
            akn,
            tree,
        }) = self;
        let name = file.file_name().map(|name| name.to_string_lossy());
        let reading = take(&file)
            .and_then(|bytes| Ok(loa_plan::read(&bytes, name.as_deref())?))
            .map_err(|fault| fault.stop(&file))?;
        let text = if json {
            serde_json::to_string_pretty(&reading).context("what was read cannot be written")?
        } else if akn {
            let made = local_day(SystemClock.now());
            loa_plan::akn::xml(&reading, &loa_plan::akn::Options { made })
        } else if tree {
            loa_plan::print::tree(&reading)
        } else {
            summary(&reading)
        };
        let written = writeln!(std::io::stdout().lock(), "{}", text.trim_end());
        // Whoever reads may have read enough.
        match written {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(anyhow::Error::from(error).into())
            }
            _ => Ok(ExitCode::SUCCESS),
        }
    }
}

/// Why there is nothing to say.
enum Fault {
    File(std::io::Error),
    Folder,
    Unread(ReadError),
}

impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Self {
        Self::Unread(error)
    }
}

impl Fault {
    fn stop(self, file: &Path) -> Stop {
        let file = if file == Path::new("-") {
            "standard input".into()
        } else {
            file.to_string_lossy()
        };
        Stop::Input(match self {
            Self::File(error) => format!("{file} cannot be read ({error}): check the path"),
            Self::Folder => format!("{file} is a folder: name a file in it"),
            Self::Unread(error) => format!("{file}: {error}"),
        })
    }
}

/// The bytes of a file; of one that is too large never more than the limit.
fn take(file: &Path) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    let mut size = limit;
    if file == Path::new("-") {
        let input = std::io::stdin().lock();
        input
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(Fault::File)?;
    } else {
        let open = std::fs::File::open(file).map_err(Fault::File)?;
        let about = open.metadata().map_err(Fault::File)?;
        if about.is_dir() {
            return Err(Fault::Folder);
        }
        size = size.max(about.len());
        open.take(limit)
            .read_to_end(&mut bytes)
            .map_err(Fault::File)?;
    }
    if bytes.len() > MAX_BYTES {
        let megabytes = usize::try_from(size.div_ceil(1024 * 1024)).unwrap_or(usize::MAX);
        return Err(ReadError::TooLarge { megabytes }.into());
    }
    Ok(bytes)
}

/// What was read, for a person: in Vietnamese, as the documents are.
fn summary(reading: &Reading) -> String {
    let lang = Lang::Vi;
    let mut out = String::new();
    for fact in words::facts(reading, lang) {
        let label = lang.t(&format!("plans-fact-{}", fact.key));
        line(&mut out, 0, &format!("{label}: {}", fact.value));
    }
    heading(&mut out, lang, "plans-clauses", reading.walk().count());
    for clause in &reading.clauses {
        write_clause(&mut out, clause, 1);
    }
    heading(&mut out, lang, "plans-themes", reading.themes.len());
    for theme in &reading.themes {
        line(&mut out, 1, &format!("{} {}", theme.clause, theme.label));
    }
    heading(&mut out, lang, "plans-channels", reading.channels.len());
    for channel in &reading.channels {
        let kind = lang.t(&format!("outlets-kind-{}", channel.kind.name()));
        line(&mut out, 1, &format!("{} {kind}", channel.clause));
    }
    heading(&mut out, lang, "plans-duties", reading.duties.len());
    for duty in &reading.duties {
        let often = words::cadence(lang, &words::name(&duty.cadence));
        line(
            &mut out,
            1,
            &format!("{} {} ({often})", duty.clause, short(&duty.text)),
        );
        for unit in &duty.units {
            let role = words::role(lang, &words::name(&unit.role));
            line(&mut out, 2, &format!("{} ({role})", unit.name));
        }
    }
    heading(&mut out, lang, "plans-acts", reading.acts.len());
    for act in &reading.acts {
        let cited: Vec<String> = act
            .cited_in
            .iter()
            .map(|clause| words::address(lang, clause))
            .collect();
        line(
            &mut out,
            1,
            &format!("{} ({})", words::act(lang, act), cited.join(", ")),
        );
    }
    heading(&mut out, lang, "plans-reports", reading.reports.len());
    for report in &reading.reports {
        let asked = words::report(lang, report);
        line(&mut out, 1, &format!("{} {asked}", report.clause));
    }
    heading(
        &mut out,
        lang,
        "plans-warnings-title",
        reading.warnings.len(),
    );
    for warning in &reading.warnings {
        let place = lang.tv("plans-line", warning.line);
        line(&mut out, 1, &format!("{place}: {}", warning.message));
    }
    out
}

fn write_clause(out: &mut String, clause: &Clause, depth: usize) {
    let words = clause.heading.as_deref().unwrap_or(&clause.text);
    let address = words::address(Lang::Vi, &clause.id);
    let place = Lang::Vi.tv("plans-line", clause.line);
    line(out, depth, &format!("{address} {} ({place})", short(words)));
    for below in &clause.children {
        write_clause(out, below, depth + 1);
    }
}

fn heading(out: &mut String, lang: Lang, name: &str, count: usize) {
    out.push('\n');
    line(out, 0, &format!("{} ({count})", lang.t(name)));
}

fn line(out: &mut String, depth: usize, text: &str) {
    out.push_str(&"  ".repeat(depth));
    out.push_str(text);
    out.push('\n');
}

/// So much as a line of a terminal shows; no word is cut.
fn short(text: &str) -> String {
    words::short(text, 96)
}
