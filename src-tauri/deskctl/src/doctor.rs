//! `doctor`: the checklist of the diagnostics screen on the command line.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::views::{Diagnosis, Finding};
use serde::Serialize;

use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::states;
use crate::text::{plain, table, word};

#[derive(Serialize)]
struct DoctorAnswer {
    /// True if no check failed.
    sound: bool,
    #[serde(flatten)]
    diagnosis: Diagnosis,
}

/// Runs every check, the live connection included, and prints the findings.
pub async fn doctor(desk: &Desk, out: &mut Output) -> Outcome {
    desk.run_checks().await;
    let diagnosis = desk.diagnosis().await;
    let answer = DoctorAnswer { sound: diagnosis.is_sound(), diagnosis };
    out.answer(&answer, || in_words(&answer.diagnosis.findings))?;
    Ok(if answer.sound { Exit::Done } else { Exit::Unsound })
}

/// Puts findings into a table.
pub fn in_words(findings: &[Finding]) -> String {
    let rows: Vec<[String; 3]> = findings.iter().map(row).collect();
    table(&say!("deskctl-columns-doctor"), &rows)
}

fn row(finding: &Finding) -> [String; 3] {
    let way_out = finding.way_out.iter().map(|way_out| format!(" {way_out}")).collect::<String>();
    [states::finding(finding.state), word(finding.check), plain(&format!("{}{way_out}", finding.text))]
}
