//! Only a crash of the software under the window makes a test run a second time, never a failure of the program.

use desk_tests::window::{Fixture, until};

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_under_the_test_is_noticed_and_what_the_test_ends_itself_is_none() {
    let fixture = Fixture::set("crashes").await;
    let window = fixture.open_signed_in().await;
    assert_eq!(fixture.crash(), None);
    for page in fixture.page_processes() {
        fixture.crash_process(page);
    }
    until("the end of the page's process", async || {
        (fixture.crash()? == "The process that draws the page crashed.").then_some(())
    })
    .await;

    let window = fixture.kill_and_restart(window).await;
    assert_eq!(fixture.crash(), None);
    fixture.kill_page();
    assert_eq!(fixture.crash(), None, "the test has killed it");

    let _window = fixture.kill_and_restart(window).await;
    fixture.crash_process(fixture.driver_process());
    until("the end of the driver", async || {
        (fixture.crash()? == "WebKitWebDriver crashed (signal 6).").then_some(())
    })
    .await;
}
