//! What a store promises, on every database that it can be kept in.

mod apart;
mod schema;
