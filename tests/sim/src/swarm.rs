//! What a fleet is mostly about. Faults that hurt only in a narrow place are found sooner when some
//! fleets live there: few devices, small leases, small pages, long silence, a server that is set back.

use carrot_client::transport::Call;

use crate::dice::Dice;
use crate::faults::Fault;
use crate::mishaps;

/// The most points that a till asks a lease for in most fleets.
const LEASE_POINTS_MAX: i64 = 600;
/// The same where leases are small: about two rewards.
const SMALL_LEASE_POINTS_MAX: i64 = 330;
/// A favourite fault comes so many times as often.
const FAVOURED: u64 = 8;
/// Favourite faults of a fleet.
const FAVOURITES: u64 = 2;
/// Devices of a fleet without a theme, the fewest and the most.
const DEVICES: (i64, i64) = (2, 6);
/// One fleet of ten is shown small pages.
const SMALL_PAGES_PER_MILLE: u64 = 100;
/// Bytes of a small page, the most.
const SMALL_PAGE_BYTES_MAX: i64 = 900;

/// What a fleet is mostly about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Everything.
    Mixed,
    /// Rewards under small leases and for vouchers, often without a line.
    Counter,
    /// A line that is cut for hours.
    Outage,
    /// A server that goes on from older data.
    Restore,
    /// One or two devices with much to say.
    Few,
}

/// A kind of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Somebody works with a device.
    Work,
    /// A till and a phone meet.
    Meet,
    /// A device exchanges with the server.
    Session,
    /// Time goes by.
    Pass,
    /// Something goes wrong.
    Mishap,
    /// Somebody works on the console.
    Console,
    /// What was held up arrives.
    Late,
    /// Somebody of ill will sends something.
    Rogue,
    /// A device is without a line for hours.
    Outage,
}

/// A fleet's mixture.
#[derive(Debug, Clone)]
pub struct Swarm {
    /// What it is about.
    pub theme: Theme,
    /// Kinds of step by weight.
    pub steps: Vec<(u64, Step)>,
    /// Kinds of mishap by weight.
    pub mishaps: Vec<(u64, Fault)>,
    /// The most points that a till asks a lease for.
    pub lease_points_max: i64,
    /// The most bytes of an answer's changes; none for the client's own choice.
    pub page_bytes: Option<i64>,
    /// How many calls of a thousand meet a fault of the line.
    pub per_mille: u64,
    /// Devices of the template that are in it; how many more are chosen by chance.
    pub devices: (Vec<usize>, u64),
}

/// Weights of steps: work, meetings, sessions, time, mishaps, console, late arrivals, ill will, outages.
const MIXED: [u64; 9] = [40, 6, 22, 14, 22, 5, 4, 3, 1];
const COUNTER: [u64; 9] = [16, 34, 16, 12, 22, 3, 3, 8, 1];
const OUTAGE: [u64; 9] = [40, 6, 14, 10, 22, 4, 3, 2, 9];
const KINDS: [Step; 9] = [
    Step::Work,
    Step::Meet,
    Step::Session,
    Step::Pass,
    Step::Mishap,
    Step::Console,
    Step::Late,
    Step::Rogue,
    Step::Outage,
];

impl Swarm {
    /// The mixture of a fleet.
    pub fn draw(dice: &mut Dice) -> Self {
        let themes = [
            (40, Theme::Mixed),
            (30, Theme::Counter),
            (10, Theme::Outage),
            (12, Theme::Restore),
            (12, Theme::Few),
        ];
        let theme = dice.weigh(&themes).unwrap_or(Theme::Mixed);
        let weights = match theme {
            Theme::Counter => COUNTER,
            Theme::Outage => OUTAGE,
            _ => MIXED,
        };
        let small = dice.chance(SMALL_PAGES_PER_MILLE);
        let page_bytes = dice.between(1, SMALL_PAGE_BYTES_MAX);
        let lease_points_max = match theme {
            Theme::Counter => SMALL_LEASE_POINTS_MAX,
            _ => LEASE_POINTS_MAX,
        };
        Self {
            theme,
            steps: weights.into_iter().zip(KINDS).collect(),
            mishaps: mishaps_of(theme, dice),
            lease_points_max,
            page_bytes: small.then_some(page_bytes),
            per_mille: dice.between(0, 300).unsigned_abs(),
            devices: devices_of(theme, dice),
        }
    }
}

fn mishaps_of(theme: Theme, dice: &mut Dice) -> Vec<(u64, Fault)> {
    let mut weights = mishaps::WEIGHTS.to_vec();
    let count = u64::try_from(weights.len()).unwrap_or(1);
    let mut favoured: Vec<usize> = (0..FAVOURITES)
        .filter_map(|_| usize::try_from(dice.below(count)).ok())
        .collect();
    let restore = weights.iter().position(|(_, kind)| *kind == Fault::Restore);
    if theme == Theme::Restore {
        favoured.extend(restore.into_iter().chain(restore));
    }
    for at in favoured {
        if let Some((weight, _)) = weights.get_mut(at) {
            *weight = weight.saturating_mul(FAVOURED);
        }
    }
    weights
}

/// A till and both buyers of its programme where they meet; else whoever it may be.
fn devices_of(theme: Theme, dice: &mut Dice) -> (Vec<usize>, u64) {
    let more = match theme {
        Theme::Counter => dice.below(3),
        Theme::Few => dice.below(2) + 1,
        _ => dice.between(DEVICES.0, DEVICES.1).unsigned_abs(),
    };
    let fixed = match theme {
        Theme::Counter => vec![0, 3, 4],
        Theme::Few => vec![0],
        _ => Vec::new(),
    };
    (fixed, more)
}

/// The same pull for an answer of fewer bytes.
pub fn smaller(call: &Call, bytes: i64) -> Call {
    let mut call = call.clone();
    if let Ok(mut asked) = serde_json::from_slice::<serde_json::Value>(&call.body) {
        if let Some(fields) = asked.as_object_mut() {
            fields.insert("max_bytes".to_owned(), bytes.into());
        }
        call.body = asked.to_string().into_bytes();
    }
    call
}
