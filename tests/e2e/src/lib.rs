//! End-to-end tests: the programs that ship, run as people run them. The server and headless
//! devices are processes of `carrot`; the terminal is its real window, driven over WebDriver.

pub mod console;
pub mod device;
pub mod doctor;
pub mod journal;
pub mod keyring;
pub mod place;
pub mod process;
pub mod screens;
pub mod second;
pub mod server;
pub mod window;
pub mod words;
