//! `display`: the reception display of the data folder, for monitoring.

use hotelmate_core::desk::Desk;
use hotelmate_core::display::read_status;

use crate::cli::DisplayCommand;
use crate::exit::{Exit, Outcome};
use crate::output::Output;

/// Prints what is on the screen and since when, as one line of JSON in either form.
pub fn carry_out(desk: &Desk, out: &mut Output, command: DisplayCommand) -> Outcome {
    match command {
        DisplayCommand::Status => {
            out.json_line(&read_status(desk.data_dir(), desk.environment().now())?)?;
            Ok(Exit::Done)
        }
    }
}
