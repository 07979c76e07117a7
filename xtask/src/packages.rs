//! The system packages that the project needs, and how to see whether one is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a package is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// To build and to run.
    Run,
    /// Besides, to test and to take pictures.
    Test,
}

/// A sign that the package's content is there, however it came.
#[derive(Debug, Clone, Copy)]
enum Sign {
    Program(&'static str),
    PkgConfig(&'static str),
    AnyFile(&'static [&'static str]),
    /// PostgreSQL's server; its client alone is not enough.
    PostgresServer,
    /// Only the package database knows.
    Database,
}

/// One Debian package.
#[derive(Debug, Clone, Copy)]
pub struct Package {
    /// Its name in Debian and Ubuntu.
    pub name: &'static str,
    purpose: Purpose,
    sign: Sign,
}

const fn package(name: &'static str, purpose: Purpose, sign: Sign) -> Package {
    Package {
        name,
        purpose,
        sign,
    }
}

const PACKAGES: &[Package] = &[
    package(
        "libwebkit2gtk-4.1-dev",
        Purpose::Run,
        Sign::PkgConfig("webkit2gtk-4.1"),
    ),
    package("libssl-dev", Purpose::Run, Sign::PkgConfig("openssl")),
    package("libclang-dev", Purpose::Run, Sign::Database),
    package("cmake", Purpose::Run, Sign::Program("cmake")),
    package("pkg-config", Purpose::Run, Sign::Program("pkg-config")),
    package(
        "fonts-dejavu-core",
        Purpose::Run,
        Sign::AnyFile(&[
            "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
            "/usr/share/fonts/TTF/DejaVuSans.ttf",
            "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
        ]),
    ),
    package(
        "webkit2gtk-driver",
        Purpose::Test,
        Sign::Program("WebKitWebDriver"),
    ),
    package("xvfb", Purpose::Test, Sign::Program("Xvfb")),
    package("xauth", Purpose::Test, Sign::Program("xauth")),
    package("dbus", Purpose::Test, Sign::Program("dbus-send")),
    package(
        "dbus-daemon",
        Purpose::Test,
        Sign::Program("dbus-run-session"),
    ),
    package(
        "gnome-keyring",
        Purpose::Test,
        Sign::Program("gnome-keyring-daemon"),
    ),
    package(
        "libsecret-tools",
        Purpose::Test,
        Sign::Program("secret-tool"),
    ),
    package("python3", Purpose::Test, Sign::Program("python3")),
    package("hledger", Purpose::Test, Sign::Program("hledger")),
    package("chromium", Purpose::Test, Sign::Program("chromium")),
    package("postgresql", Purpose::Test, Sign::PostgresServer),
];

/// The packages for a purpose that are not there, in the order of the list.
///
/// `installed` are the names that the package database knows as installed; `present` looks
/// for what a package brings and so accepts a program that came another way.
pub fn missing(
    purpose: Purpose,
    installed: &BTreeSet<String>,
    present: impl Fn(&Package) -> bool,
) -> Vec<&'static str> {
    PACKAGES
        .iter()
        .filter(|package| package.purpose <= purpose)
        .filter(|package| !installed.contains(package.name) && !present(package))
        .map(|package| package.name)
        .collect()
}

/// The names that `dpkg-query` reports as installed; nothing where there is no dpkg.
pub fn installed() -> BTreeSet<String> {
    let answer = Command::new("dpkg-query")
        .args(["-W", "-f", "${Package} ${db:Status-Status}\n"])
        .args(PACKAGES.iter().map(|package| package.name))
        .output();
    match answer {
        Ok(output) => read_dpkg(&String::from_utf8_lossy(&output.stdout)),
        Err(_) => BTreeSet::new(),
    }
}

fn read_dpkg(answer: &str) -> BTreeSet<String> {
    answer
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .map(str::to_owned)
        .collect()
}

/// Whether what the package brings is on this machine.
pub fn present(package: &Package) -> bool {
    match package.sign {
        Sign::Program(name) => find_program(name).is_some(),
        Sign::PkgConfig(name) => Command::new("pkg-config")
            .args(["--exists", name])
            .status()
            .is_ok_and(|status| status.success()),
        Sign::AnyFile(paths) => paths.iter().any(|path| Path::new(path).exists()),
        Sign::PostgresServer => {
            find_program("initdb").is_some() || has_initdb(Path::new("/usr/lib/postgresql"))
        }
        Sign::Database => std::env::var_os("LIBCLANG_PATH").is_some(),
    }
}

/// Whether one of the versions that Debian keeps side by side brings the server's programs.
fn has_initdb(versions: &Path) -> bool {
    std::fs::read_dir(versions).is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| entry.path().join("bin/initdb").is_file())
    })
}

/// The first program of that name on the search path.
pub fn find_program(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::{PACKAGES, Purpose, find_program, has_initdb, missing, read_dpkg};
    use std::collections::BTreeSet;

    #[test]
    fn only_fully_installed_packages_count() {
        let answer = "cmake installed\nxvfb config-files\nhledger not-installed\nxauth installed\n";
        let expected = ["cmake", "xauth"].map(str::to_owned);
        assert_eq!(read_dpkg(answer), BTreeSet::from(expected));
    }

    #[test]
    fn running_needs_no_test_package() {
        let run = missing(Purpose::Run, &BTreeSet::new(), |_| false);
        assert!(run.contains(&"libwebkit2gtk-4.1-dev"));
        assert!(!run.contains(&"chromium"));
        let test = missing(Purpose::Test, &BTreeSet::new(), |_| false);
        assert_eq!(test.len(), PACKAGES.len());
    }

    #[test]
    fn installed_or_present_is_not_missing() {
        let installed = BTreeSet::from(["cmake".to_owned()]);
        let left = missing(Purpose::Run, &installed, |package| {
            package.name == "libssl-dev"
        });
        assert!(!left.contains(&"cmake") && !left.contains(&"libssl-dev"));
        assert!(left.contains(&"pkg-config"));
        assert!(missing(Purpose::Test, &BTreeSet::new(), |_| true).is_empty());
    }

    #[test]
    fn a_client_of_postgresql_is_no_server() {
        let name = format!("xtask-packages-{}", std::process::id());
        let versions = std::env::temp_dir().join(name);
        let programs = versions.join("15/bin");
        std::fs::create_dir_all(&programs).unwrap();
        std::fs::write(programs.join("psql"), "").unwrap();
        assert!(!has_initdb(&versions));
        std::fs::write(programs.join("initdb"), "").unwrap();
        assert!(has_initdb(&versions));
        std::fs::remove_dir_all(&versions).unwrap();
    }

    #[test]
    fn programs_are_found_on_the_path() {
        assert!(find_program("sh").is_some());
        assert!(find_program("no-such-program").is_none());
    }
}
