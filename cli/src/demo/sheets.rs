//! Sheets of printable codes as PNG: warranty codes, traps, bars of products.

mod page;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use carrot_codes::OwnCode;

use super::Made;
use super::goods::{BAG, DUO};
use page::Page;

/// How many sheets there are.
pub const COUNT: usize = 3;
/// Pixels of one module of a square code.
const MODULE: u32 = 6;

/// Draws all sheets into a folder; answers their paths.
pub fn draw(made: &Made, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let pages = [
        ("warranty-codes", warranty(made)?),
        ("traps", traps(made)?),
        ("products", products()?),
    ];
    let mut paths = Vec::new();
    for (name, page) in pages {
        let path = folder.join(format!("{name}.png"));
        page.save(&path)
            .with_context(|| format!("writing {}", path.display()))?;
        paths.push(path);
    }
    Ok(paths)
}

/// The typed form of a canonical code: tag, dash, groups of four.
fn typed(made: &Made, canonical: &str) -> anyhow::Result<String> {
    Ok(own(made, canonical)?.to_text())
}

fn own(made: &Made, canonical: &str) -> anyhow::Result<OwnCode> {
    let secret = canonical
        .get(made.tag.len()..)
        .with_context(|| format!("{canonical} is no code of {}", made.tag))?;
    Ok(OwnCode::Unique {
        programme: made.tag.clone(),
        secret: secret.to_owned(),
    })
}

/// The code as a Digital Link with its product.
fn link(made: &Made, canonical: &str) -> anyhow::Result<String> {
    let secret = canonical
        .get(made.tag.len()..)
        .with_context(|| format!("{canonical} is no code of {}", made.tag))?;
    Ok(format!(
        "https://{}/{}/01/{DUO}/21/{secret}",
        carrot_codes::UNIQUE_HOST,
        made.tag
    ))
}

fn warranty(made: &Made) -> anyhow::Result<Page> {
    let mut page = Page::new("Warranty cards of Duo machines in Aarhus: not used yet");
    for code in &made.prints.unused {
        page.square(
            &link(made, code)?,
            MODULE,
            &["Duo, Elkiosken Aarhus", &typed(made, code)?],
        )?;
    }
    Ok(page)
}

fn traps(made: &Made) -> anyhow::Result<Page> {
    let prints = &made.prints;
    let mut page = Page::new("Codes that are refused, or credited once");
    let used = typed(made, &prints.used)?;
    page.square(
        &link(made, &prints.used)?,
        MODULE,
        &["Another seller has claimed it", &used],
    )?;
    page.square(
        &prints.foreign,
        MODULE,
        &["Another programme's code", &prints.foreign],
    )?;
    let (receipt, code) = &prints.receipt;
    page.square(receipt, MODULE, &["Receipt, credited once with:"])?;
    let same = typed(made, code)?;
    page.square(
        &link(made, code)?,
        MODULE,
        &["Warranty card, same sale", &same],
    )?;
    Ok(page)
}

fn products() -> anyhow::Result<Page> {
    let mut page = Page::new("Bars of products for the till");
    let shown = [
        (DUO, "Morgenrod Duo, machine"),
        (BAG, "Daggry coffee beans, 1 kg"),
        ("09520001000300", "Solopgang coffee beans, 1 kg"),
        ("02200001000018", "A local number: cups, or beans"),
    ];
    for (gtin, name) in shown {
        let thirteen = gtin.get(1..).context("a number has 14 digits")?;
        page.bars(thirteen, name)?;
    }
    Ok(page)
}
