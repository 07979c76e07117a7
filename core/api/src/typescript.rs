//! TypeScript of the schema: every type, and `Calls`, the map from a call's name to its types.

use std::path::Path;

use carrot_wire::CallError;
use ts_rs::{Config, ExportError, TS};

use crate::calls::catalogue;
use crate::schema::*;

macro_rules! map {
    ($($name:ident($request:ty) -> $response:ty,)*) => {
        /// Each call's name with its request and response.
        #[derive(TS)]
        #[allow(dead_code, missing_docs)] // read by the generator only
        pub struct Calls { $($name: ($request, $response),)* }
    };
}
catalogue!(map);

/// Writes every type into `dir`, one file each.
pub fn write(dir: &Path) -> Result<(), ExportError> {
    let config = Config::new().with_large_int("number").with_out_dir(dir);
    Calls::export_all(&config)?;
    CallError::export_all(&config)
}
