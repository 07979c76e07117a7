//! The cashier's terminal: a window over `carrot-api`. Adapters only; every decision is the core's.

mod camera;
mod options;

use std::process::ExitCode;
use std::sync::Arc;

use carrot_api::{Api, CallError};
use serde_json::Value;
use tauri::{AppHandle, Emitter, Manager, State};

use crate::camera::CameraDesk;
use crate::options::Options;

/// Makes a call of the schema for the window.
#[tauri::command]
async fn call(api: State<'_, Arc<Api>>, name: String, request: Value) -> Result<Value, CallError> {
    api.call(&name, request).await
}

/// Tells the window about every change from now on, and keeps the device in step with its server.
fn announce(app: &AppHandle, api: &Arc<Api>) {
    api.start_sync();
    let mut changes = api.subscribe();
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        while changes.changed().await.is_ok() {
            if app.emit("changed", ()).is_err() {
                return;
            }
        }
    });
}

fn run(options: Options) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    tauri::async_runtime::set(runtime.handle().clone());
    let api = runtime.block_on(Api::open(options.open_options()))?;
    let api = Arc::new(api);
    let handle = runtime.handle().clone();
    tauri::Builder::default()
        .manage(Arc::clone(&api))
        .manage(CameraDesk::default())
        .invoke_handler(tauri::generate_handler![
            call,
            camera::camera_list,
            camera::camera_read,
            camera::camera_close
        ])
        .setup(move |app| {
            // Tauri calls this outside of the runtime that the core's tasks live in.
            let _inside = handle.enter();
            announce(app.handle(), &api);
            if let Some(window) = app.get_webview_window("main") {
                window.set_focus()?;
            }
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}

fn main() -> ExitCode {
    // The provider is set once, at the start of the program: a second time would be refused.
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    let options = match Options::from_args(std::env::args_os().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("carrot-terminal: {message}\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("carrot-terminal: {error:#}");
            ExitCode::FAILURE
        }
    }
}
