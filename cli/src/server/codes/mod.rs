//! `carrot codes`: series of codes made, sent off, stopped, printed, exported and counted, in the
//! server's data folder. Long ones say how far they are, and stop at Ctrl-C where they can go on later.

mod long;
#[cfg(test)]
mod tests;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use carrot_rules::entity::{Series, SeriesKind};
use carrot_server::Tx;
use carrot_server::import::outlet_id;
use carrot_server::series::{self, Range, SeriesState, SeriesWish, SheetLayout};
use clap::{Args, Subcommand, ValueEnum};

use super::{ProgrammeArgs, store};

/// Who acts, as the audit log names it.
const ACTOR: &str = "server";

/// How codes are told to be genuine.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum KindArg {
    /// Random codes to be typed.
    Typed,
    /// Signed codes of pieces, cartons and pallets.
    Signed,
    /// Serial numbers of a trade item, one after another.
    Serial,
}

impl From<KindArg> for SeriesKind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Typed => Self::Typed,
            KindArg::Signed => Self::Signed,
            KindArg::Serial => Self::Serial,
        }
    }
}

/// Which part of a series; all of it when no level and number are given.
#[derive(Debug, Clone, Args)]
pub struct PartArgs {
    /// The level's name, for example unit, carton or pallet.
    #[arg(long)]
    level: Option<String>,
    /// The first one, counted from 1 as it is printed.
    #[arg(long)]
    first: Option<i64>,
    /// How many.
    #[arg(long)]
    count: Option<i64>,
}

/// What is done with codes.
#[derive(Debug, Subcommand)]
pub enum CodesCommand {
    /// Makes a series; goes on with one whose making was stopped.
    Make {
        #[command(flatten)]
        programme: ProgrammeArgs,
        /// The series' code: small Latin letters, digits and dashes.
        code: String,
        /// The product's number as printed, 8 to 14 digits, or its id.
        #[arg(long, value_parser = product)]
        product: String,
        /// How many pieces.
        #[arg(long)]
        pieces: i64,
        /// How they are told to be genuine.
        #[arg(long, value_enum, default_value_t = KindArg::Signed)]
        kind: KindArg,
        /// What holds pieces, for example carton=10; may be given several times.
        #[arg(long, value_parser = level)]
        holds: Vec<(String, i64)>,
        /// The first serial number.
        #[arg(long)]
        serial_first: Option<i64>,
    },
    /// Records that a series, or a part of it, was sent off.
    Ship {
        #[command(flatten)]
        programme: ProgrammeArgs,
        /// The series; none with --file.
        #[arg(required_unless_present = "file")]
        code: Option<String>,
        #[command(flatten)]
        part: PartArgs,
        /// The outlet's code.
        #[arg(long)]
        outlet: Option<String>,
        /// A CSV file with the columns series,level,first,count,outlet instead.
        #[arg(long, conflicts_with_all = ["code", "level", "first", "count", "outlet"])]
        file: Option<PathBuf>,
    },
    /// Makes a series, a part of it, or one typed code worth nothing.
    Void {
        #[command(flatten)]
        programme: ProgrammeArgs,
        /// The series.
        code: String,
        #[command(flatten)]
        part: PartArgs,
        /// One typed code alone.
        #[arg(long)]
        one: Option<String>,
    },
    /// Draws labels on sheets of A4, as PDF. It holds the codes: whoever has it can claim.
    Sheet {
        #[command(flatten)]
        programme: ProgrammeArgs,
        /// The series.
        code: String,
        #[command(flatten)]
        part: PartArgs,
        /// Labels beside each other.
        #[arg(long, default_value_t = SheetLayout::default().columns)]
        columns: u8,
        /// Labels below each other.
        #[arg(long, default_value_t = SheetLayout::default().rows)]
        rows: u8,
        /// The language of the product's name.
        #[arg(long, default_value = "en")]
        language: String,
        /// The file to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// Writes codes to a CSV file: whoever has it can claim.
    Export {
        #[command(flatten)]
        programme: ProgrammeArgs,
        /// The series.
        code: String,
        #[command(flatten)]
        part: PartArgs,
        /// The file to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// How far a series has come, or all of them.
    State {
        #[command(flatten)]
        programme: ProgrammeArgs,
        /// The series.
        code: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// A number shorter than 14 digits is kept with zeros in front.
fn product(text: &str) -> Result<String, String> {
    let is_number = (8..=14).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    Ok(if is_number {
        format!("{text:0>14}")
    } else {
        text.to_owned()
    })
}

fn level(text: &str) -> Result<(String, i64), String> {
    let (name, pieces) = text.split_once('=').ok_or("write it as name=pieces")?;
    let pieces = pieces
        .parse()
        .map_err(|_| "write a whole number of pieces behind the =")?;
    Ok((name.to_owned(), pieces))
}

/// The part that is meant; none is the whole series.
fn part(series: &Series, args: &PartArgs) -> anyhow::Result<Option<Range>> {
    if args.level.is_none() && args.first.is_none() && args.count.is_none() {
        return Ok(None);
    }
    let name = args.level.as_deref().unwrap_or("unit");
    let names: Vec<&str> = series
        .levels
        .iter()
        .map(|level| level.name.as_str())
        .collect();
    let level = names.iter().position(|known| *known == name);
    let level =
        level.with_context(|| format!("no level {name}; there are {}", names.join(", ")))?;
    let level = u8::try_from(level)?;
    let first = args.first.unwrap_or(1);
    if first < 1 {
        bail!("numbers begin at 1");
    }
    let size = series.size(level).unwrap_or(1);
    let all = series.pieces.saturating_add(size - 1) / size;
    let count = args.count.unwrap_or(all.saturating_sub(first - 1));
    Ok(Some(Range {
        level,
        first: first - 1,
        count,
    }))
}

/// Runs a command.
pub async fn run(command: CodesCommand) -> anyhow::Result<ExitCode> {
    match command {
        CodesCommand::Make {
            programme,
            code,
            product,
            pieces,
            kind,
            holds,
            serial_first,
        } => {
            let wish = SeriesWish {
                code,
                product,
                kind: kind.into(),
                pieces,
                levels: holds.into_iter().collect(),
                serial_first,
                ends_ms: None,
            };
            return long::make(&programme, &wish).await;
        }
        CodesCommand::Export {
            programme,
            code,
            part,
            out,
        } => return long::export(&programme, &code, &part, &out).await,
        CodesCommand::Ship {
            programme,
            code,
            part,
            outlet,
            file,
        } => {
            ship(
                &programme,
                code.as_deref(),
                (&part, outlet.as_deref()),
                file,
            )
            .await?
        }
        CodesCommand::Void {
            programme,
            code,
            part,
            one,
        } => void(&programme, &code, &part, one.as_deref()).await?,
        CodesCommand::Sheet {
            programme,
            code,
            part,
            columns,
            rows,
            language,
            out,
        } => {
            let layout = SheetLayout { columns, rows };
            sheet(&programme, &code, &part, (layout, &language), &out).await?;
        }
        CodesCommand::State {
            programme,
            code,
            json,
        } => state(&programme, code.as_deref(), json).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn ship(
    args: &ProgrammeArgs,
    code: Option<&str>,
    (part_args, outlet): (&PartArgs, Option<&str>),
    file: Option<PathBuf>,
) -> anyhow::Result<()> {
    let (store, programme) = store::open_programme(args).await?;
    let mut tx = store.begin(programme.id).await?;
    match (code, file) {
        (_, Some(file)) => {
            let bytes =
                std::fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
            let report = series::ship_file(&mut tx, &bytes, ACTOR).await?;
            println!("rows: {}, pieces sent off: {}", report.rows, report.pieces);
        }
        (Some(code), None) => {
            let known = series::series(&mut tx, code).await?;
            let range = part(&known, part_args)?;
            let outlet = outlet.map(|code| outlet_id(programme.id, code));
            let sent = series::ship(&mut tx, code, range, outlet, ACTOR).await?;
            println!(
                "pieces sent off: {}, records: {}",
                sent.pieces, sent.records
            );
        }
        (None, None) => bail!("name a series or give a file"),
    }
    tx.commit().await?;
    store.close().await;
    Ok(())
}

async fn void(
    args: &ProgrammeArgs,
    code: &str,
    part_args: &PartArgs,
    one: Option<&str>,
) -> anyhow::Result<()> {
    let (store, programme) = store::open_programme(args).await?;
    let mut tx = store.begin(programme.id).await?;
    if let Some(one) = one {
        series::void_code(&mut tx, code, one, ACTOR).await?;
        println!("the code is void");
    } else {
        let known = series::series(&mut tx, code).await?;
        let range = part(&known, part_args)?;
        let stopped = series::void(&mut tx, code, range, ACTOR).await?;
        println!(
            "void; {} records say so. Claimed before and left as they are: {}",
            stopped.records, stopped.claimed
        );
    }
    tx.commit().await?;
    store.close().await;
    Ok(())
}

async fn sheet(
    args: &ProgrammeArgs,
    code: &str,
    part_args: &PartArgs,
    layout: (SheetLayout, &str),
    out: &std::path::Path,
) -> anyhow::Result<()> {
    let (store, programme) = store::open_programme(args).await?;
    let mut tx = store.begin(programme.id).await?;
    let known = series::series(&mut tx, code).await?;
    let range = part(&known, part_args)?;
    let drawn = series::sheet(&mut tx, code, range, layout, ACTOR).await?;
    long::owners_file(out)?.write_all(&drawn)?;
    tx.commit().await?;
    store.close().await;
    println!("{}", out.display());
    Ok(())
}

async fn state(args: &ProgrammeArgs, code: Option<&str>, json: bool) -> anyhow::Result<()> {
    let (store, programme) = store::open_programme(args).await?;
    let mut tx = store.begin(programme.id).await?;
    let codes = match code {
        Some(code) => vec![code.to_owned()],
        None => {
            let (all, _) = series::list(&mut tx, 0, i64::from(u32::MAX)).await?;
            all.into_iter().map(|series| series.code).collect()
        }
    };
    for code in codes {
        let state = series::state(&mut tx, &code).await?;
        if json {
            println!("{}", serde_json::to_string(&state)?);
        } else {
            println!("{}", plain(&mut tx, &state).await?);
        }
    }
    drop(tx);
    store.close().await;
    Ok(())
}

/// A series' figures in a line.
async fn plain(tx: &mut Tx, state: &SeriesState) -> anyhow::Result<String> {
    let one = &state.series;
    let outlet = match one.outlet {
        Some(id) => tx
            .entity::<carrot_rules::entity::Outlet>(&id.to_string())
            .await?
            .map_or_else(String::new, |outlet| format!(" to {}", outlet.code)),
        None => String::new(),
    };
    let stage = serde_json::to_value(one.stage)?;
    Ok(format!(
        "{}: {} of {} codes made, {}{outlet}; pieces claimed: {}, void: {}; parts sent off by themselves: {}",
        one.code,
        state.codes,
        one.pieces,
        stage.as_str().unwrap_or_default(),
        state.claimed,
        state.void,
        state.shipped_apart,
    ))
}
