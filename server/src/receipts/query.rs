//! The question: what a receipt's square code says, as services want to be asked.

use carrot_rules::command::ReceiptOperation;
use carrot_rules::entity::FiscalCheck;

/// A Russian receipt's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiscalQuery {
    /// Fiscal drive, 16 digits.
    pub register: String,
    /// Document's number.
    pub document: String,
    /// Fiscal sign.
    pub sign: String,
    /// Total, kopecks.
    pub total_minor: i64,
    /// Local time as `YYYYMMDDTHHMM` or with seconds.
    pub time: String,
    /// 1 to 4.
    pub operation: u8,
}

impl FiscalQuery {
    /// The question about a claimed receipt; none when its code does not say enough to ask.
    #[must_use]
    pub fn of(key: &str, check: &FiscalCheck) -> Option<Self> {
        let mut parts = key.strip_prefix("ru:")?.split(':');
        let register = digits(parts.next()?, 16)?;
        let document = digits(parts.next()?, 10)?;
        let sign = digits(parts.next()?, 10)?;
        if parts.next().is_some() {
            return None;
        }
        let time: String = check
            .shown
            .local_time
            .chars()
            .filter(|letter| !matches!(letter, '-' | ':'))
            .collect();
        let told = time.len() == 13 || time.len() == 15;
        let operation = match check.shown.operation {
            ReceiptOperation::Unstated => None,
            told => told.number(),
        };
        Some(Self {
            register,
            document,
            sign,
            total_minor: check.total_minor.filter(|total| *total >= 0)?,
            time: told.then_some(time)?,
            operation: operation?,
        })
    }

    /// The code's text: `t=…&s=…&fn=…&i=…&fp=…&n=…`.
    #[must_use]
    pub fn text(&self) -> String {
        format!(
            "t={}&s={}.{:02}&fn={}&i={}&fp={}&n={}",
            self.time,
            self.total_minor / 100,
            self.total_minor % 100,
            self.register,
            self.document,
            self.sign,
            self.operation,
        )
    }
}

fn digits(text: &str, max: usize) -> Option<String> {
    let whole = !text.is_empty() && text.len() <= max;
    (whole && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_owned())
}
