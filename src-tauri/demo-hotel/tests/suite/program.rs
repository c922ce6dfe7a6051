//! The program on its own.

use crate::support::{DEADLINE, client, program, read};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;
use tokio::time::timeout;

async fn first_line(child: &mut Child) -> Value {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = timeout(DEADLINE, lines.next_line()).await.unwrap().unwrap().unwrap();
    serde_json::from_str(&line).unwrap()
}

#[tokio::test]
async fn its_first_line_is_all_one_needs_to_sign_in_and_listen() {
    let mut child = program(&["--port", "0", "--seed", "7"]);
    let about = first_line(&mut child).await;
    assert_eq!(about["slug"], "killarney");
    let url = about["url"].as_str().unwrap();
    let host = about["pusher"]["host"].as_str().unwrap();
    assert_eq!(host.replace("ws://", "http://"), url);
    for field in ["app_id", "key", "secret"] {
        assert!(about["pusher"][field].is_string(), "{field}");
    }
    let page = format!("{url}/guest/killarney/101");
    let room = json!({"room_number": 101, "pin": "101g", "conversation": 1, "page": page});
    assert_eq!(about["rooms"][0], room);
    let login =
        read(client().post(format!("{url}/api/staff/login/")).json(&about["users"][0])).await.unwrap();
    assert_eq!((login.status, &login.json()["role"]), (200, &json!("Manager")));
}

#[tokio::test]
async fn a_fault_plan_can_be_given_as_text_and_a_wrong_one_is_refused() {
    let plan = r#"{"rules": [{"match": {"path": "/login/"}, "action": {"status": {"code": 503}}}]}"#;
    let mut child = program(&["--port", "0", "--faults", plan]);
    let about = first_line(&mut child).await;
    let url = format!("{}/api/staff/login/", about["url"].as_str().unwrap());
    assert_eq!(read(client().post(url).json(&about["users"][0])).await.unwrap().status, 503);

    let wrong = program(&["--port", "0", "--faults", "{\"rules\": 7}"]);
    let output = timeout(DEADLINE, wrong.wait_with_output()).await.unwrap().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("the fault plan is not understood"));
}

#[tokio::test]
async fn it_plays_the_dialect_it_is_told_to_and_knows_no_others() {
    for (arguments, status) in
        [(&["--port", "0"][..], 404), (&["--port", "0", "--dialect", "galleries"], 200)]
    {
        let mut child = program(arguments);
        let about = first_line(&mut child).await;
        let url = about["url"].as_str().unwrap();
        let login = client().post(format!("{url}/api/staff/login/")).json(&about["users"][0]);
        let token = read(login).await.unwrap().json()["token"].as_str().unwrap().to_owned();
        let list = client().get(format!("{url}/api/staff/hotel/killarney/galleries/"));
        let answer = read(list.header("Authorization", format!("Token {token}"))).await.unwrap();
        assert_eq!(answer.status, status, "{arguments:?}");
    }
    let help = timeout(DEADLINE, program(&["--help"]).wait_with_output()).await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&help.stdout).contains("--dialect <DIALECT>"));
    let wrong = program(&["--port", "0", "--dialect", "klingon"]);
    let output = timeout(DEADLINE, wrong.wait_with_output()).await.unwrap().unwrap();
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("[possible values: documents, galleries, current]")
    );
}

#[cfg(unix)]
#[tokio::test]
async fn it_ends_well_when_told_to_terminate() {
    let mut child = program(&["--port", "0"]);
    first_line(&mut child).await;
    let process = child.id().unwrap().to_string();
    assert!(tokio::process::Command::new("kill").args(["-TERM", &process]).status().await.unwrap().success());
    assert!(timeout(DEADLINE, child.wait()).await.unwrap().unwrap().success());
}
