//! `carrot import`: files into a programme, with a report per file.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use carrot_server::Store;
use carrot_server::import::{
    IMPORT_KINDS, ImportKind, ImportOptions, Report, import, import_programme, machine_bytes,
};
use clap::Args;
use uuid::Uuid;

use super::{ProgrammeArgs, store};

/// What to import.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// What the file holds: programme, partners, outlets, people, products, logistics, series, rewards,
    /// tasks, routes, lessons, campaigns, wishes, posts; or all, for a folder of such files.
    kind: String,
    /// The file or folder.
    file: PathBuf,
    #[command(flatten)]
    programme: ProgrammeArgs,
    /// Only report what would change.
    #[arg(long)]
    dry_run: bool,
}

impl ImportArgs {
    /// A whole folder of files, for tests.
    #[cfg(test)]
    pub fn all(file: PathBuf, data: PathBuf, dry_run: bool) -> Self {
        let programme = ProgrammeArgs {
            data: super::DataArgs::folder(data),
            programme: None,
        };
        Self {
            kind: "all".to_owned(),
            file,
            programme,
            dry_run,
        }
    }
}

/// Imports; fails when a row was refused.
pub async fn run(args: ImportArgs) -> anyhow::Result<ExitCode> {
    let kind = args.kind.as_str();
    if kind != "programme" && kind != "all" && ImportKind::from_name(kind).is_none() {
        let names: Vec<&str> = IMPORT_KINDS.iter().map(|kind| kind.as_str()).collect();
        bail!(
            "no such kind: {kind}; known are programme, all, {}",
            names.join(", ")
        );
    }
    let place = args.programme.data.place();
    let makes = matches!(kind, "programme" | "all");
    if makes && args.dry_run && !store::exists(&place) {
        return try_out(&args).await;
    }
    let store = if makes {
        store::open_or_make(&place).await?
    } else {
        store::open_at(&place).await?
    };
    let clean = match kind {
        "programme" => programme(&store, &args.file, args.dry_run).await?.1,
        "all" => folder(&store, &args.file, args.dry_run).await?,
        _ => {
            let programme = store::programme(&store, args.programme.programme.as_deref()).await?;
            match ImportKind::from_name(kind) {
                Some(kind) => one(&store, programme.id, kind, &args.file, args.dry_run).await?,
                None => false,
            }
        }
    };
    store.close().await;
    Ok(exit_code(clean))
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("reading {}", file.display()))
}

/// A dry run where there is no data yet: imports into a folder that is thrown away.
async fn try_out(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    let scratch = std::env::temp_dir().join(format!("carrot-dry-run-{}", Uuid::new_v4().simple()));
    let store = Store::open(&scratch).await?;
    let told = if args.kind == "all" {
        folder(&store, &args.file, false).await
    } else {
        let told = programme(&store, &args.file, false).await;
        told.map(|(_, clean)| clean)
    };
    store.close().await;
    std::fs::remove_dir_all(&scratch)?;
    println!("dry run: nothing was kept");
    Ok(exit_code(told?))
}

fn exit_code(clean: bool) -> ExitCode {
    if clean {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

async fn folder(store: &Store, files: &Path, dry_run: bool) -> anyhow::Result<bool> {
    let (id, mut clean) = programme(store, &files.join("programme.json"), dry_run).await?;
    if !clean {
        return Ok(false);
    }
    for kind in IMPORT_KINDS {
        let file = files.join(kind.file_name());
        if file.exists() {
            clean &= one(store, id, kind, &file, dry_run).await?;
        }
    }
    Ok(clean)
}

async fn programme(store: &Store, file: &Path, dry_run: bool) -> anyhow::Result<(Uuid, bool)> {
    let (id, report) =
        import_programme(store, &file.to_string_lossy(), &read(file)?, dry_run).await?;
    Ok((id, print("programme", &report, dry_run)))
}

async fn one(
    store: &Store,
    programme: Uuid,
    kind: ImportKind,
    file: &Path,
    dry_run: bool,
) -> anyhow::Result<bool> {
    let mut code_bytes = machine_bytes;
    let options = ImportOptions {
        today: None,
        dry_run,
        code_bytes: &mut code_bytes,
    };
    let report = import(
        store,
        programme,
        kind,
        &file.to_string_lossy(),
        &read(file)?,
        options,
    )
    .await?;
    Ok(print(kind.as_str(), &report, dry_run))
}

/// Prints a report; true when no row was refused.
fn print(what: &str, report: &Report, dry_run: bool) -> bool {
    let would = if dry_run {
        " (dry run, nothing written)"
    } else {
        ""
    };
    println!("{what}: {report}{would}");
    for note in &report.notes {
        println!("  {note}");
    }
    for refused in &report.refused {
        eprintln!("{refused}");
    }
    if !report.is_clean() {
        eprintln!("nothing of this file was written");
    }
    report.is_clean()
}
