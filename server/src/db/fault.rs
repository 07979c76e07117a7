//! What an error of a database means for who asked.

/// What can be done about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was kept; the whole transaction may be done again at once.
    Again,
    /// The connection was lost: nobody knows whether a commit under way was kept.
    Lost,
    /// Doing it again would fail the same way.
    Final,
}
