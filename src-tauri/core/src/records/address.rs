//! The hotel server's rules for a web address (contract.md 13). They are those of its framework.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Longest name of a host.
const HOST: usize = 253;
/// Longest part of a host's name.
const LABEL: usize = 63;
/// The schemes that the server accepts. Guests open the address, so `javascript:` and similar schemes are not among
/// them.
const SCHEMES: [&str; 4] = ["http", "https", "ftp", "ftps"];

/// Returns true if the server accepts the address: a known scheme, and a host with a top-level domain, `localhost` or
/// an address.
pub(super) fn is_web_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let known = SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme));
    let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match place.rsplit_once('@') {
        Some((person, host)) if is_person(person) => host,
        Some(_) => return false,
        None => place,
    };
    known && !text.contains(char::is_whitespace) && is_host_with_port(host)
}

/// Returns true for `name` or `name:password`.
fn is_person(text: &str) -> bool {
    let (name, password) = text.split_once(':').unwrap_or((text, ""));
    !name.is_empty() && !name.contains('@') && !password.contains([':', '@'])
}

fn is_host_with_port(text: &str) -> bool {
    let (host, port) = match text.rfind([':', ']']) {
        Some(at) if text[at..].starts_with(':') => (&text[..at], Some(&text[at + 1..])),
        _ => (text, None),
    };
    let is_port =
        |port: &str| (1..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit());
    port.is_none_or(is_port) && is_host(host)
}

fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return inner.parse::<Ipv6Addr>().is_ok();
    }
    if host.eq_ignore_ascii_case("localhost") || host.parse::<Ipv4Addr>().is_ok() {
        return true;
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let Some((rest, top)) = name.rsplit_once('.') else { return false };
    host.chars().count() <= HOST && rest.split('.').all(is_label) && is_top_level(top)
}

/// Returns true for a letter of a name other than a digit. An underscore is not accepted.
fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic() || ('\u{a1}'..='\u{ffff}').contains(&letter)
}

fn is_label(label: &str) -> bool {
    let inner = |letter: char| is_letter(letter) || letter.is_ascii_digit() || letter == '-';
    (1..=LABEL).contains(&label.chars().count())
        && label.chars().all(inner)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_top_level(top: &str) -> bool {
    let foreign = top.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
    let letters = top.chars().all(|letter| is_letter(letter) || letter == '-');
    is_label(top) && (foreign || (letters && top.chars().count() >= 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_takes_is_taken() {
        for fine in [
            "https://hotel.example/book?x=1#top",
            "HTTP://HOTEL.EXAMPLE",
            "ftp://files.hotel.example/menu.pdf",
            "ftps://hotel.example",
            "http://localhost:8000/book",
            "http://127.0.0.1/",
            "http://[::1]:8080/book",
            "https://nora:secret@hotel.example/",
            "https://hotel.example.",
            "https://hôtel.example",
            "https://hotel.xn--p1ai",
            "https://hotel.example?room=2",
        ] {
            assert!(is_web_address(fine), "{fine}");
        }
    }

    #[test]
    fn what_the_server_refuses_is_refused_here() {
        for wrong in [
            "hotel.example",
            "javascript:alert(1)",
            "javascript://hotel.example",
            "mailto:stay@hotel.example",
            "https://",
            "https://hotel",
            "https://my_hotel.example",
            "https://-hotel.example",
            "https://hotel-.example",
            "https://hotel..example",
            "https://hotel.e",
            "https://hotel.123",
            "https://hotel.example:port",
            "https://hotel.example:123456",
            "https://hotel.example/a b",
            "https://999.1.1.1",
            "https://[::g]",
            "https:hotel.example",
        ] {
            assert!(!is_web_address(wrong), "{wrong}");
        }
    }
}
