//! The settings of the server of 2026-05 (`contract.md 6.2`): flat fields, without checks and without events.

use axum::extract::Path;
use serde_json::{Map, Value, json};

use super::Outcome;
use super::body::Input;
use super::call::{Call, ok};
use super::current::{Tier, not_permitted, sees_settings, tier};
use super::pictures;
use super::refusal::Refusal;
use super::settings::FIELDS;
use super::validate::Checker;
use crate::store::pictures::photo_url;
use crate::store::settings::Settings;

const PICTURES: [&str; 3] = ["logo", "hero_image", "landing_page_image"];

pub(crate) async fn settings(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    if !sees_settings(&staff) {
        return Err(not_permitted("admin_settings"));
    }
    let settings = call.app.store.settings(staff.hotel_id)?;
    match call.verb() {
        "GET" => {
            let mut whole = shown(&settings, &call.base());
            whole["default_cancellation_policy"] = Value::Null;
            ok(whole)
        }
        "PATCH" if tier(&staff) < Tier::Super => Err(not_permitted("super_staff_admin")),
        "PATCH" => {
            let settings = update(&call, settings).await?;
            ok(shown(&settings, &call.base()))
        }
        _ => Err(call.other_method("GET, PATCH, HEAD, OPTIONS")),
    }
}

async fn update(call: &Call, mut settings: Settings) -> Result<Settings, Refusal> {
    let input = call.input().await?;
    let mut files = Vec::new();
    for field in PICTURES {
        if let Some(file) = input.files.get(field) {
            let refused = |reason| Refusal::Crash(format!("Error at {}: {reason}", call.uri.path()));
            files.push((field, pictures::inspect(file.clone()).await.map_err(refused)?));
        }
    }
    let texts = read_texts(&input)?;
    call.pass_gate().await;
    settings.base.extend(texts);
    for (field, picture) in files {
        settings.base.insert(field.to_owned(), Value::from(pictures::keep(call, &picture)?));
    }
    call.app.store.save_settings(&settings)?;
    Ok(settings)
}

/// Stores the values unchanged. Only the database refuses values that do not fit into its columns.
fn read_texts(input: &Input) -> Result<Map<String, Value>, Refusal> {
    let mut texts = Map::new();
    for (field, _, max) in &FIELDS.flat {
        let Some(value) = input.values.get(field) else { continue };
        if field == "name" && value.is_null() {
            return Err(Refusal::Crash("IntegrityError: null value in column \"name\"".to_owned()));
        }
        if *max > 0 && value.as_str().is_some_and(|text| text.chars().count() > *max) {
            return Err(Refusal::Crash(format!(
                "DataError: value too long for type character varying({max})"
            )));
        }
        texts.insert(field.clone(), value.clone());
    }
    if let Some(tags) = input.values.get("tags") {
        texts.insert("tags".to_owned(), tags.clone());
    }
    let mut check = Checker::new(input, true);
    for field in PICTURES {
        texts.extend(check.photo(field).without_file().map(|photo| (field.to_owned(), photo)));
    }
    Ok(texts)
}

/// Returns the settings object of a hotel.
pub(crate) fn shown(settings: &Settings, base: &str) -> Value {
    let mut all = Map::from_iter([("id".to_owned(), json!(settings.hotel_id))]);
    for (field, before, _) in &FIELDS.flat {
        let known = settings.base.get(field).or_else(|| settings.own.get(before)).cloned();
        let default = match field.as_str() {
            "slug" | "subdomain" => json!(settings.slug),
            "is_active" => json!(true),
            "sort_order" => json!(0),
            "latitude" | "longitude" => Value::Null,
            _ => json!(""),
        };
        all.insert(field.clone(), known.unwrap_or(default));
    }
    all.insert("tags".to_owned(), settings.base.get("tags").cloned().unwrap_or_else(|| json!([])));
    for field in PICTURES {
        let stored = settings.base.get(field).and_then(Value::as_str);
        all.insert(field.to_owned(), json!(photo_url(base, stored)));
    }
    Value::Object(all)
}
