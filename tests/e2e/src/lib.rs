//! End-to-end tests: server, terminal window, headless devices.
