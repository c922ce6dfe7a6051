//! `settings`: the settings of this computer with their sources, and those of the shown person.

use hotelmate_core::catalogue::{say, text};
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::views::{SettingView, SettingsView};
use serde::Serialize;

use crate::cli::SettingsCommand;
use crate::exit::{Exit, Outcome};
use crate::output::{Output, with_way_out};
use crate::personal::{Personal, PersonalView};
use crate::text::{plain, table, word};

/// Shows or changes settings. A change applies at once, also in an open window.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: SettingsCommand) -> Outcome {
    match command {
        SettingsCommand::List => list(desk, out).await,
        SettingsCommand::Get { name } => get(desk, out, &name).await,
        SettingsCommand::Set { name, value } => set(desk, name, Some(value)).await,
        SettingsCommand::Reset { name } => set(desk, name, None).await,
    }
}

/// The answer in JSON.
#[derive(Serialize)]
struct All {
    #[serde(flatten)]
    view: SettingsView,
    /// Null if no person is shown.
    person: Option<[PersonalView; 3]>,
}

async fn list(desk: &Desk, out: &mut Output) -> Outcome {
    let all = All { view: desk.settings(), person: of_person(desk).await? };
    let mut rows: Vec<[String; 3]> = all.view.settings.iter().map(row).collect();
    for PersonalView { name, value, .. } in all.person.iter().flatten() {
        rows.push([(*name).to_owned(), value.clone(), say!("deskctl-setting-of-person")]);
    }
    out.answer(&all, || table(&say!("deskctl-columns-settings"), &rows))?;
    for problem in &all.view.problems {
        out.remark(&with_way_out(problem));
    }
    Ok(Exit::Done)
}

async fn of_person(desk: &Desk) -> Result<Option<[PersonalView; 3]>, DeskError> {
    if desk.session().await.is_none() {
        return Ok(None);
    }
    let (stored, now) = (desk.notifications().await?, desk.environment().now());
    Ok(Some(Personal::ALL.map(|setting| setting.view(&stored, now))))
}

async fn set(desk: &Desk, name: String, value: Option<String>) -> Outcome {
    match Personal::named(&name) {
        Some(setting) => setting.set(desk, value.as_deref()).await?,
        None => desk.set_settings(vec![(name, value)]).await?,
    }
    Ok(Exit::Done)
}

fn row(setting: &SettingView) -> [String; 3] {
    let source = text(&format!("setting-source-{}", word(setting.source)), &[]);
    [setting.name.clone(), plain(&setting.value), source]
}

async fn get(desk: &Desk, out: &mut Output, name: &str) -> Outcome {
    if let Some(setting) = Personal::named(name) {
        let setting = setting.view(&desk.notifications().await?, desk.environment().now());
        out.answer(&setting, || plain(&setting.value))?;
        return Ok(Exit::Done);
    }
    let view = desk.settings();
    let found = view.settings.into_iter().find(|setting| setting.name == name);
    let setting = found.ok_or_else(|| failure!(NotFound, "error-setting-unknown", name = name))?;
    out.answer(&setting, || plain(&setting.value))?;
    Ok(Exit::Done)
}
