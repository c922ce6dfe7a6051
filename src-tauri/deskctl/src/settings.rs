//! `settings`: the settings of this computer, with their sources.

use hotelmate_core::catalogue::{say, text};
use hotelmate_core::desk::Desk;
use hotelmate_core::error::failure;
use hotelmate_core::views::SettingView;

use crate::cli::SettingsCommand;
use crate::exit::{Exit, Outcome};
use crate::output::{Output, with_way_out};
use crate::text::{plain, table, word};

/// Shows or changes settings. A change applies at once, also in an open window.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: SettingsCommand) -> Outcome {
    match command {
        SettingsCommand::List => list(desk, out),
        SettingsCommand::Get { name } => get(desk, out, &name),
        SettingsCommand::Set { name, value } => {
            desk.set_settings(vec![(name, Some(value))]).await?;
            Ok(Exit::Done)
        }
        SettingsCommand::Reset { name } => {
            desk.set_settings(vec![(name, None)]).await?;
            Ok(Exit::Done)
        }
    }
}

fn list(desk: &Desk, out: &mut Output) -> Outcome {
    let view = desk.settings();
    let rows: Vec<[String; 3]> = view.settings.iter().map(row).collect();
    out.answer(&view, || table(&say!("deskctl-columns-settings"), &rows))?;
    for problem in &view.problems {
        out.remark(&with_way_out(problem));
    }
    Ok(Exit::Done)
}

fn row(setting: &SettingView) -> [String; 3] {
    let source = text(&format!("setting-source-{}", word(setting.source)), &[]);
    [setting.name.clone(), plain(&setting.value), source]
}

fn get(desk: &Desk, out: &mut Output, name: &str) -> Outcome {
    let view = desk.settings();
    let found = view.settings.into_iter().find(|setting| setting.name == name);
    let setting = found.ok_or_else(|| failure!(NotFound, "error-setting-unknown", name = name))?;
    out.answer(&setting, || plain(&setting.value))?;
    Ok(Exit::Done)
}
