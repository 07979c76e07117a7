//! The TypeScript that screens are built with is the one that the schema makes today.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn files(dir: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let texts = entries.filter(|path| path.is_file());
    texts
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

#[test]
fn the_committed_types_are_those_of_the_schema() {
    let made = tempfile::tempdir().unwrap();
    carrot_api::typescript::write(made.path()).unwrap();
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/generated");
    let (made, committed) = (files(made.path()), files(&committed));
    assert!(made.len() > 10, "{:?}", made.keys());
    for (name, text) in &made {
        let same = committed.get(name) == Some(text);
        assert!(
            same,
            "{name} differs: cargo run -p carrot-api --example typescript"
        );
    }
}
