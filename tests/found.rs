//! Every check of `fuzz/` over its seeds, and over the inputs that once made it fail.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]
#![cfg(not(target_arch = "wasm32"))]

use std::path::{Path, PathBuf};

#[path = "../fuzz/checks/mod.rs"]
mod checks;

/// The files of a folder; none where there is no such folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn every_check_holds_for_its_seeds_and_for_what_was_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, check) in checks::ALL {
        let seeds = files(&root.join("fuzz/seeds").join(name));
        assert!(!seeds.is_empty(), "{name} has seeds");
        for path in seeds.into_iter().chain(files(&root.join("tests/fixtures/found").join(name))) {
            println!("{}", path.display());
            check(&std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn what_was_found_belongs_to_a_check() {
    for folder in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/found")) {
        let name = folder.file_name().unwrap().to_str().unwrap();
        assert!(checks::ALL.iter().any(|(check, _)| *check == name), "{name}");
    }
}

#[test]
fn every_check_can_be_run_by_libfuzzer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    for (name, _) in checks::ALL {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name}");
        let target = std::fs::read_to_string(root.join(format!("fuzz_targets/{name}.rs"))).unwrap();
        assert!(target.contains(&format!("perennial_fuzz::{name}::check(data)")), "{name}");
    }
}
