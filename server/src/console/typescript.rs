//! TypeScript of the console's requests and answers, for its screens.

use std::path::Path;

use carrot_wire::CallError;
use ts_rs::{Config, ExportError, TS};

use super::*;

/// Writes every type into `dir`, one file each.
pub fn write(dir: &Path) -> Result<(), ExportError> {
    let config = Config::new().with_large_int("number").with_out_dir(dir);
    Login::export_all(&config)?;
    Me::export_all(&config)?;
    Overview::export_all(&config)?;
    Page::<PersonRow>::export_all(&config)?;
    PersonDetail::export_all(&config)?;
    EventNames::export_all(&config)?;
    EventWish::export_all(&config)?;
    EventRecorded::export_all(&config)?;
    SaleDetail::export_all(&config)?;
    ClaimRow::export_all(&config)?;
    Page::<ReceiptRow>::export_all(&config)?;
    ReceiptDetail::export_all(&config)?;
    ReceiptDecision::export_all(&config)?;
    ReceiptDecided::export_all(&config)?;
    AliasRow::export_all(&config)?;
    AliasWish::export_all(&config)?;
    RecogniseWish::export_all(&config)?;
    Recognised::export_all(&config)?;
    ReceiptSettings::export_all(&config)?;
    ReceiptSettingsWish::export_all(&config)?;
    CashierWish::export_all(&config)?;
    VisitRow::export_all(&config)?;
    ReviewDetail::export_all(&config)?;
    Decision::export_all(&config)?;
    Decided::export_all(&config)?;
    ProductList::export_all(&config)?;
    PointsChanges::export_all(&config)?;
    Published::export_all(&config)?;
    RulesNow::export_all(&config)?;
    carrot_rules::ruleset::RuleSet::export_all(&config)?;
    RulesVersions::export_all(&config)?;
    DraftWish::export_all(&config)?;
    RulesChecked::export_all(&config)?;
    PublishWish::export_all(&config)?;
    RulesPublished::export_all(&config)?;
    ReplayWish::export_all(&config)?;
    ReplayState::export_all(&config)?;
    devices::OutletRow::export_all(&config)?;
    EnrolmentWish::export_all(&config)?;
    Enrolment::export_all(&config)?;
    Money::export_all(&config)?;
    UsedTwice::export_all(&config)?;
    ForkRow::export_all(&config)?;
    AllowanceWish::export_all(&config)?;
    OpenVoucherRow::export_all(&config)?;
    CancelVoucher::export_all(&config)?;
    WriteOff::export_all(&config)?;
    ClearLoss::export_all(&config)?;
    WrittenOff::export_all(&config)?;
    AuditRow::export_all(&config)?;
    Page::<SeriesRow>::export_all(&config)?;
    crate::series::SeriesState::export_all(&config)?;
    crate::series::SeriesWish::export_all(&config)?;
    SeriesMade::export_all(&config)?;
    SeriesFilled::export_all(&config)?;
    CodeFound::export_all(&config)?;
    receipts::AliasFound::export_all(&config)?;
    receipts::AliasTrial::export_all(&config)?;
    receipts::SourceTried::export_all(&config)?;
    PartWish::export_all(&config)?;
    SeriesShipped::export_all(&config)?;
    SeriesVoided::export_all(&config)?;
    SheetWish::export_all(&config)?;
    ExportWish::export_all(&config)?;
    ReturnWish::export_all(&config)?;
    ReturnDone::export_all(&config)?;
    CallError::export_all(&config)
}
