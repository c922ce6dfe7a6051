//! The desktop around the program on the session bus: its services for notifications, tray icons and numbers on the
//! task bar.
//!
//! It replaces a real desktop, which would need a screen and would report nothing to a test. The program, its libraries
//! and the bus are the real ones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::StreamExt;
use zbus::message::{Header, Type};
use zbus::proxy::CacheProperties;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Structure, Value};
use zbus::{Connection, MatchRule, MessageStream, Proxy};

use super::until;

/// The path of the notification service (Desktop Notifications Specification).
const NOTIFICATIONS: &str = "/org/freedesktop/Notifications";

/// The path at which tray icons register (freedesktop.org, StatusNotifierItem).
const WATCHER: &str = "/StatusNotifierWatcher";

/// A notification as the program sent it.
#[derive(Debug, Clone)]
pub struct Notification {
    /// The desktop's number of the notification.
    id: u32,
    /// The name of the program.
    pub program: String,
    /// The text under the title, which may be markup.
    pub body: String,
    /// The possible actions: pairs of a key and a label.
    pub actions: Vec<String>,
}

/// A line of the tray icon's menu.
struct Line {
    id: i32,
    words: String,
    /// True if it can be chosen.
    enabled: bool,
}

/// The program's calls so far.
#[derive(Debug, Default)]
struct Reported {
    notifications: Vec<Notification>,
    /// The numbers of the notifications that the program has removed.
    taken_away: Vec<u32>,
    /// The bus address and the path of the tray icon.
    icon: Option<(String, String)>,
    /// The numbers of the badge, in order; none for a removal.
    badges: Vec<Option<i64>>,
}

type Shared = Arc<Mutex<Reported>>;

/// The desktop. It ends with its owner.
pub struct Desktop {
    bus: Connection,
    reported: Shared,
}

impl Desktop {
    /// Registers the services of a desktop on the session bus with this address.
    pub(super) async fn start(address: &str) -> Self {
        let reported = Shared::default();
        let bus =
            on_the_bus(address, &reported).await.expect("the desktop has its places on the session bus");
        Self { bus, reported }
    }

    fn read<T>(&self, part: impl FnOnce(&Reported) -> T) -> T {
        part(&self.reported.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until this number of notifications has come in total, and returns the last one.
    ///
    /// # Panics
    /// If more of them come.
    pub async fn until_notifications(&self, count: usize) -> Notification {
        let all = until(&format!("notification {count}"), async || {
            let all = self.read(|reported| reported.notifications.clone());
            (all.len() >= count).then_some(all)
        })
        .await;
        assert_eq!(all.len(), count, "one for each: {all:#?}");
        all.into_iter().next_back().expect("more than none was waited for")
    }

    /// Clicks on a notification until `is_done` returns true. The program receives clicks only after the answer that
    /// the notification is shown, and a person is slower than that.
    pub async fn click(&self, notification: &Notification, mut is_done: impl AsyncFnMut() -> bool) {
        until("what a click on the notification does", async || {
            let click = &(notification.id, "default");
            let emitted = self.bus.emit_signal(
                None::<&str>,
                NOTIFICATIONS,
                "org.freedesktop.Notifications",
                "ActionInvoked",
                click,
            );
            emitted.await.expect("the bus takes the click");
            is_done().await.then_some(())
        })
        .await;
    }

    /// Waits until the program has removed a notification.
    pub async fn until_taken_away(&self, notification: &Notification) {
        until("the notification to go", async || {
            self.read(|reported| reported.taken_away.contains(&notification.id)).then_some(())
        })
        .await;
    }

    /// Waits until the badge has shown exactly these numbers, in this order; none stands for a removal.
    pub async fn until_badges(&self, numbers: &[Option<i64>]) {
        until(&format!("the badges {numbers:?}"), async || {
            self.read(|reported| reported.badges == numbers).then_some(())
        })
        .await;
    }

    /// Returns the file of the tray icon's picture.
    pub async fn icon(&self) -> String {
        until("the tray icon", async || self.of_icon("IconName").await).await
    }

    /// Waits until the tray icon has another picture, and returns its file.
    pub async fn until_icon_is_not(&self, before: &str) -> String {
        until("another tray icon", async || {
            self.of_icon::<String>("IconName").await.filter(|icon| icon != before)
        })
        .await
    }

    /// Waits until the menu has a line with this label.
    pub async fn until_line(&self, words: &str) {
        self.line(words, |line| line.words == words).await;
    }

    /// Waits until the menu has an enabled line with this beginning, and returns its label.
    pub async fn until_choice(&self, beginning: &str) -> String {
        self.line(beginning, |line| line.words.starts_with(beginning) && line.enabled).await.words
    }

    /// Chooses the menu's line with this label as soon as it is enabled.
    pub async fn choose(&self, words: &str) {
        let line = self.line(words, |line| line.words == words && line.enabled).await;
        let menu = self.menu().await.expect("it was there a moment ago");
        let click = &(line.id, "clicked", Value::from(0), 0_u32);
        menu.call::<_, _, ()>("Event", click).await.expect("the menu takes the click");
    }

    async fn line(&self, what: &str, is_it: impl Fn(&Line) -> bool) -> Line {
        until(&format!("“{what}” in the tray's menu"), async || {
            self.lines().await?.into_iter().find(&is_it)
        })
        .await
    }

    async fn lines(&self) -> Option<Vec<Line>> {
        let everything = &(0, -1, Vec::<&str>::new());
        let (_, (_, _, children)) =
            self.menu().await?.call::<_, _, (u32, Node)>("GetLayout", everything).await.ok()?;
        children.into_iter().map(line).collect()
    }

    async fn menu(&self) -> Option<Proxy<'_>> {
        let path = self.of_icon::<OwnedObjectPath>("Menu").await?;
        let (owner, _) = self.read(|reported| reported.icon.clone())?;
        Proxy::new(&self.bus, owner, path, "com.canonical.dbusmenu").await.ok()
    }

    /// Returns a property of the tray icon, if there is an icon.
    async fn of_icon<T>(&self, property: &str) -> Option<T>
    where
        T: TryFrom<OwnedValue>,
        T::Error: Into<zbus::Error>,
    {
        let (owner, path) = self.read(|reported| reported.icon.clone())?;
        let icon: Proxy<'_> = zbus::proxy::Builder::new(&self.bus)
            .destination(owner)
            .ok()?
            .path(path)
            .ok()?
            .interface("org.kde.StatusNotifierItem")
            .ok()?
            .cache_properties(CacheProperties::No)
            .build()
            .await
            .ok()?;
        icon.get_property(property).await.ok()
    }
}

/// A line of a menu on the bus: its number, its properties, and the lines below it.
type Node = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

fn line(child: OwnedValue) -> Option<Line> {
    let child = Structure::try_from(child).ok()?;
    let [id, properties, _] = child.fields() else { return None };
    let properties = HashMap::<String, OwnedValue>::try_from(properties.try_clone().ok()?).ok()?;
    // Properties with default values are omitted.
    let words = properties.get("label").and_then(|words| words.downcast_ref::<String>().ok());
    let enabled = properties.get("enabled").and_then(|enabled| enabled.downcast_ref::<bool>().ok());
    Some(Line {
        id: id.downcast_ref().ok()?,
        words: words.unwrap_or_default(),
        enabled: enabled.unwrap_or(true),
    })
}

async fn on_the_bus(address: &str, reported: &Shared) -> zbus::Result<Connection> {
    let bus = zbus::connection::Builder::address(address)?
        .serve_at(NOTIFICATIONS, Notifications(Arc::clone(reported)))?
        .serve_at(WATCHER, Watcher(Arc::clone(reported)))?
        .name("org.freedesktop.Notifications")?
        .name("org.kde.StatusNotifierWatcher")?
        .build()
        .await?;
    let badge = MatchRule::builder()
        .msg_type(Type::Signal)
        .interface("com.canonical.Unity.LauncherEntry")?
        .member("Update")?
        .build();
    let mut updates = MessageStream::for_match_rule(badge, &bus, None).await?;
    let reported = Arc::clone(reported);
    tokio::spawn(async move {
        while let Some(Ok(update)) = updates.next().await {
            let body = update.body();
            let (program, shown): (String, HashMap<String, OwnedValue>) =
                body.deserialize().expect("an update of a badge");
            assert_eq!(program, "application://HotelMate Desk.desktop");
            let is_visible = shown["count-visible"].downcast_ref::<bool>() == Ok(true);
            let count = shown["count"].downcast_ref::<i64>().expect("a number");
            reported.lock().unwrap_or_else(PoisonError::into_inner).badges.push(is_visible.then_some(count));
        }
    });
    Ok(bus)
}

struct Notifications(Shared);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    fn get_capabilities(&self) -> Vec<&'static str> {
        vec!["actions", "body", "body-markup"]
    }

    #[expect(clippy::too_many_arguments, reason = "they are the specification's")]
    fn notify(
        &self,
        program: String,
        _replaces: u32,
        _icon: &str,
        _title: &str,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        let mut reported = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = u32::try_from(reported.notifications.len() + 1).unwrap_or(u32::MAX);
        reported.notifications.push(Notification { id, program, body, actions });
        id
    }

    fn close_notification(&self, id: u32) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).taken_away.push(id);
    }
}

struct Watcher(Shared);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    /// `service`: the path of the icon at the caller, or the name of a service that has it at the usual path.
    fn register_status_notifier_item(&self, service: &str, #[zbus(header)] header: Header<'_>) {
        let caller = header.sender().map(ToString::to_string).unwrap_or_default();
        let icon = match service.strip_prefix('/') {
            Some(_) => (caller, service.to_owned()),
            None => (service.to_owned(), "/StatusNotifierItem".to_owned()),
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).icon = Some(icon);
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        let reported = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        reported.icon.iter().map(|(owner, path)| format!("{owner}{path}")).collect()
    }
}
