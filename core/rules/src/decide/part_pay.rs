//! Points as a part of a basket's price. The paid part does not earn again, and goods that the
//! programme names are not paid for so.

use std::collections::BTreeSet;

use crate::amount::{self, Indivisible, Overflow, QUANTITY_ONE_MICRO, RATE_ONE_BP, Rounding};
use crate::command::{SaleLine, SaleRecord};
use crate::entity::{PartPaid, Product, Proof};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Lots, Transfer};
use crate::outcome::{Because, Outcome};
use crate::ruleset::{PartPay, RuleSet};

use super::returns::Portion;
use super::{Context, ProofCheck};

/// Either what is paid, or why it cannot be.
pub(super) type Paid = Result<Option<PartPaid>, Because>;

pub(super) fn needs(sale: &SaleRecord, context: &Context, keys: &mut BTreeSet<FactKey>) {
    if sale.part_pay_points.is_none() {
        return;
    }
    if let ProofCheck::Valid { participant, id } = &context.proof {
        keys.insert(FactKey::Balance(Account::active(*participant)));
        keys.insert(FactKey::of::<Proof>(id));
    }
}

/// What points pay of the basket, line by line; or why the sale cannot be paid so.
pub(super) fn of(
    sale: &SaleRecord,
    context: &Context,
    facts: &Facts,
    rules: &RuleSet,
) -> Result<Paid, Overflow> {
    let Some(points) = sale.part_pay_points else {
        return Ok(Ok(None));
    };
    let refuse = |code: &str| Ok(Err(Because::new(code)));
    let (Some(terms), Some(rate)) = (
        &rules.part_pay,
        rules.minor_per_point_micro(&sale.currency, context.occurred_ms),
    ) else {
        return refuse("part_pay_closed");
    };
    let (participant, proof) = match &context.proof {
        ProofCheck::Valid { participant, id } => (*participant, id),
        ProofCheck::Invalid(code) => return refuse(code),
        ProofCheck::Answered(_) => return refuse("proof_invalid"),
        ProofCheck::Absent => return refuse("proof_required"),
    };
    if matches!(facts.see::<Proof>(proof), Seen::Known(_)) {
        return refuse("proof_used");
    }
    if points <= 0 || rate <= 0 {
        return refuse("bad_input");
    }
    let payable = payable(&sale.lines, terms, facts);
    let money = worth(points, rate)?;
    let most = bound(&payable, terms)?;
    if money > most {
        let left = amount::ratio(most, QUANTITY_ONE_MICRO, rate, Rounding::Down)?;
        return Ok(Err(Because::new("part_pay_too_much")
            .with("points", points)
            .with("points_max", left)));
    }
    if let Some(balance) = facts.balance(Account::active(participant))
        && balance < points
    {
        return Ok(Err(Because::new("insufficient_points")
            .with("balance", balance)
            .with("cost", points)));
    }
    let lines = match amount::split(money, &payable) {
        Ok(lines) => lines,
        Err(Indivisible) => return refuse("part_pay_too_much"),
    };
    Ok(Ok(Some(PartPaid {
        participant,
        points,
        amount_minor: money,
        lines,
        command_id: context.command_id,
        returned_points: 0,
    })))
}

/// Each line's amount as far as points may pay for it.
fn payable(lines: &[SaleLine], terms: &PartPay, facts: &Facts) -> Vec<i64> {
    let excluded = |product: &String| {
        let category = match facts.see::<Product>(product) {
            Seen::Known(known) => Some(known.category),
            Seen::Absent | Seen::Unknown => None,
        };
        let named = category.is_some_and(|name| terms.without_categories.contains(&name));
        named || terms.without_products.contains(product)
    };
    let of = |line: &SaleLine| match &line.product {
        Some(product) if excluded(product) => 0,
        _ => line.amount_minor,
    };
    lines.iter().map(of).collect()
}

/// The most that points may pay, minor units.
fn bound(payable: &[i64], terms: &PartPay) -> Result<i64, Overflow> {
    let whole = amount::sum(payable.iter().copied())?;
    let share = terms.share_bp_max.clamp(0, RATE_ONE_BP);
    amount::ratio(whole, share, RATE_ONE_BP, Rounding::Down)
}

/// What points are worth, minor units.
fn worth(points: i64, minor_per_point_micro: i64) -> Result<i64, Overflow> {
    amount::ratio(
        points,
        minor_per_point_micro,
        QUANTITY_ONE_MICRO,
        Rounding::Down,
    )
}

/// The points leave the member, lot by lot.
pub(super) fn transfer(paid: &PartPaid) -> Result<Transfer, Overflow> {
    let legs = [
        (Account::active(paid.participant), -paid.points),
        (Account::Redeemed, paid.points),
    ];
    Transfer::points("part_payment", &legs)
}

/// The points of what comes back are the member's again, as the lots that were taken. Answers what
/// the sale remembers then.
pub(super) fn take_back(
    outcome: &mut Outcome,
    portion: &Portion<'_>,
) -> Result<Option<PartPaid>, Overflow> {
    let Some(mut paid) = portion.sale.part_pay.clone() else {
        return Ok(None);
    };
    let left = paid.points - paid.returned_points;
    let points = if portion.all() {
        left
    } else {
        let after = paid_for(&paid, portion);
        let whole = paid.amount_minor.max(1);
        let due = amount::ratio(paid.points, after, whole, Rounding::Down)?;
        (due - paid.returned_points).clamp(0, left)
    };
    paid.returned_points += points;
    let command = paid.command_id;
    let transfer = Transfer::of("part_payment_return")
        .leg(Account::Redeemed, -points)
        .leg_lots(
            Account::active(paid.participant),
            points,
            Lots::Of { command },
        )
        .finish()?;
    if points > 0 {
        outcome.transfers.push(transfer);
    }
    Ok(Some(paid))
}

/// How much of what points paid is for goods that will have come back, minor units.
fn paid_for(paid: &PartPaid, portion: &Portion<'_>) -> i64 {
    let lines = portion
        .sale
        .lines
        .iter()
        .zip(&paid.lines)
        .zip(&portion.after);
    let parts = lines.map(|((line, paid), back)| {
        let whole = i128::from(line.quantity_micro.max(1));
        i128::from(*paid) * i128::from(*back) / whole
    });
    i64::try_from(parts.sum::<i128>()).unwrap_or(paid.amount_minor)
}
