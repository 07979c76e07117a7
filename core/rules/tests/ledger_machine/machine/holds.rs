//! Holds: promised points are paid out, given back and refunded, in part and mixed with other holds.

use super::*;

impl Machine {
    pub(super) fn hold(&mut self, person: Uuid, points: i64) {
        let account = Account::active(person);
        let enough = self.books.balance(account, Unit::Points) >= points;
        let command = self.next_command();
        let hold = Transfer::hold(person, points).unwrap();
        assert_eq!(self.post(&hold).is_ok(), enough);
        if enough {
            self.holds.push(Open {
                command,
                person,
                unit: Unit::Points,
                account,
                left: points,
            });
        }
    }

    /// Takes from what a hold has left, as far as nothing wild got into the pot of promises.
    fn of_hold(&mut self, of: Index, points: i64) -> Option<(Open, i64)> {
        let reserved = |hold: &Open| Account::reserved(hold.person);
        let hold = pick(&mut self.holds, of)?;
        let there = self.books.balance(reserved(hold), Unit::Points);
        let points = points.min(hold.left).min(there);
        hold.left -= points;
        (points > 0).then_some((*hold, points))
    }

    pub(super) fn capture(&mut self, of: Index, points: i64, to: Account) {
        let Some((hold, points)) = self.of_hold(of, points) else {
            return;
        };
        let command = self.next_command();
        let capture = Transfer::capture(hold.command, hold.person, points, to);
        self.post(&capture.unwrap()).unwrap();
        self.undone(
            &hold,
            &["capture", "release"],
            Account::reserved(hold.person),
        );
        self.captures.push(Open {
            command,
            account: to,
            left: points,
            ..hold
        });
    }

    pub(super) fn release(&mut self, of: Index, points: i64) {
        let Some((hold, points)) = self.of_hold(of, points) else {
            return;
        };
        let release = Transfer::release(hold.command, hold.person, points);
        self.post(&release.unwrap()).unwrap();
        self.undone(
            &hold,
            &["capture", "release"],
            Account::reserved(hold.person),
        );
    }

    pub(super) fn refund(&mut self, of: Index, points: i64) {
        let Some(capture) = pick(&mut self.captures, of) else {
            return;
        };
        let there = self.books.balance(capture.account, Unit::Points);
        let points = points.min(capture.left).min(there);
        capture.left -= points;
        let capture = *capture;
        let own = self.next_command();
        let (from, person) = (capture.account, capture.person);
        let refund = Transfer::refund(capture.command, own, person, points, from).unwrap();
        if points > 0 {
            self.post(&refund).unwrap();
            self.undone(&capture, &["refund"], Account::active(person));
        }
    }
}
