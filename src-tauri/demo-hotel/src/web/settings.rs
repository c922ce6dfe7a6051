//! Hotel settings (`contract.md 6.1`): values of the hotel, and values of staff that replace them.

use std::sync::LazyLock;

use axum::extract::Path;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Outcome;
use super::body::Input;
use super::call::{Call, ok};
use super::gallery;
use super::pictures;
use super::refusal::Refusal;
use super::validate::{Checker, Text};
use crate::app::App;
use crate::clock::{serialized, to_micros};
use crate::options::Dialect;
use crate::store::pictures::photo_url;
use crate::store::settings::Settings;

/// The fields that differ only in their limits and defaults.
#[derive(Deserialize)]
pub(crate) struct Fields {
    /// The hotel's own fields, each shown as `*_display` and overridden by `*_override`, with their largest numbers of
    /// characters.
    details: Vec<(String, usize)>,
    /// Texts with their largest numbers of characters; 0: no limit.
    texts: Vec<(String, usize)>,
    /// Colours and their defaults.
    pub(crate) colours: Vec<(String, String)>,
    /// The fields of the server of 2026-05; the name of each at the earlier servers, whose value shows until this
    /// server has written its own; and the largest number of characters of its column, if it has such a limit.
    pub(crate) flat: Vec<(String, String, usize)>,
}

#[expect(clippy::expect_used, reason = "the file is a part of the program")]
pub(crate) static FIELDS: LazyLock<Fields> =
    LazyLock::new(|| serde_json::from_str(include_str!("fields.json")).expect("the fields are JSON"));

const COORDINATES: [&str; 2] = ["latitude", "longitude"];
const ADDRESSES: [&str; 4] = ["website", "google_maps_link", "favicon", "logo"];
const THEMES: [&str; 3] = ["light", "dark", "custom"];
/// Pictures that are stored both on the hotel and on its settings.
const PICTURES: [&str; 2] = ["hero_image", "landing_page_image"];

/// The reader of the settings: the same names have different meanings (`contract.md 6.1`).
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Reader {
    Http,
    Event,
}

pub(crate) async fn settings(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    let settings = call.app.store.settings(staff.hotel_id)?;
    match call.verb() {
        "GET" => ok(shown(&call.app, &settings, &call.base(), Reader::Http)?),
        "PATCH" | "PUT" => {
            let (settings, with_gallery) = update(&call, settings).await?;
            let base = call.base();
            let large = shown(&call.app, &settings, &base, Reader::Event)?;
            // The earlier server, which had the flat gallery, sent four fields only.
            let payload = if with_gallery { small(&large) } else { large };
            call.announce(&slug, "settings-updated", payload).await;
            ok(shown(&call.app, &settings, &base, Reader::Http)?)
        }
        _ => Err(call.other_method("GET, PUT, PATCH, HEAD, OPTIONS")),
    }
}

fn small(large: &Value) -> Value {
    json!({
        "hero_image": large["hero_image"],
        "hero_image_display": large["hero_image_display"],
        "gallery": large["gallery"],
        "updated_at": large["updated_at"],
    })
}

/// Applies a request. Also returns whether it set the flat gallery.
async fn update(call: &Call, mut settings: Settings) -> Result<(Settings, bool), Refusal> {
    let input = call.input().await?;
    let files = picture_files(call, &input).await?;
    let mut gallery = None;
    match read_texts(&input) {
        Ok(texts) => {
            settings.own.extend(texts);
            gallery = read_gallery(call, &input);
        }
        Err(refusal) if files.is_empty() => return Err(refusal),
        // The trap: with a file in the same request, one wrong text drops all texts without an error.
        Err(_) => {}
    }
    call.pass_gate().await;
    for (field, picture) in files {
        settings.base.insert(field.to_owned(), Value::from(pictures::keep(call, &picture)?));
        if PICTURES.contains(&field) {
            // Two uploads: the settings do not share the hotel's picture.
            settings.own.insert(field.to_owned(), Value::from(pictures::keep(call, &picture)?));
        }
    }
    settings.own.insert("updated_at".to_owned(), Value::from(to_micros(call.now())));
    let store = &call.app.store;
    store.save_settings(&settings)?;
    let Some(gallery) = gallery else { return Ok((settings, false)) };
    store.save_flat_gallery(settings.hotel_id, &gallery)?;
    settings.gallery = gallery;
    Ok((settings, true))
}

/// Returns the flat gallery of a request, if this dialect has one.
fn read_gallery(call: &Call, input: &Input) -> Option<Vec<Value>> {
    match (call.app.dialect, list(input, "gallery")) {
        (Dialect::Documents, Some(Value::Array(entries))) => Some(gallery::stored(&call.base(), &entries)),
        _ => None,
    }
}

async fn picture_files(
    call: &Call,
    input: &Input,
) -> Result<Vec<(&'static str, pictures::Accepted)>, Refusal> {
    let mut accepted = Vec::new();
    for field in PICTURES.into_iter().chain(["logo"]) {
        if let Some(file) = input.files.get(field) {
            let refused = |reason| Refusal::Crash(format!("Error at {}: {reason}", call.uri.path()));
            accepted.push((field, pictures::inspect(file.clone()).await.map_err(refused)?));
        }
    }
    Ok(accepted)
}

fn read_texts(input: &Input) -> Result<Map<String, Value>, Refusal> {
    let mut check = Checker::new(input, true);
    let mut texts = Map::new();
    for (detail, max) in &FIELDS.details {
        let field = format!("{detail}_override");
        let rule = Text::OPTIONAL.or_null().max(*max);
        let value = if detail.ends_with("_url") {
            check.url(&field, rule)
        } else {
            check.nullable_text(&field, rule)
        };
        if detail == "email" && value.as_ref().is_some_and(|value| value.as_deref().is_some_and(is_no_email))
        {
            check.refuse::<()>(&field, "Enter a valid email address.");
        }
        keep(&mut texts, &field, value.map(Value::from));
    }
    for coordinate in COORDINATES {
        let field = format!("{coordinate}_override");
        let value = check.decimal(&field, 6, true);
        keep(&mut texts, &field, value.map(Value::from));
    }
    for (field, max) in &FIELDS.texts {
        let value = check.text(field, Text::OPTIONAL.max(*max));
        if field == "contact_email" && value.as_deref().is_some_and(is_no_email) {
            check.refuse::<()>(field, "Enter a valid email address.");
        }
        keep(&mut texts, field, value.map(Value::from));
    }
    for field in ADDRESSES.into_iter().filter(|field| !input.files.contains_key(*field)) {
        let value = check.url(field, Text::OPTIONAL.max(200)).flatten();
        keep(&mut texts, field, value.map(Value::from));
    }
    for (field, _) in &FIELDS.colours {
        let value = check.text(field, Text { blank: false, ..Text::OPTIONAL });
        if value.as_deref().is_some_and(is_no_colour) {
            check.refuse::<()>(field, "Enter a valid hex color code (e.g. #3B82F6).");
        }
        keep(&mut texts, field, value.map(Value::from));
    }
    keep(&mut texts, "theme_mode", check.choice("theme_mode", &THEMES).map(Value::from));
    for field in PICTURES {
        keep(&mut texts, field, check.photo(field).without_file());
    }
    read_amenities(&mut check, &mut texts);
    check.finish()?;
    Ok(texts)
}

fn keep(texts: &mut Map<String, Value>, field: &str, value: Option<Value>) {
    if let Some(value) = value {
        texts.insert(field.to_owned(), value);
    }
}

fn read_amenities(check: &mut Checker<'_>, texts: &mut Map<String, Value>) {
    match list(check.input, "amenities") {
        None => {}
        Some(given @ Value::Array(_)) => keep(texts, "amenities", Some(given)),
        Some(_) => {
            check.refuse::<()>("amenities", "Amenities must be a list.");
        }
    }
}

/// Returns the value sent for a list: the JSON value, or in a form the JSON in its text.
fn list(input: &Input, field: &str) -> Option<Value> {
    match input.values.get(field)? {
        Value::String(text) if input.is_form => Some(serde_json::from_str(text).unwrap_or_default()),
        value => Some(value.clone()),
    }
}

fn is_no_email(text: &str) -> bool {
    let whole = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    let fine =
        text.split_once('@').is_some_and(|(name, host)| whole(name) && whole(host) && host.contains('.'));
    !text.is_empty() && !fine
}

fn is_no_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Returns the settings object of a hotel for this reader.
pub(crate) fn shown(app: &App, settings: &Settings, base: &str, reader: Reader) -> rusqlite::Result<Value> {
    let own = |field: &str| settings.own.get(field).cloned().unwrap_or_default();
    let hotel = |field: &str| settings.base.get(field).cloned().unwrap_or_default();
    let text = |field: &str| own(field).as_str().unwrap_or_default().to_owned();
    let mut all = Map::new();
    for (detail, _) in &FIELDS.details {
        let put_over = own(&format!("{detail}_override"));
        let effective = if is_blank(&put_over) { hotel(detail) } else { put_over.clone() };
        all.insert(format!("{detail}_override"), put_over);
        all.insert(format!("{detail}_display"), effective);
    }
    for coordinate in COORDINATES {
        let put_over = own(&format!("{coordinate}_override"));
        let effective = put_over.as_str().and_then(|text| text.parse().ok()).or(hotel(coordinate).as_f64());
        all.insert(format!("{coordinate}_override"), put_over);
        all.insert(format!("{coordinate}_display"), json!(effective));
    }
    for (field, _) in &FIELDS.texts {
        all.insert(field.clone(), Value::from(text(field)));
    }
    for field in ["website", "google_maps_link", "favicon"] {
        all.insert(field.to_owned(), Value::from(text(field)));
    }
    for (field, default) in &FIELDS.colours {
        let colour = own(field);
        all.insert(field.clone(), if colour.is_null() { json!(default) } else { colour });
    }
    for field in PICTURES {
        let url = |value: &Value| photo_url(base, value.as_str());
        let stored = own(field);
        let effective = if is_blank(&stored) { url(&hotel(field)) } else { url(&stored) };
        let plain = if reader == Reader::Event { json!(url(&stored)) } else { stored.clone() };
        all.insert(field.to_owned(), plain);
        all.insert(format!("{field}_url"), json!(url(&stored)));
        all.insert(format!("{field}_display"), json!(effective));
    }
    let logo = text("logo");
    let effective =
        if logo.is_empty() { photo_url(base, hotel("logo").as_str()) } else { Some(logo.clone()) };
    all.insert("logo".to_owned(), if reader == Reader::Event { json!(effective) } else { json!(logo) });
    all.insert("logo_display".to_owned(), json!(effective));
    all.insert("amenities".to_owned(), if own("amenities").is_null() { json!([]) } else { own("amenities") });
    let theme = text("theme_mode");
    all.insert("theme_mode".to_owned(), json!(if theme.is_empty() { "light" } else { &theme }));
    let mut galleries = Vec::new();
    match app.dialect {
        Dialect::Documents => {
            all.insert("gallery".to_owned(), json!(gallery::shown(base, &settings.gallery)));
        }
        Dialect::Galleries => galleries = app.store.galleries(settings.hotel_id)?,
        Dialect::Current => {}
    }
    let galleries: Vec<Value> = galleries.iter().map(|gallery| gallery.to_json(base)).collect();
    all.insert("galleries".to_owned(), json!(galleries));
    let updated_at = serialized(own("updated_at").as_i64().unwrap_or_default());
    all.insert("updated_at".to_owned(), json!(updated_at));
    Ok(Value::Object(all))
}

fn is_blank(value: &Value) -> bool {
    value.as_str().is_none_or(str::is_empty)
}
