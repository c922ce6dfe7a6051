//! A guest at the server of 2026-05, over the link of the booking.

use demo_hotel::DemoHotel;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use super::{Answer, Listener, client, read};

/// A guest with a session.
pub struct Guest {
    client: Client,
    zone: String,
    session: String,
    /// The answer that began the session.
    pub context: Answer,
}

impl Guest {
    pub async fn of_101(hotel: &DemoHotel) -> Self {
        let zone = format!("{}/api/guest/hotel/killarney/chat/", hotel.url());
        let token = hotel.rooms()[0].guest_token.clone().unwrap();
        let context = read(client().get(format!("{zone}context?token={token}"))).await.unwrap();
        let session = context.json()["chat_session"].as_str().unwrap().to_owned();
        Self { client: client(), zone, session, context }
    }

    pub async fn get(&self, path: &str) -> Answer {
        read(self.request(Method::GET, path)).await.unwrap()
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        read(self.request(Method::POST, path).json(&body)).await.unwrap()
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.zone))
            .header("X-Guest-Chat-Session", &self.session)
    }

    /// Opens a socket on the private channel of the booking.
    pub async fn listen(&self, hotel: &DemoHotel) -> Listener {
        let channel = self.context.json()["channel_name"].clone();
        let mut socket = Listener::connect(hotel).await;
        let greeting = socket.frame().await;
        let greeting: Value = serde_json::from_str(greeting["data"].as_str().unwrap()).unwrap();
        let request = json!({"socket_id": greeting["socket_id"], "channel_name": channel});
        let auth = self.post("pusher/auth", request).await.json()["auth"].clone();
        let data = json!({"channel": channel, "auth": auth});
        socket.say(json!({"event": "pusher:subscribe", "data": data})).await;
        assert_eq!(socket.frame().await["event"], "pusher_internal:subscription_succeeded");
        socket
    }
}
