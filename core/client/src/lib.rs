//! The drivers of a device: encrypted cache and outbox, transport, keys, clock.
