//! The CPU time of a PostgreSQL cluster: its postmaster, the children that it has seen end, and those
//! that live.

use std::time::Duration;

use anyhow::{Context as _, Result};
use carrot_pg::Cluster;

use crate::process;

/// CPU time of all processes of the cluster since it began.
pub fn cpu(cluster: &Cluster) -> Result<Duration> {
    let file = cluster.folder().join("data/postmaster.pid");
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let postmaster = text.lines().next().unwrap_or_default().parse::<u32>()?;
    let own = process::Times::of(postmaster)?;
    let mut sum = own.spent + own.of_ended;
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        // One that ended meanwhile is counted with the postmaster next time.
        if let Ok(child) = process::Times::of(pid)
            && child.parent == postmaster
        {
            sum += child.spent;
        }
    }
    Ok(sum)
}
