//! Outbox, projection and scheduler as a state machine: events in, effects out. Pure.
