//! The accounts of a programme's books, and which side of zero each may be on.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::name::{Name, Unreadable, as_text};

/// Which part of a holder's points an account holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pot {
    /// Earned, not yet spendable.
    Pending,
    /// Spendable.
    Active,
    /// Promised to a hold: neither spendable nor spent.
    Reserved,
}

impl Pot {
    /// Every pot.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Active, Self::Reserved];

    /// The pot's name in an account's text form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Reserved => "reserved",
        }
    }
}

/// Which side of zero an account may be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Zero or above.
    NeverNegative,
    /// Zero or below.
    NeverPositive,
    /// Both.
    Either,
}

impl Sign {
    /// True when an account of this sign may hold `balance`.
    #[must_use]
    pub fn allows(self, balance: i64) -> bool {
        match self {
            Self::NeverNegative => balance >= 0,
            Self::NeverPositive => balance <= 0,
            Self::Either => true,
        }
    }
}

/// An account of a programme's books. [`Account::sign`] says which side of zero it may be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Account {
    /// A person's points.
    Participant(Uuid, Pot),
    /// Where points come from; its balance is minus everything issued.
    Issuance,
    /// The programme's budget for redemptions without a network.
    OfflineBudget,
    /// The escrow of one lease.
    Lease(Uuid),
    /// Points that people spent.
    Redeemed,
    /// Escrow eaten by redemptions that the member's balance did not cover; at most all leases.
    OfflineLoss,
    /// What a person owes after a reversal that their balance did not cover (zero or below).
    Clawback(Uuid),
    /// A shop's own points.
    Outlet(Uuid, Pot),
    /// What a company of the trade chain has coming (above zero) or owes (below).
    Partner(Name),
    /// What a settlement has yet to pay or to collect.
    Settlement(Name),
    /// A campaign's points, put aside before they are awarded.
    Budget(Name),
    /// The escrow of one voucher.
    Voucher(Uuid),
    /// Points that nobody spent in time.
    Expired,
    /// Minus what was issued, had to go back and never will: shortfalls that a funder took over.
    WrittenOff,
    /// Put aside for the tax that awards cause.
    TaxReserve,
}

impl Account {
    /// A person's spendable points.
    #[must_use]
    pub fn active(participant: Uuid) -> Self {
        Self::Participant(participant, Pot::Active)
    }

    /// A person's points that wait for a condition.
    #[must_use]
    pub fn pending(participant: Uuid) -> Self {
        Self::Participant(participant, Pot::Pending)
    }

    /// A person's points that are promised to a hold.
    #[must_use]
    pub fn reserved(participant: Uuid) -> Self {
        Self::Participant(participant, Pot::Reserved)
    }

    /// Which side of zero the books may ever show this account on.
    #[must_use]
    pub fn sign(self) -> Sign {
        match self {
            Self::Issuance | Self::Clawback(_) | Self::WrittenOff => Sign::NeverPositive,
            Self::Partner(_) | Self::Settlement(_) => Sign::Either,
            Self::Participant(..)
            | Self::OfflineBudget
            | Self::Lease(_)
            | Self::Redeemed
            | Self::OfflineLoss
            | Self::Outlet(..)
            | Self::Budget(_)
            | Self::Voucher(_)
            | Self::Expired
            | Self::TaxReserve => Sign::NeverNegative,
        }
    }

    /// True when the books must never show this account below zero.
    #[must_use]
    pub fn never_below_zero(self) -> bool {
        self.sign() == Sign::NeverNegative
    }

    /// True when the account's balance is made of lots: pots and vouchers.
    #[must_use]
    pub fn lotted(self) -> bool {
        matches!(
            self,
            Self::Participant(..) | Self::Outlet(..) | Self::Voucher(_)
        )
    }

    /// True when what the account holds is promised to somebody. Lots in it do not expire before
    /// the promise ends.
    #[must_use]
    pub fn promised(self) -> bool {
        matches!(
            self,
            Self::Participant(_, Pot::Reserved) | Self::Outlet(_, Pot::Reserved) | Self::Voucher(_)
        )
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Participant(id, pot) => write!(f, "participant:{id}:{}", pot.as_str()),
            Self::Issuance => f.write_str("programme:issuance"),
            Self::OfflineBudget => f.write_str("programme:offline_budget"),
            Self::Lease(id) => write!(f, "escrow:lease:{id}"),
            Self::Redeemed => f.write_str("programme:redeemed"),
            Self::OfflineLoss => f.write_str("programme:offline_loss"),
            Self::Clawback(id) => write!(f, "clawback:{id}"),
            Self::Outlet(id, pot) => write!(f, "outlet:{id}:{}", pot.as_str()),
            Self::Partner(name) => write!(f, "partner:{name}"),
            Self::Settlement(name) => write!(f, "settlement:{name}"),
            Self::Budget(name) => write!(f, "budget:{name}"),
            Self::Voucher(id) => write!(f, "escrow:voucher:{id}"),
            Self::Expired => f.write_str("programme:expired"),
            Self::WrittenOff => f.write_str("programme:written_off"),
            Self::TaxReserve => f.write_str("programme:tax_reserve"),
        }
    }
}

fn pot(text: &str) -> Option<Pot> {
    Pot::ALL.into_iter().find(|pot| pot.as_str() == text)
}

/// The account of a text's parts; none when they name no account.
fn account(parts: &[&str]) -> Option<Account> {
    let id = |part: &str| Uuid::parse_str(part).ok();
    let name = |part: &str| part.parse::<Name>().ok();
    Some(match parts {
        ["participant", person, part] => Account::Participant(id(person)?, pot(part)?),
        ["programme", "issuance"] => Account::Issuance,
        ["programme", "offline_budget"] => Account::OfflineBudget,
        ["programme", "redeemed"] => Account::Redeemed,
        ["programme", "offline_loss"] => Account::OfflineLoss,
        ["programme", "expired"] => Account::Expired,
        ["programme", "written_off"] => Account::WrittenOff,
        ["programme", "tax_reserve"] => Account::TaxReserve,
        ["escrow", "lease", lease] => Account::Lease(id(lease)?),
        ["escrow", "voucher", voucher] => Account::Voucher(id(voucher)?),
        ["clawback", person] => Account::Clawback(id(person)?),
        ["outlet", outlet, part] => Account::Outlet(id(outlet)?, pot(part)?),
        ["partner", partner] => Account::Partner(name(partner)?),
        ["settlement", settlement] => Account::Settlement(name(settlement)?),
        ["budget", budget] => Account::Budget(name(budget)?),
        _ => return None,
    })
}

impl FromStr for Account {
    type Err = Unreadable;
    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let parts: Vec<&str> = text.split(':').collect();
        account(&parts).ok_or_else(|| Unreadable::new("an account", text))
    }
}

as_text!(Account);

#[cfg(test)]
mod tests {
    use super::*;

    /// Every account with its text form and sign; `=` may be on either side of zero.
    fn accounts() -> Vec<(Account, String, Sign)> {
        let id = Uuid::from_u128(0xa1);
        let name: Name = "acme-2".parse().unwrap();
        let one = |account, text: &str, sign| (account, text.replace("ID", &id.to_string()), sign);
        let mut all = vec![
            one(Account::Issuance, "programme:issuance", Sign::NeverPositive),
            one(
                Account::OfflineBudget,
                "programme:offline_budget",
                Sign::NeverNegative,
            ),
            one(Account::Lease(id), "escrow:lease:ID", Sign::NeverNegative),
            one(Account::Redeemed, "programme:redeemed", Sign::NeverNegative),
            one(
                Account::OfflineLoss,
                "programme:offline_loss",
                Sign::NeverNegative,
            ),
            one(Account::Clawback(id), "clawback:ID", Sign::NeverPositive),
            one(Account::Partner(name), "partner:acme-2", Sign::Either),
            one(Account::Settlement(name), "settlement:acme-2", Sign::Either),
            one(Account::Budget(name), "budget:acme-2", Sign::NeverNegative),
            one(
                Account::Voucher(id),
                "escrow:voucher:ID",
                Sign::NeverNegative,
            ),
            one(Account::Expired, "programme:expired", Sign::NeverNegative),
            one(
                Account::WrittenOff,
                "programme:written_off",
                Sign::NeverPositive,
            ),
            one(
                Account::TaxReserve,
                "programme:tax_reserve",
                Sign::NeverNegative,
            ),
        ];
        for (pot, part) in [
            (Pot::Pending, "pending"),
            (Pot::Active, "active"),
            (Pot::Reserved, "reserved"),
        ] {
            for (account, kind) in [
                (Account::Participant(id, pot), "participant"),
                (Account::Outlet(id, pot), "outlet"),
            ] {
                all.push(one(
                    account,
                    &format!("{kind}:ID:{part}"),
                    Sign::NeverNegative,
                ));
            }
        }
        all
    }

    #[test]
    fn an_account_reads_as_it_is_written() {
        for (account, text, sign) in accounts() {
            assert_eq!(account.to_string(), text);
            assert_eq!(text.parse::<Account>(), Ok(account));
            assert_eq!(account.sign(), sign, "{text}");
            assert_eq!(account.never_below_zero(), sign == Sign::NeverNegative);
        }
    }

    #[test]
    fn what_names_no_account_is_refused() {
        let id = Uuid::from_u128(0xa1);
        let texts = [
            String::new(),
            "programme".to_owned(),
            "programme:lost".to_owned(),
            "partner:Acme".to_owned(),
            format!("participant:{id}"),
            format!("participant:{id}:spent"),
            format!("outlet:{id}:active:more"),
            "escrow:voucher:7".to_owned(),
        ];
        for text in texts {
            let error = text.parse::<Account>().unwrap_err();
            assert_eq!((error.what, &error.text), ("an account", &text));
        }
    }

    #[test]
    fn pots_and_vouchers_are_made_of_lots_and_some_are_promised() {
        for (account, text, _) in accounts() {
            let pots = ["participant:", "outlet:", "escrow:voucher:"];
            let lotted = pots.iter().any(|kind| text.starts_with(kind));
            assert_eq!(account.lotted(), lotted, "{text}");
            let promised = text.ends_with(":reserved") || text.starts_with("escrow:voucher:");
            assert_eq!(account.promised(), promised, "{text}");
        }
    }

    #[test]
    fn a_sign_allows_its_side_and_zero() {
        let allowed = |sign: Sign| [-1, 0, 1].map(|balance| sign.allows(balance));
        assert_eq!(allowed(Sign::NeverNegative), [false, true, true]);
        assert_eq!(allowed(Sign::NeverPositive), [true, true, false]);
        assert_eq!(allowed(Sign::Either), [true, true, true]);
    }
}
