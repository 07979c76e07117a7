//! Everything that the rules of one event are asked about, gathered from the facts once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::line::Line;
use super::local::{self, Local};
use super::{Event, Party};
use crate::amount::{self, Overflow};
use crate::entity::{LessonResult, Outlet, Participant, Referral, Tallied};
use crate::facts::{Facts, Seen};
use crate::index::{Index, Symbol};
use crate::ruleset::{Per, Subject, TextField, Trigger, Window};

/// A side of an event: whom it pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// The buyer and who recommended them.
    Buyer,
    /// The seller, the outlet and its people.
    Seller,
    /// The only side of an event that is no sale.
    Only,
}

/// A text of an event and its number in the index.
#[derive(Debug, Clone, Default)]
pub(crate) struct Word {
    pub text: String,
    pub symbol: Option<Symbol>,
}

/// Where it happened, as rules see it.
pub(crate) struct Place {
    pub code: Option<Word>,
    pub partner: Option<Word>,
    pub country: Option<Word>,
    pub city: Option<Word>,
    pub owner: Option<Uuid>,
}

/// Somebody's role and segments.
pub(crate) struct Person {
    pub role: Option<Word>,
    pub segments: Vec<Word>,
}

/// For whom something is counted, in this event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Counting {
    Nobody,
    Unknown,
    For(String),
}

/// The scene.
pub(crate) struct Scene<'a> {
    pub event: &'a Event,
    pub index: &'a Index,
    pub facts: &'a Facts,
    pub local: Local,
    pub lines: Vec<Line>,
    pub basket_minor: i64,
    /// Where; absent when it happened nowhere.
    pub place: Seen<Place>,
    pub currency: Option<Word>,
    pub evidence: Option<Word>,
    pub unknown_products: Vec<String>,
    people: [Option<Seen<Person>>; 2],
    tallied: RefCell<BTreeMap<String, Option<Arc<Tallied>>>>,
}

impl<'a> Scene<'a> {
    pub fn new(event: &'a Event, index: &'a Index, facts: &'a Facts) -> Result<Self, Overflow> {
        let mut scene = Self {
            event,
            index,
            facts,
            local: Local::at(event.at_ms, &index.zone),
            lines: Vec::new(),
            basket_minor: amount::sum(event.lines.iter().map(|line| line.amount_minor))?,
            place: Seen::Absent,
            currency: None,
            evidence: None,
            unknown_products: Vec::new(),
            people: [None, None],
            tallied: RefCell::default(),
        };
        scene.currency = scene.word(&event.currency);
        scene.evidence = scene.word(&event.evidence);
        scene.place = scene.placed();
        let (lines, unknown) = Line::gather(&scene);
        (scene.lines, scene.unknown_products) = (lines, unknown);
        let asks = index
            .routes(&event.trigger)
            .is_some_and(|route| route.asks_person);
        if asks {
            let both = [Side::Buyer, Side::Seller].map(|side| Some(scene.person(side)));
            scene.people = both;
        }
        Ok(scene)
    }

    /// A text with its number; none when it is empty.
    pub fn word(&self, text: &str) -> Option<Word> {
        (!text.is_empty()).then(|| Word {
            symbol: self.index.symbol(text),
            text: text.to_owned(),
        })
    }

    fn placed(&self) -> Seen<Place> {
        let Some(outlet) = self.event.outlet else {
            return Seen::Absent;
        };
        let asks = self
            .index
            .routes(&self.event.trigger)
            .is_some_and(|route| route.asks_outlet);
        if !asks {
            return Seen::Absent;
        }
        match self.facts.look::<Outlet>(&outlet.to_string()) {
            Seen::Known(outlet) => Seen::Known(Place {
                code: self.word(&outlet.code),
                partner: self.word(&outlet.partner),
                country: self.word(&outlet.country),
                city: self.word(&outlet.city),
                owner: outlet.owner,
            }),
            Seen::Absent => Seen::Absent,
            Seen::Unknown => Seen::Unknown,
        }
    }

    /// Whom a side is about.
    pub fn principal(&self, side: Side) -> Party {
        match side {
            Side::Buyer | Side::Only => self.event.buyer,
            Side::Seller if self.is_sale() => self.event.seller,
            Side::Seller => self.event.buyer,
        }
    }

    pub fn is_sale(&self) -> bool {
        self.event.trigger == Trigger::Sale
    }

    /// The sides of the event, in the order in which they are looked at.
    pub fn sides(&self) -> &'static [Side] {
        if self.is_sale() {
            &[Side::Buyer, Side::Seller]
        } else {
            &[Side::Only]
        }
    }

    fn person(&self, side: Side) -> Seen<Person> {
        let id = match self.principal(side) {
            Party::Known(id) => id,
            Party::Nobody => return Seen::Absent,
            Party::Unresolved => return Seen::Unknown,
        };
        match self.facts.look::<Participant>(&id.to_string()) {
            Seen::Known(person) => Seen::Known(Person {
                role: self.word(&person.role),
                segments: person
                    .segments
                    .iter()
                    .filter_map(|name| self.word(name))
                    .collect(),
            }),
            Seen::Absent => Seen::Known(Person {
                role: None,
                segments: Vec::new(),
            }),
            Seen::Unknown => Seen::Unknown,
        }
    }

    /// The principal of a side as rules see them; absent when there is none.
    pub fn person_of(&self, side: Side) -> &Seen<Person> {
        let place = usize::from(side == Side::Seller);
        self.people[place].as_ref().unwrap_or(&Seen::Absent)
    }

    /// Whether a person passed a lesson; none where nobody can tell.
    pub fn passed(&self, person: Uuid, lesson: &str) -> Option<bool> {
        match self.facts.look::<LessonResult>(&lesson_key(person, lesson)) {
            Seen::Known(result) => Some(result.passed),
            Seen::Absent => Some(false),
            Seen::Unknown => None,
        }
    }

    /// Who recommended a person.
    pub fn referrer(&self, person: Uuid) -> Seen<Uuid> {
        match self.facts.look::<Referral>(&person.to_string()) {
            Seen::Known(referral) => Seen::Known(referral.referrer),
            Seen::Absent => Seen::Absent,
            Seen::Unknown => Seen::Unknown,
        }
    }

    /// For whom a tally counts in this event.
    pub fn counting(&self, subject: Subject) -> Counting {
        let of = |party: Party| match party {
            Party::Known(id) => Counting::For(id.to_string()),
            Party::Nobody => Counting::Nobody,
            Party::Unresolved => Counting::Unknown,
        };
        match subject {
            Subject::Buyer => of(self.event.buyer),
            Subject::Seller => of(self.event.seller),
            Subject::Actor => of(self.event.actor),
            Subject::Outlet => self.outlet_id().map_or(Counting::Nobody, Counting::For),
            Subject::Partner => self.partner(),
            Subject::Programme => Counting::For(PROGRAMME.to_owned()),
        }
    }

    /// For whom a limit of a rule counts, when that is not a person.
    pub fn counting_per(&self, per: Per) -> Counting {
        match per {
            Per::Person => Counting::Nobody,
            Per::Outlet => self.outlet_id().map_or(Counting::Nobody, Counting::For),
            Per::Partner => self.partner(),
            Per::Rule => Counting::For(PROGRAMME.to_owned()),
        }
    }

    pub fn outlet_id(&self) -> Option<String> {
        self.event.outlet.map(|outlet| outlet.to_string())
    }

    fn partner(&self) -> Counting {
        match &self.place {
            Seen::Known(place) => match &place.partner {
                Some(partner) => Counting::For(partner.text.clone()),
                None => Counting::Nobody,
            },
            Seen::Absent => Counting::Nobody,
            Seen::Unknown => Counting::Unknown,
        }
    }

    /// What has been counted under a key, read once; none where that is not known.
    pub fn tallied(&self, key: &str) -> Option<Arc<Tallied>> {
        match self.facts.ready(key) {
            Some(Seen::Known(tallied)) => return Some(tallied),
            Some(Seen::Absent) => return Some(Arc::default()),
            Some(Seen::Unknown) => return None,
            None => {}
        }
        if let Some(known) = self.tallied.borrow().get(key) {
            return known.clone();
        }
        let found = match self.facts.look::<Tallied>(key) {
            Seen::Known(tallied) => Some(tallied),
            Seen::Absent => Some(Arc::default()),
            Seen::Unknown => None,
        };
        self.tallied
            .borrow_mut()
            .insert(key.to_owned(), found.clone());
        found
    }

    /// What a window holds on a day; none where that is not known.
    pub fn reading(&self, key: &str, within: Window, day: i64) -> Result<Option<i64>, Overflow> {
        let tallied = self.tallied(key);
        tallied
            .map(|tallied| reading_of(&tallied, within, day))
            .transpose()
    }

    /// What a tally of the set holds for its subject in this event, on a day; none where that is not
    /// known.
    pub fn tally(&self, tally: usize, day: i64) -> Result<Option<i64>, Overflow> {
        self.tally_most(tally, [day])
    }

    /// The largest reading of a tally over several days; looked up once for all of them.
    pub fn tally_most(
        &self,
        tally: usize,
        days: impl IntoIterator<Item = i64>,
    ) -> Result<Option<i64>, Overflow> {
        let Some(tally) = self.index.tallies.get(tally) else {
            return Ok(Some(0));
        };
        let subject = match self.counting(tally.subject) {
            Counting::Nobody => return Ok(Some(0)),
            Counting::Unknown => return Ok(None),
            Counting::For(subject) => subject,
        };
        let Some(tallied) = self.tallied(&tally_key(&tally.id, &subject)) else {
            return Ok(None);
        };
        let mut most = None;
        for day in days {
            most = most.max(Some(reading_of(&tallied, tally.within, day)?));
        }
        Ok(most)
    }

    /// The words that rules are filed under, of a line and of the place.
    pub fn filed<'s>(
        &'s self,
        line: &'s Line,
    ) -> impl Iterator<Item = (TextField, Symbol)> + use<'s, 'a> {
        let (code, partner) = match &self.place {
            Seen::Known(place) => (place.code.as_ref(), place.partner.as_ref()),
            Seen::Absent | Seen::Unknown => (None, None),
        };
        let words = [
            (TextField::Product, line.goods.product.as_ref()),
            (TextField::Brand, line.goods.brand.as_ref()),
            (TextField::Category, line.goods.category.as_ref()),
            (TextField::Outlet, code),
            (TextField::Partner, partner),
        ];
        words
            .into_iter()
            .filter_map(|(field, word)| Some((field, word?.symbol?)))
    }
}

/// What a window holds on a day, of what was counted.
fn reading_of(tallied: &Tallied, within: Window, day: i64) -> Result<i64, Overflow> {
    let Some((first, last)) = local::days_of(within, day) else {
        return amount::checked(i128::from(tallied.ever));
    };
    // The oldest day stands first.
    let begin = tallied.days.partition_point(|(day, _)| *day < first);
    let days = tallied.days.iter().skip(begin);
    let days = days.take_while(|(day, _)| *day <= last);
    amount::sum(days.map(|(_, value)| *value))
}

/// The subject of what counts for everybody.
pub(crate) const PROGRAMME: &str = "programme";

/// The id of what a tally has counted for a subject.
#[must_use]
pub fn tally_key(tally: &str, subject: &str) -> String {
    [tally, ":", subject].concat()
}

/// The id of a person's result in a lesson.
#[must_use]
pub fn lesson_key(person: Uuid, lesson: &str) -> String {
    format!("{person}:{lesson}")
}
