//! The `media:` scheme: pictures of the local cache, by hash. The window can load no other pictures.

use hotelmate_core::ids::MediaHash;
use tauri::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use tauri::http::{Method, Request, Response, StatusCode};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

use crate::shell::Shell;

/// A picture's name depends on its content only, so a loaded picture never has to be requested again.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// Formats that cannot contain a script. A file of any other kind is not served, whatever kind the cache reports.
const PICTURES: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/// Answers one request of the web view.
pub(crate) fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    tauri::async_runtime::spawn(async move {
        let picture = match wanted(&request) {
            Some(hash) => picture(&app.state::<Shell>(), &hash).await,
            None => None,
        };
        responder.respond(answer(picture));
    });
}

/// Returns the hash of a request: its whole path is 64 hex digits, nothing else.
fn wanted(request: &Request<Vec<u8>>) -> Option<MediaHash> {
    if request.method() != Method::GET {
        return None;
    }
    request.uri().path().strip_prefix('/')?.parse().ok()
}

async fn picture(shell: &Shell, hash: &MediaHash) -> Option<(Vec<u8>, String)> {
    let found = async { shell.desk().await?.media(hash).await }.await;
    match found {
        Ok((bytes, kind)) if PICTURES.contains(&kind.as_str()) => Some((bytes, kind)),
        Ok((_, kind)) => {
            tracing::warn!(%hash, kind, "not a picture that can be shown");
            None
        }
        Err(error) => {
            tracing::debug!(%hash, code = ?error.code, "a picture is not here: {error}");
            None
        }
    }
}

fn answer(picture: Option<(Vec<u8>, String)>) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, const { header("nosniff") });
    // If such an address is ever opened as a page, the page has no rights.
    headers.insert(CONTENT_SECURITY_POLICY, const { header("default-src 'none'; sandbox") });
    let kind = picture.as_ref().and_then(|(_, kind)| kind.parse().ok());
    match (picture, kind) {
        (Some((bytes, _)), Some(kind)) => {
            headers.insert(CONTENT_TYPE, kind);
            headers.insert(CACHE_CONTROL, const { header(FOR_GOOD) });
            *response.body_mut() = bytes;
        }
        _ => {
            headers.insert(CACHE_CONTROL, const { header("no-store") });
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
    fn only_a_whole_hash_names_a_picture() {
        let hash = MediaHash::of(b"picture");
        assert_eq!(wanted(&request(Method::GET, &format!("/{hash}"))), Some(hash.clone()));
        for path in ["/", "/../desk.toml", &format!("/{hash}/x"), &format!("/x/{hash}"), &format!("//{hash}")]
        {
            assert_eq!(wanted(&request(Method::GET, path)), None, "{path}");
        }
        assert_eq!(wanted(&request(Method::POST, &format!("/{hash}"))), None);
    }

    #[test]
    fn a_picture_is_kept_for_good_and_never_sniffed() {
        let response = answer(Some((vec![1, 2, 3], "image/jpeg".to_owned())));
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
