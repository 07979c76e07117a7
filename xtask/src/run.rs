//! `cargo xtask run`: from a fresh machine to the demo programme on the screen.

use crate::args::Args;
use crate::demo::{self, Demo};
use crate::exec::{Progress, cargo};
use crate::packages::Purpose;
use crate::stage::{Screens, Stage, ports_are_free};
use crate::workspace::{self, Workspace};
use crate::{setup, signals};
use anyhow::{Result, bail};
use std::fmt::Write;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

const STEPS: usize = setup::STEPS + 4;
const TICK: Duration = Duration::from_millis(200);

/// Prepares, starts, prints where everything is, and ends everything on Ctrl-C.
pub fn main(args: Args) -> Result<()> {
    let root = workspace::root()?;
    let data = match args.value("data") {
        Some(folder) => workspace::absolute(folder)?,
        None => root.join("demo-data"),
    };
    let found = Workspace::load()?;
    if args.has("fresh") {
        start_over(&data)?;
    }
    let mut progress = Progress::new(STEPS);
    setup::steps(&root, Purpose::Run, &mut progress)?;
    let mut build = cargo(&root);
    build.args(["build", "-p", "carrot", "-p", "carrot-terminal"]);
    progress.commands("programs", vec![build])?;
    let carrot = found.debug_program("carrot");
    let demo = demo::ensure(&root, &carrot, &data, &mut progress)?;
    ports_are_free(&demo)?;

    signals::watch();
    let mut stage = Stage::new(&root, &carrot, &data.join("logs"))?;
    let mut screens = progress.step("server and phones", || raise(&mut stage, &demo))?;
    let window = progress.step("terminal", || {
        let program = found.debug_program("carrot-terminal");
        terminal(
            &mut stage,
            &demo,
            !args.has("headless"),
            &program,
            &mut screens,
        )
    })?;
    println!("{}", sheet(&demo, &screens, window));
    let outcome = watch(&mut stage, &demo);
    println!("\nstopping …");
    for name in stage.stop() {
        println!("{name} did not end when asked and was ended by force");
    }
    println!("stopped; `cargo xtask run` goes on with {}", data.display());
    outcome
}

/// Deletes the demo, but never below a server that still uses it.
fn start_over(data: &Path) -> Result<()> {
    if let Ok(Some(demo)) = demo::read(data) {
        ports_are_free(&demo)?;
    }
    demo::delete(data)
}

/// Server first, then the phones.
pub fn raise(stage: &mut Stage, demo: &Demo) -> Result<Vec<Screens>> {
    stage.start_server(demo)?;
    demo.phones
        .iter()
        .map(|phone| stage.start_screens(&phone.who, &phone.role, &phone.dir, phone.port))
        .collect()
}

/// Opens the window; without one, the terminal's screens go to the browser too.
fn terminal(
    stage: &mut Stage,
    demo: &Demo,
    wanted: bool,
    program: &Path,
    screens: &mut Vec<Screens>,
) -> Result<bool> {
    if wanted && has_display() {
        stage.open_window(program, &demo.terminal.dir)?;
        return Ok(true);
    }
    if wanted {
        println!("no display here (DISPLAY is not set): the terminal opens in the browser");
    }
    screens.push(terminal_screens(stage, demo)?);
    Ok(false)
}

/// The terminal's screens for a browser.
pub fn terminal_screens(stage: &mut Stage, demo: &Demo) -> Result<Screens> {
    stage.start_screens(&demo.terminal.cashier, "terminal", &demo.terminal.dir, 0)
}

fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Waits for Ctrl-C; a closed window is fine, a server that ends by itself is not. The Enter key
/// takes the server away and brings it back, so that everybody can see work go on without it.
fn watch(stage: &mut Stage, demo: &Demo) -> Result<()> {
    let enter = enter_key();
    while !signals::asked_to_end() {
        for name in stage.ended()? {
            // Ctrl-C reaches the children as well and may end one before this program looks.
            if signals::asked_to_end() {
                break;
            }
            match name.as_str() {
                "server" => bail!("the server ended by itself; its log is in the logs folder"),
                "terminal" => println!("the terminal's window was closed; Ctrl-C ends the rest"),
                other => println!("{other} ended; its log is in the logs folder"),
            }
        }
        match enter.recv_timeout(TICK) {
            Ok(()) => switch_server(stage, demo)?,
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            // No keyboard: only the time passes.
            Err(mpsc::RecvTimeoutError::Disconnected) => std::thread::sleep(TICK),
        }
    }
    Ok(())
}

/// One message for each line that is typed; the channel closes where there is no keyboard.
fn enter_key() -> mpsc::Receiver<()> {
    let (pressed, presses) = mpsc::channel();
    std::thread::spawn(move || {
        let lines = std::io::stdin().lines().map_while(Result::ok);
        // Ends with the input, or when nobody listens any more.
        let _ = lines.map(|_| pressed.send(())).find(Result::is_err);
    });
    presses
}

fn switch_server(stage: &mut Stage, demo: &Demo) -> Result<()> {
    if stage.runs("server") {
        stage.stop_one("server");
        println!("the server is off; Enter brings it back");
    } else {
        stage.start_server(demo)?;
        println!("the server is back; Enter takes it away");
    }
    Ok(())
}

/// What a newcomer needs: addresses, log-ins, five steps.
fn sheet(demo: &Demo, screens: &[Screens], window: bool) -> String {
    let mut text = String::from("\n");
    let mut line = |left: &str, right: String| {
        let _ = writeln!(text, "{left:<14} {right}");
    };
    let console = &demo.console;
    line(
        "console",
        format!("{}  {} / {}", console.url, console.user, console.password),
    );
    let till = &demo.terminal;
    let place = if window { "its window  " } else { "" };
    line(
        "terminal",
        format!("{place}{}, PIN {}", till.cashier, till.pin),
    );
    for screen in screens {
        line(&screen.role, format!("{}  {}", screen.url, screen.who));
    }
    for sheet in &demo.sheets {
        line("codes", sheet.display().to_string());
    }
    text.push('\n');
    for (number, step) in demo.steps.iter().enumerate() {
        let _ = writeln!(text, "{}. {step}", number + 1);
    }
    text.push_str(
        "\nEnter takes the server away and brings it back. Ctrl-C ends everything; the data stays.",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::sheet;
    use crate::demo::{Console, Demo, Server, Terminal};
    use crate::stage::Screens;

    #[test]
    fn the_sheet_names_addresses_log_ins_and_steps() {
        let demo = Demo {
            server: Server {
                data: "s".into(),
                listen: "127.0.0.1:8420".parse().unwrap(),
            },
            console: Console {
                url: "http://127.0.0.1:8420/".into(),
                user: "mette".into(),
                password: "dawn".into(),
            },
            terminal: Terminal {
                dir: "t".into(),
                cashier: "Åse".into(),
                pin: "2468".into(),
            },
            phones: Vec::new(),
            steps: vec!["The seller scans.".into(), "The cashier sells.".into()],
            sheets: vec!["codes.png".into()],
        };
        let phone = Screens {
            who: "Ania".into(),
            role: "seller".into(),
            url: "http://127.0.0.1:8431/?token=x".into(),
        };
        let text = sheet(&demo, &[phone], true);
        for part in [
            "mette / dawn",
            "its window  Åse, PIN 2468",
            "seller         http://127.0.0.1:8431/?token=x  Ania",
            "codes          codes.png",
            "2. The cashier sells.",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
