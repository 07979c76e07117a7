//! One device's end of the line.

use std::sync::Arc;

use carrot_client::transport::{Call, Sent, Transport};

use crate::net::Hub;

/// One device's line.
pub struct Line {
    hub: Arc<Hub>,
    device: usize,
}

impl Line {
    /// The line of a device, by its number in the fleet.
    #[must_use]
    pub fn new(hub: Arc<Hub>, device: usize) -> Self {
        Self { hub, device }
    }

    /// The device's schedule is at work, or no more.
    pub fn drive(&self, at_work: bool) {
        self.hub.held().driven = at_work.then_some(self.device);
    }

    /// A new schedule begins, which counts its calls from now on.
    pub fn begin_anew(&self) {
        self.hub.held().unanswered.remove(&self.device);
    }
}

impl Transport for Line {
    fn send<'a>(&'a self, _server: &'a str, call: Call) -> Sent<'a> {
        Box::pin(self.hub.carry(self.device, call))
    }
}
