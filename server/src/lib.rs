//! The server: store, HTTP, jobs, console files.
