//! The `media:` scheme: pictures of the local cache by hash, and pictures of guests' messages by message and name. The
//! window can load no other pictures.

use hotelmate_core::error::DeskError;
use hotelmate_core::ids::MediaHash;
use tauri::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use tauri::http::{Method, Request, Response, StatusCode};
use tauri::{AppHandle, Manager, Runtime, UriSchemeContext, UriSchemeResponder};

use crate::reception::Reception;
use crate::shell::Shell;

/// A picture's name depends on its content only, so a loaded picture never has to be requested again.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// Formats that cannot contain a script. A file of any other kind is not served, whatever kind the cache reports.
const PICTURES: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/// The answer for a picture of a guest: the web view stores nothing of it.
const FOR_NOW: &str = "no-store";

/// The picture that a request names.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// A picture of the cache.
    Cached(MediaHash),
    /// A picture of the message with this key.
    OfMessage(u32, MediaHash),
}

/// A picture for the web view.
struct Served {
    bytes: Vec<u8>,
    kind: String,
    keep: &'static str,
}

/// Answers one request of the web view.
pub(crate) fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    tauri::async_runtime::spawn(async move {
        let picture = match wanted(&request) {
            Some(wanted) => picture(&app, &wanted).await,
            None => None,
        };
        responder.respond(answer(picture));
    });
}

/// Reads a request: its whole path is 64 hex digits, or the key of a message, a dot and 64 hex digits.
fn wanted(request: &Request<Vec<u8>>) -> Option<Wanted> {
    if request.method() != Method::GET {
        return None;
    }
    let path = request.uri().path().strip_prefix('/')?;
    Some(match path.split_once('.') {
        Some((key, id)) => Wanted::OfMessage(key.parse().ok()?, id.parse().ok()?),
        None => Wanted::Cached(path.parse().ok()?),
    })
}

async fn picture<R: Runtime>(app: &AppHandle<R>, wanted: &Wanted) -> Option<Served> {
    let found = async {
        if let (Wanted::Cached(hash), Some(reception)) = (wanted, app.try_state::<Reception>()) {
            let (bytes, kind) = reception.display().await?.media(hash.clone()).await?;
            return Ok(Served { bytes, kind, keep: FOR_GOOD });
        }
        // A display has no desk, and no messages.
        let shell = app.try_state::<Shell>().ok_or_else(DeskError::signed_out)?;
        let desk = shell.desk().await?;
        Ok::<_, DeskError>(match wanted {
            Wanted::Cached(hash) => {
                let (bytes, kind) = desk.media(hash).await?;
                Served { bytes, kind, keep: FOR_GOOD }
            }
            Wanted::OfMessage(key, id) => {
                let (bytes, kind) = desk.chat_picture(*key, id).await?;
                Served { bytes: bytes.into(), kind: kind.to_owned(), keep: FOR_NOW }
            }
        })
    };
    match found.await {
        Ok(served) if PICTURES.contains(&served.kind.as_str()) => Some(served),
        Ok(Served { kind, .. }) => {
            tracing::warn!(?wanted, kind, "not a picture that can be shown");
            None
        }
        Err(error) => {
            tracing::debug!(?wanted, code = ?error.code, "a picture is not here: {error}");
            None
        }
    }
}

fn answer(picture: Option<Served>) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, const { header("nosniff") });
    // If such an address is ever opened as a page, the page has no rights.
    headers.insert(CONTENT_SECURITY_POLICY, const { header("default-src 'none'; sandbox") });
    let kind = picture.as_ref().and_then(|served| served.kind.parse().ok());
    match (picture, kind) {
        (Some(Served { bytes, keep, .. }), Some(kind)) => {
            headers.insert(CONTENT_TYPE, kind);
            headers.insert(CACHE_CONTROL, header(keep));
            *response.body_mut() = bytes;
        }
        _ => {
            headers.insert(CACHE_CONTROL, const { header(FOR_NOW) });
            *response.status_mut() = StatusCode::NOT_FOUND;
        }
    }
    response
}

const fn header(text: &'static str) -> tauri::http::HeaderValue {
    tauri::http::HeaderValue::from_static(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: Method, path: &str) -> Request<Vec<u8>> {
        Request::builder().method(method).uri(format!("media://localhost{path}")).body(Vec::new()).unwrap()
    }

    #[test]
    fn only_a_whole_hash_names_a_picture_and_the_key_of_a_message_may_be_before_it() {
        let hash = MediaHash::of(b"picture");
        assert_eq!(wanted(&request(Method::GET, &format!("/{hash}"))), Some(Wanted::Cached(hash.clone())));
        let of_message = wanted(&request(Method::GET, &format!("/12.{hash}")));
        assert_eq!(of_message, Some(Wanted::OfMessage(12, hash.clone())));
        let odd = ["/{}/x", "/x/{}", "//{}", "/.{}", "/12.{}.jpg", "/-1.{}", "/12."]
            .map(|path| path.replace("{}", hash.as_str()));
        for path in ["/", "/../desk.toml"].into_iter().chain(odd.iter().map(String::as_str)) {
            assert_eq!(wanted(&request(Method::GET, path)), None, "{path}");
        }
        assert_eq!(wanted(&request(Method::POST, &format!("/{hash}"))), None);
    }

    #[test]
    fn a_picture_of_the_cache_is_kept_for_good_and_one_of_a_guest_is_not_and_neither_is_sniffed() {
        let served = |keep| Some(Served { bytes: vec![1, 2, 3], kind: "image/jpeg".to_owned(), keep });
        assert_eq!(answer(served(FOR_NOW)).headers()[CACHE_CONTROL], "no-store");
        let response = answer(served(FOR_GOOD));
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CONTENT_TYPE], "image/jpeg");
        assert_eq!(response.headers()[CACHE_CONTROL], FOR_GOOD);
        assert_eq!(response.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(response.body(), &[1, 2, 3]);
    }

    #[test]
    fn a_missing_picture_is_asked_for_again_next_time() {
        let response = answer(None);
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
    }
}
