//! Every call a device's screen can make: name(Request) -> Response.
