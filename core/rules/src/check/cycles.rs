//! Tallies that depend on themselves: a tally's condition reads tallies and ladders, and a ladder
//! stands on a tally.

use std::collections::BTreeMap;

use super::codes::CYCLE;
use super::problem::{Place, shown};
use super::{Look, Problem};
use crate::ruleset::{Number, Predicate, RuleSet};

/// A tally or a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node<'a> {
    Tally(&'a str),
    Ladder(&'a str),
}

/// Names each circle once.
pub(super) fn check(look: &mut Look<'_>) {
    let mut needs = graph(look.set);
    // What needs nothing that is left is in no circle; what stays leads into one.
    let mut free: Vec<Node<'_>> = Vec::new();
    let mut users: BTreeMap<Node<'_>, Vec<Node<'_>>> = BTreeMap::new();
    let mut open: BTreeMap<Node<'_>, usize> = BTreeMap::new();
    for (node, others) in &mut needs {
        others.sort_unstable();
        others.dedup();
        open.insert(*node, others.len());
        for other in others {
            users.entry(*other).or_default().push(*node);
        }
    }
    free.extend(users.keys().filter(|node| !open.contains_key(node)));
    free.extend(
        open.iter()
            .filter(|(_, count)| **count == 0)
            .map(|(node, _)| node),
    );
    while let Some(node) = free.pop() {
        open.remove(&node);
        for user in users.get(&node).into_iter().flatten() {
            if let Some(count) = open.get_mut(user) {
                *count -= 1;
                if *count == 0 {
                    free.push(*user);
                }
            }
        }
    }
    while let Some((start, _)) = open.first_key_value() {
        let circle = walk(*start, &needs, &mut open);
        if let Some(circle) = circle {
            tell(look, &circle);
        }
    }
}

/// What each tally and ladder reads. Of those with one id the first counts.
fn graph(set: &RuleSet) -> BTreeMap<Node<'_>, Vec<Node<'_>>> {
    let mut needs: BTreeMap<Node<'_>, Vec<Node<'_>>> = BTreeMap::new();
    for tally in &set.tallies {
        needs.entry(Node::Tally(&tally.id)).or_insert_with(|| {
            let mut read = Vec::new();
            each_leaf(&tally.when, |leaf| match leaf {
                Predicate::Between {
                    number: Number::Tally(id),
                    ..
                } => read.push(Node::Tally(id)),
                Predicate::Tier { ladder, .. } => read.push(Node::Ladder(ladder)),
                _ => {}
            });
            read
        });
    }
    for ladder in &set.ladders {
        needs
            .entry(Node::Ladder(&ladder.id))
            .or_insert_with(|| vec![Node::Tally(&ladder.tally)]);
    }
    needs
}

/// Calls for every leaf of a condition, with a list of its own instead of the stack.
pub(super) fn each_leaf<'a>(when: &'a Predicate, mut call: impl FnMut(&'a Predicate)) {
    let mut open = vec![when];
    while let Some(part) = open.pop() {
        match part {
            Predicate::All(parts) | Predicate::Any(parts) => open.extend(parts),
            Predicate::Not(part) => open.push(part),
            leaf => call(leaf),
        }
    }
}

/// Follows what is needed until something comes twice; what was walked over is done with. None when
/// the way ends in a circle that was told before.
fn walk<'a>(
    start: Node<'a>,
    needs: &BTreeMap<Node<'a>, Vec<Node<'a>>>,
    open: &mut BTreeMap<Node<'a>, usize>,
) -> Option<Vec<Node<'a>>> {
    let mut way = Vec::new();
    let mut places = BTreeMap::new();
    let mut next = Some(start);
    let mut circle = None;
    while let Some(node) = next {
        if let Some(place) = places.insert(node, way.len()) {
            circle = way.get(place..).map(<[Node<'a>]>::to_vec);
            break;
        }
        way.push(node);
        next = needs
            .get(&node)
            .and_then(|others| others.iter().find(|other| open.contains_key(other)))
            .copied();
    }
    for node in way {
        open.remove(&node);
    }
    circle
}

fn tell(look: &mut Look<'_>, circle: &[Node<'_>]) {
    let mut names: Vec<String> = circle
        .iter()
        .map(|node| match node {
            Node::Tally(id) => format!("tally {}", shown(id)),
            Node::Ladder(id) => format!("ladder {}", shown(id)),
        })
        .take(20)
        .collect();
    names.extend(names.first().cloned());
    let set = look.set;
    let place = circle.iter().find_map(|node| match node {
        Node::Tally(id) => set.tallies.iter().position(|tally| tally.id == *id),
        Node::Ladder(_) => None,
    });
    let tallies = Place::ROOT.key("tallies");
    let pointer = tallies.at(place.unwrap_or(0)).key("when").pointer();
    let detail = format!("A circle: {}.", names.join(", then "));
    look.report
        .push(Problem::new(&CYCLE, pointer, detail).with("circle", names));
}
