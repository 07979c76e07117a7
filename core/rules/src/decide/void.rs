//! `sale.void`: a sale was cancelled at the till, within a day. It is the return of everything that
//! has not come back yet.

use crate::amount::Overflow;
use crate::command::SaleVoid;
use crate::entity::Sale;
use crate::facts::Seen;
use crate::outcome::{Because, Outcome};

use super::pay::Desk;
use super::returns;

/// How long a till may cancel its sale, milliseconds; later it is a return.
const VOID_WINDOW_MS: i64 = 24 * 3_600_000;

pub(super) fn decide(void: &SaleVoid, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let sale = match desk.facts.see::<Sale>(&void.sale_id.to_string()) {
        Seen::Known(sale) if !sale.void => sale,
        Seen::Unknown => return Ok(returns::server_finds_sale()),
        Seen::Known(_) | Seen::Absent => {
            return Ok(Outcome::rejected(Because::new("nothing_to_void")));
        }
    };
    let context = desk.context;
    if context.outlet != Some(sale.outlet) {
        return Ok(Outcome::rejected(Because::new("not_permitted")));
    }
    if context.occurred_ms.saturating_sub(sale.at_ms) > VOID_WINDOW_MS {
        return Ok(Outcome::rejected(Because::new("return_window_closed")));
    }
    let mut outcome = Outcome::accepted();
    returns::take_all(&mut outcome, desk, sale, &Because::new("sale_voided"))?;
    Ok(outcome)
}
