//! Local servers that stand in for services of others: they speak the same dialect, on data that is
//! made up, and answer the same question the same way.

mod receipts;
mod story;

pub use receipts::FakeReceipts;
pub use story::{GOODS_GTIN, GOODS_NAME, GOODS_OTHER_NAME, Scenario, qr, qr_at};
