//! Temporary PostgreSQL clusters for tests, from the programs that are installed on the machine.
//!
//! A cluster lives in a folder of its own, listens on a socket in it and writes to disk as a real one
//! does. A shell that reads from this process ends it and removes the folder, also when the test was
//! killed. PostgreSQL does not run as root: started by root, it runs as the user `postgres` or `nobody`.

mod cluster;
mod database;
mod programs;

pub use cluster::{Cluster, Stop};
pub use database::{ADMIN, APP, Database, OWNER};
