//! A desk that talks to the hotel over real sockets, for every test of this folder.

mod guest;

use std::process::Stdio;
use std::time::Duration;

use demo_hotel::{DemoHotel, Options};
use futures_util::{SinkExt, StreamExt};
use reqwest::header::HeaderMap;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

pub use guest::Guest;

/// Time limit of each step of a test.
pub const DEADLINE: Duration = Duration::from_secs(10);

/// Starts the program with these arguments. It ends with the test.
pub fn program(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_demo-hotel"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}
/// The path of the offers.
pub const OFFERS: &str = "/api/staff/hotel/killarney/offers/";

pub async fn open() -> DemoHotel {
    DemoHotel::start(Options::default()).await.unwrap()
}

pub fn client() -> Client {
    // A second installation is refused, and the first one is enough.
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// A person who is signed in.
#[derive(Clone)]
pub struct Desk {
    pub client: Client,
    pub url: String,
    pub token: String,
}

/// An answer, read completely.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error} in {}: {}", self.status, self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub async fn read(request: RequestBuilder) -> reqwest::Result<Answer> {
    let response = timeout(DEADLINE, request.send()).await.expect("no answer in time")?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Answer { status, headers, text: response.text().await? })
}

impl Desk {
    pub async fn sign_in(hotel: &DemoHotel, username: &str, password: &str) -> Self {
        let client = client();
        let body = json!({"username": username, "password": password});
        let answer =
            read(client.post(format!("{}/api/staff/login/", hotel.url())).json(&body)).await.unwrap();
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        Self { client, url: hotel.url(), token }
    }

    pub async fn mary(hotel: &DemoHotel) -> Self {
        Self::sign_in(hotel, "mary", "killarney-demo").await
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.url))
            .header("Authorization", format!("Token {}", self.token))
    }

    pub async fn get(&self, path: &str) -> Answer {
        read(self.request(Method::GET, path)).await.unwrap()
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        read(self.request(Method::POST, path).json(&body)).await.unwrap()
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        read(self.request(Method::PATCH, path).json(&body)).await.unwrap()
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        read(self.request(Method::PUT, path).json(&body)).await.unwrap()
    }

    pub async fn delete(&self, path: &str) -> Answer {
        read(self.request(Method::DELETE, path)).await.unwrap()
    }

    pub async fn send_form(&self, method: Method, path: &str, form: Form) -> Answer {
        read(self.request(method, path).multipart(form)).await.unwrap()
    }

    /// Creates an offer and returns it.
    pub async fn offer(&self, title: &str) -> Value {
        self.post(OFFERS, json!({"title": title, "short_description": "For a test"})).await.json()
    }

    pub async fn upload(&self, offer: &Value, picture: Vec<u8>) -> Answer {
        let path = format!("{}upload-image/", offer_path(offer));
        self.send_form(Method::POST, &path, Form::new().part("photo", file(picture))).await
    }
}

pub fn offer_path(offer: &Value) -> String {
    format!("{OFFERS}{}/", offer["id"])
}

pub fn file(bytes: Vec<u8>) -> Part {
    Part::bytes(bytes).file_name("picture.png")
}

/// Makes a small picture whose bytes depend on the shade.
pub fn picture(shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_pixel(8, 8, image::Rgb([shade, 90, 120]));
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Makes a picture of about 3 MB, like a photo of 2560 pixels: no two of its pixels are alike, so it does not shrink.
pub fn photo() -> Vec<u8> {
    let mut state = 7_u32;
    let mut shade = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    let pixels = image::RgbImage::from_fn(1000, 1000, |_, _| image::Rgb([shade(), shade(), shade()]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A socket on the hotel's channel.
pub struct Listener(pub WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Listener {
    /// Connects without waiting for a message.
    pub async fn connect(hotel: &DemoHotel) -> Self {
        let pusher = hotel.pusher();
        let url = format!("{}/app/{}?protocol=7&client=test&version=1", pusher.host, pusher.key);
        Self(connect_async(url).await.unwrap().0)
    }

    /// Connects and subscribes to the hotel's channel.
    pub async fn on_hotel(hotel: &DemoHotel) -> Self {
        let mut socket = Self::connect(hotel).await;
        assert_eq!(socket.frame().await["event"], "pusher:connection_established");
        socket.say(json!({"event": "pusher:subscribe", "data": {"channel": "hotel-killarney"}})).await;
        assert_eq!(socket.frame().await["event"], "pusher_internal:subscription_succeeded");
        socket
    }

    /// Waits for the greeting, then subscribes.
    pub async fn greet_and_subscribe(&mut self, channel: &str) {
        assert_eq!(self.frame().await["event"], "pusher:connection_established");
        self.subscribe(channel).await;
    }

    pub async fn subscribe(&mut self, channel: &str) {
        self.say(json!({"event": "pusher:subscribe", "data": {"channel": channel}})).await;
        assert_eq!(self.frame().await["event"], "pusher_internal:subscription_succeeded");
    }

    pub async fn say(&mut self, frame: Value) {
        self.0.send(Message::Text(frame.to_string().into())).await.unwrap();
    }

    /// Returns the next message of any kind.
    pub async fn message(&mut self) -> Message {
        timeout(DEADLINE, self.0.next()).await.expect("no frame in time").unwrap().unwrap()
    }

    pub async fn frame(&mut self) -> Value {
        serde_json::from_str(self.message().await.to_text().unwrap()).unwrap()
    }

    /// Returns the next event: its name and its data.
    pub async fn event(&mut self) -> (String, Value) {
        let frame = self.frame().await;
        let data = serde_json::from_str(frame["data"].as_str().unwrap()).unwrap();
        (frame["event"].as_str().unwrap().to_owned(), data)
    }

    pub async fn names(&mut self, count: usize) -> Vec<String> {
        let mut names = Vec::new();
        while names.len() < count {
            names.push(self.event().await.0);
        }
        names
    }

    /// Returns the names of the events so far: those before a marker that is sent after them.
    pub async fn names_so_far(&mut self, hotel: &DemoHotel) -> Vec<String> {
        hotel.publish("hotel-killarney", "marker", &json!({}));
        let mut names = Vec::new();
        loop {
            match self.event().await.0 {
                name if name == "marker" => return names,
                name => names.push(name),
            }
        }
    }
}
