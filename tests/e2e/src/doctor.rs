//! `carrot doctor` on a device folder: what it finds, as a program reads it and as a person does.

use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::process::program;

/// One thing that the doctor looked at.
#[derive(Debug, Clone, Deserialize)]
pub struct Finding {
    /// What was looked at.
    pub check: String,
    /// What is wrong, if anything.
    pub code: Option<String>,
    /// The person's sentence and remedy.
    pub text: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    findings: Vec<Finding>,
}

/// How the doctor is called.
pub struct Doctor<'a> {
    dir: &'a Path,
    shift_ms: i64,
    camera: bool,
    file_kib_max: Option<u32>,
}

impl<'a> Doctor<'a> {
    /// Of a device folder, without looking for a camera.
    #[must_use]
    pub fn of(dir: &'a Path) -> Self {
        Self {
            dir,
            shift_ms: 0,
            camera: false,
            file_kib_max: None,
        }
    }

    /// With the device's clock this far ahead.
    #[must_use]
    pub fn ahead(mut self, shift_ms: i64) -> Self {
        self.shift_ms = shift_ms;
        self
    }

    /// With a look for a camera.
    #[must_use]
    pub fn with_camera(mut self) -> Self {
        self.camera = true;
        self
    }

    /// Where no file can grow beyond so many KiB, as on a full disk.
    #[must_use]
    pub fn with_little_room(mut self) -> Self {
        self.file_kib_max = Some(64);
        self
    }

    fn output(&self, args: &[&str]) -> Result<Output> {
        let doctor = program("carrot")?;
        let mut command = match self.file_kib_max {
            None => Command::new(doctor),
            Some(kib) => {
                // bash counts in KiB, and a write beyond is an error once its signal is ignored.
                let limits = format!("trap '' XFSZ; ulimit -f {kib}; exec \"$0\" \"$@\"");
                let mut shell = Command::new("bash");
                shell.args(["-c", &limits]).arg(doctor);
                shell
            }
        };
        command.args(["doctor", "--insecure-key-file", "--dir"]);
        command.arg(self.dir).args(args);
        if !self.camera {
            command.arg("--no-camera");
        }
        if self.shift_ms != 0 {
            command.env("CARROT_CLOCK_SHIFT_MS", self.shift_ms.to_string());
        }
        command.output().context("carrot doctor")
    }

    /// Everything that was looked at, with sentences in a language. The exit code, and the answer as
    /// a whole, must say the same as the findings.
    pub fn findings(&self, language: &str) -> Result<Vec<Finding>> {
        let output = self.output(&["--json", "--lang", language])?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let said = String::from_utf8_lossy(&output.stderr);
        let answer: Answer = serde_json::from_str(printed.trim())
            .with_context(|| format!("{:?}: {printed}{said}", output.status))?;
        let well = answer.findings.iter().all(|finding| finding.code.is_none());
        ensure!(answer.ok == well, "ok: {printed}");
        let code = i32::from(!well);
        ensure!(output.status.code() == Some(code), "exit code: {printed}");
        Ok(answer.findings)
    }

    /// The codes of what is wrong.
    pub fn codes(&self) -> Result<Vec<String>> {
        let findings = self.findings("en")?;
        Ok(findings
            .into_iter()
            .filter_map(|found| found.code)
            .collect())
    }

    /// What a person reads, in a language.
    pub fn page(&self, language: &str) -> Result<String> {
        let output = self.output(&["--lang", language])?;
        Ok(String::from_utf8(output.stdout)?)
    }
}
