//! When one command may stand for another: a till or a phone has a new identity, and what the old one
//! could not send is issued anew. At most one of the two counts, whichever comes first.

use crate::command::Command;
use crate::outcome::{Because, Class};

/// What is known of a command for which another is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// True when it names the very device that now speaks: what is in a chain is not issued anew.
    pub is_own: bool,
    /// True when its device was the same person's phone, or a till of the same outlet.
    pub is_of_same_place: bool,
    /// What was recorded under its id; none when it never came.
    pub recorded: Option<Class>,
    /// True when another command stands for it already.
    pub is_replaced: bool,
}

/// Why a command may not stand for the ones that it names; none when it may. `command` is none for a
/// kind that is not known.
#[must_use]
pub fn refusal(command: Option<&Command>, line: &[Earlier], names_max: usize) -> Option<Because> {
    if line.len() > names_max {
        return Some(Because::new("bad_input"));
    }
    if !command.is_some_and(Command::may_be_issued_again) {
        return Some(Because::new("not_issued_again"));
    }
    let code = line.iter().find_map(|earlier| match earlier {
        Earlier { is_own: true, .. } => Some("replaces_own"),
        Earlier {
            is_of_same_place: false,
            ..
        } => Some("replaces_foreign"),
        Earlier {
            is_replaced: true, ..
        } => Some("replaced"),
        Earlier { recorded, .. } => match recorded {
            Some(Class::Accepted) => Some("replaces_accepted"),
            Some(Class::Parked) => Some("replaces_parked"),
            Some(Class::Rejected) | None => None,
        },
    });
    code.map(Because::new)
}

#[cfg(test)]
mod tests {
    use super::{Earlier, refusal};
    use crate::command::{Command, GoalSet, LeaseReturn};
    use crate::outcome::Class;
    use uuid::Uuid;

    const LOST: Earlier = Earlier {
        is_own: false,
        is_of_same_place: true,
        recorded: None,
        is_replaced: false,
    };

    fn code(line: &[Earlier]) -> Option<String> {
        let wish = Command::GoalSet(GoalSet { reward: None });
        refusal(Some(&wish), line, 2).map(|because| because.code)
    }

    #[test]
    fn f101_only_what_never_counted_is_issued_anew_and_by_the_same_place() {
        let refused = Some(Class::Rejected);
        for (earlier, said) in [
            (LOST, None),
            (
                Earlier {
                    recorded: refused,
                    ..LOST
                },
                None,
            ),
            (
                Earlier {
                    is_own: true,
                    ..LOST
                },
                Some("replaces_own"),
            ),
            (
                Earlier {
                    is_of_same_place: false,
                    ..LOST
                },
                Some("replaces_foreign"),
            ),
            (
                Earlier {
                    is_replaced: true,
                    ..LOST
                },
                Some("replaced"),
            ),
            (
                Earlier {
                    recorded: Some(Class::Accepted),
                    ..LOST
                },
                Some("replaces_accepted"),
            ),
            (
                Earlier {
                    recorded: Some(Class::Parked),
                    ..LOST
                },
                Some("replaces_parked"),
            ),
        ] {
            assert_eq!(code(&[earlier]).as_deref(), said, "{earlier:?}");
            // One that may not be replaced is enough, wherever it stands in the line.
            assert_eq!(code(&[LOST, earlier]).as_deref(), said, "{earlier:?}");
        }
        assert_eq!(code(&[LOST; 3]).as_deref(), Some("bad_input"));
    }

    #[test]
    fn f101_what_was_lent_to_the_old_identity_is_not_issued_anew() {
        let lent = Command::LeaseReturn(LeaseReturn {
            lease_id: Uuid::nil(),
            points: 1,
        });
        for command in [Some(&lent), None] {
            let said = refusal(command, &[LOST], 2).map(|because| because.code);
            assert_eq!(said.as_deref(), Some("not_issued_again"));
        }
    }
}
