//! This client beside the official `pusher-js`: the same server plays one conversation to both, and every difference in
//! the delivered events must be an intended one.

mod answers;
mod conversation;
mod differences;
mod ours;
mod stage;

use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::process::Command;
use tokio::time::timeout;

use conversation::{Conversation, folder};
use differences::Lines;
use stage::Stage;

/// Time limit of a part of the scenes, which takes pusher-js about ten seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// The number of processes that share the scenes.
const PARTS: usize = 4;

/// Returns the reason why pusher-js cannot be run here.
fn obstacle() -> Option<&'static str> {
    let works = |command: &str| {
        std::process::Command::new(command)
            .arg("--version")
            .stdout(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    if !folder().join("js/node_modules/pusher-js").is_dir() {
        return Some(
            "pusher-js is not installed: `cargo xtask interop`, or `npm ci` in src-tauri/pusher/peers/js",
        );
    }
    (!works("node")).then_some("Node.js is not installed")
}

/// Returns the events that pusher-js delivers in all scenes. Most of the time it waits, so several processes share
/// them.
async fn pusher_js(port: u16) -> Lines {
    join_all((0..PARTS).map(|part| one_part(port, part))).await.into_iter().flatten().collect()
}

async fn one_part(port: u16, part: usize) -> Lines {
    let mut node = Command::new("node");
    node.arg("converse.js").arg(port.to_string()).arg(conversation::file());
    node.args([part, PARTS].map(|number| number.to_string()));
    node.current_dir(folder().join("js")).kill_on_drop(true);
    let output = timeout(PATIENCE, node.output()).await.expect("pusher-js takes too long").unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut lines = Lines::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let mut said: Value = serde_json::from_str(line).unwrap();
        let scene = said["scene"].as_str().unwrap().to_owned();
        lines.entry(scene).or_default().push(said["line"].take());
    }
    lines
}

#[tokio::test]
async fn check_111_every_difference_to_pusher_js_is_an_intended_one() {
    if let Some(obstacle) = obstacle() {
        // Printed past the capture of the test runner, so that a skipped check is not taken for a passed one.
        let _ = writeln!(std::io::stderr(), "check 111 is skipped: {obstacle}");
        return;
    }
    let conversation = Conversation::read();
    let stage = Stage::open(&conversation).await;
    let play_ours = async {
        let mut lines = Lines::new();
        for scene in &conversation.scenes {
            lines.insert(scene.name.clone(), ours::play(scene, stage.port).await);
        }
        lines
    };
    let (mut ours, mut theirs) = tokio::join!(play_ours, pusher_js(stage.port));
    for scene in &conversation.scenes {
        for (who, lines) in [("ours", &mut ours), ("js", &mut theirs)] {
            let lines = lines.entry(scene.name.clone()).or_default();
            // Requests and frames have an order of their own, and so have delivered events.
            lines.sort_by_key(|line| line.get("asked").is_some());
            let mut sent: Vec<Value> = stage.heard(who, &scene.name).into_iter().map(plain).collect();
            // Signing in and subscribing do not depend on each other.
            sent.sort_by_key(|frame| frame["event"] != "pusher:signin");
            lines.extend(sent.into_iter().map(|frame| json!({ "sent": frame })));
        }
    }
    differences::assert_intended(&differences::between(&ours, &theirs), &differences::intended());
}

/// Returns a frame of a client without meaningless parts: pusher-js sends an empty `auth` for public channels.
fn plain(mut frame: Value) -> Value {
    if let Some(data) = frame["data"].as_object_mut()
        && data.get("auth") == Some(&json!(""))
    {
        data.remove("auth");
    }
    frame
}
