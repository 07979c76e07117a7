//! What can be seen without a network: disk, camera, stores, queue and lease.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use carrot_api::CallError;
use carrot_client::Membership;

use super::Finding;

/// Room that a day's photos and a full queue need, bytes.
const ROOM_BYTES: usize = 4 << 20;

/// Writes and removes a file as large as a day's work.
pub fn disk(dir: &Path) -> Finding {
    let probe = dir.join(".doctor-probe");
    let written = write_probe(&probe);
    // The probe may not exist when it could not be made; then there is nothing to remove.
    let _removed = fs::remove_file(&probe);
    match written {
        Ok(()) => Finding::good("disk", format!("{} MiB can be written", ROOM_BYTES >> 20)),
        Err(error) => Finding::bad("disk", disk_error(dir, &error)),
    }
}

fn write_probe(probe: &Path) -> std::io::Result<()> {
    let mut file = fs::File::create(probe)?;
    let block = vec![0x5A_u8; 1 << 16];
    for _ in 0..ROOM_BYTES / block.len() {
        file.write_all(&block)?;
    }
    file.sync_all()
}

fn disk_error(dir: &Path, error: &std::io::Error) -> CallError {
    let code = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => "disk_full",
        _ => "file_unreadable",
    };
    CallError::new(code, format!("{}: {error}", dir.display()))
}

/// A camera that can be asked for pictures.
pub fn camera() -> Finding {
    match carrot_scan::frame::camera::list_cameras() {
        Ok(cameras) if cameras.is_empty() => Finding::bad(
            "camera",
            CallError::new("no_camera", "the system names no camera"),
        ),
        Ok(cameras) => {
            let names: Vec<String> = cameras.into_iter().map(|camera| camera.name).collect();
            Finding::good("camera", names.join(", "))
        }
        Err(error) => Finding::bad("camera", CallError::new("no_camera", error.to_string())),
    }
}

/// Schema, queue and lease of one membership.
pub async fn stores(membership: &Membership) -> Vec<Finding> {
    let status = match membership.status().await {
        Ok(status) => status,
        Err(error) => return vec![Finding::bad("stores", error.to_call_error())],
    };
    let mut findings = vec![match status.cache_schema {
        Some(cache) => Finding::good(
            "stores",
            format!(
                "programme {}, outbox schema {}, cache schema {cache}, {} scopes",
                membership.programme_code(),
                status.outbox_schema,
                status.scopes.len()
            ),
        ),
        None => {
            let detail = "the cache cannot be read; the outbox is whole";
            Finding::bad("stores", CallError::new("cache_damaged", detail))
        }
    }];
    findings.push(match &status.blocked_code {
        Some(code) => {
            let detail = format!("{} wait; the server blocked this device", status.waiting);
            Finding::bad("queue", CallError::new(code.as_str(), detail))
        }
        None => Finding::good("queue", format!("{} wait", status.waiting)),
    });
    if status.left_behind > 0 {
        let detail = format!(
            "{} commands of a damaged file do not follow the others; a copy of it is kept beside",
            status.left_behind
        );
        findings.push(Finding::bad(
            "queue",
            CallError::new("outbox_unreadable", detail),
        ));
    }
    // The lease stands in the cache: what is damaged is named once.
    if status.cache_schema.is_some() {
        findings.extend(lease(membership).await);
    }
    findings
}

async fn lease(membership: &Membership) -> Option<Finding> {
    Some(match membership.lease().await {
        Ok(None) => return None,
        Ok(Some(lease)) if lease.lease.frozen_ms.is_some() => {
            let detail = "two copies of this terminal were found";
            Finding::bad("lease", CallError::new("lease_frozen", detail))
        }
        Ok(Some(lease)) if lease.stale => {
            let detail = format!("{} points are bound in it", lease.left_points);
            Finding::bad("lease", CallError::new("lease_stale", detail))
        }
        Ok(Some(lease)) => Finding::good("lease", format!("{} points left", lease.left_points)),
        Err(error) => Finding::bad("lease", error.to_call_error()),
    })
}
