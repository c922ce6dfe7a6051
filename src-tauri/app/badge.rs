//! The badge on the task bar: the number of new activities and of intents that need a person.
//!
//! macOS shows a number in the Dock. Linux has no standard; the launchers that show numbers (Ubuntu's and Unity's dock,
//! KDE's task bar, Dash to Dock) listen to the session bus and know the program by its desktop file, so only an
//! installed program has a badge. Windows has no numbers: a small picture is laid over the program's button. Without
//! such a launcher, nothing happens.

use tauri::AppHandle;

/// The badge, with the number that it shows.
#[derive(Default)]
pub(crate) struct Badge {
    shown: u32,
    #[cfg(target_os = "linux")]
    bus: linux::Bus,
}

impl Badge {
    /// Shows a count; zero removes the badge.
    pub(crate) async fn show(&mut self, app: &AppHandle, count: u32) {
        // On Windows it is on the window's button, and disappears with the button when the window is hidden.
        if count == self.shown && !cfg!(target_os = "windows") {
            return;
        }
        #[cfg(target_os = "linux")]
        if self.bus.show(&format!("{}.desktop", app.package_info().name), count).await {
            self.shown = count;
        }
        #[cfg(not(target_os = "linux"))]
        {
            use tauri::Manager;
            let Some(window) = app.get_webview_window(crate::window::MAIN) else { return };
            #[cfg(target_os = "windows")]
            let outcome = window.set_overlay_icon((count > 0).then(|| picture(count)));
            #[cfg(not(target_os = "windows"))]
            let outcome = window.set_badge_count((count > 0).then_some(i64::from(count)));
            match outcome {
                Ok(()) => self.shown = count,
                Err(error) => tracing::debug!(%error, "no badge on the task bar"),
            }
        }
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashMap;
    use std::time::Duration;

    use zbus::zvariant::Value;

    /// Time limit of a call. A frozen session bus counts as none.
    const PATIENCE: Duration = Duration::from_secs(2);

    /// The interface that launchers listen to (`com.canonical.Unity.LauncherEntry`).
    const INTERFACE: &str = "com.canonical.Unity.LauncherEntry";

    /// The connection stays open: launchers remove the badge of a program that leaves the bus.
    #[derive(Default)]
    pub(super) struct Bus(Option<zbus::Connection>);

    impl Bus {
        /// Returns false if the launchers were not notified.
        pub(super) async fn show(&mut self, desktop_file: &str, count: u32) -> bool {
            let sent = tokio::time::timeout(PATIENCE, self.emit(desktop_file, count)).await;
            let error = match sent {
                Ok(Ok(())) => return true,
                Ok(Err(error)) => error.to_string(),
                Err(_) => "the session bus does not answer".to_owned(),
            };
            tracing::debug!(error, "no badge on the task bar");
            self.0 = None;
            false
        }

        async fn emit(&mut self, desktop_file: &str, count: u32) -> zbus::Result<()> {
            let bus = match &self.0 {
                Some(bus) => bus,
                None => self.0.insert(zbus::Connection::session().await?),
            };
            let shown = HashMap::from([
                ("count", Value::from(i64::from(count))),
                ("count-visible", Value::from(count > 0)),
            ]);
            let program = format!("application://{desktop_file}");
            let path = "/com/canonical/unity/launcherentry/1";
            bus.emit_signal(None::<&str>, path, INTERFACE, "Update", &(program, shown)).await
        }
    }
}

/// The side of the picture that Windows lays over the button, in pixels.
#[cfg(any(target_os = "windows", test))]
const SIDE: usize = 32;

/// Draws a red disc with the count in white; more than nine is `9+`.
#[cfg(any(target_os = "windows", test))]
fn picture(count: u32) -> tauri::image::Image<'static> {
    let text = if count > 9 { "9+".to_owned() } else { count.to_string() };
    let mut pixels = vec![0; SIDE * SIDE * 4];
    let mut draw = |x: usize, y: usize, colour: [u8; 4]| {
        pixels[(y * SIDE + x) * 4..][..4].copy_from_slice(&colour);
    };
    let middle = SIDE as f32 / 2.0;
    for (x, y) in (0..SIDE * SIDE).map(|n| (n % SIDE, n / SIDE)) {
        if (x as f32 + 0.5 - middle).hypot(y as f32 + 0.5 - middle) <= middle {
            draw(x, y, [200, 30, 30, 255]);
        }
    }
    // Letters of three by five squares, with one between them.
    let squares = 4 * text.len() - 1;
    let square = if text.len() == 1 { 4 } else { 3 };
    let (left, top) = ((SIDE - squares * square) / 2, (SIDE - 5 * square) / 2);
    for (n, letter) in text.chars().enumerate() {
        for (row, bits) in glyph(letter).into_iter().enumerate() {
            for column in (0..3).filter(|column| bits & (4 >> column) != 0) {
                for (x, y) in (0..square * square).map(|n| (n % square, n / square)) {
                    draw(left + (4 * n + column) * square + x, top + row * square + y, [255; 4]);
                }
            }
        }
    }
    tauri::image::Image::new_owned(pixels, SIDE as u32, SIDE as u32)
}

/// Returns the rows of a letter, three bits each.
#[cfg(any(target_os = "windows", test))]
fn glyph(letter: char) -> [u8; 5] {
    match letter {
        '0' => [7, 5, 5, 5, 7],
        '1' => [2, 6, 2, 2, 7],
        '2' => [7, 1, 7, 4, 7],
        '3' => [7, 1, 7, 1, 7],
        '4' => [5, 5, 7, 1, 1],
        '5' => [7, 4, 7, 1, 7],
        '6' => [7, 4, 7, 5, 7],
        '7' => [7, 1, 2, 2, 2],
        '8' => [7, 5, 7, 5, 7],
        '9' => [7, 5, 7, 1, 7],
        _ => [0, 2, 7, 2, 0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: u32) -> Vec<String> {
        let image = picture(count);
        let sign = |pixel: &[u8]| match pixel {
            [_, _, _, 0] => ' ',
            [255, 255, 255, _] => '#',
            _ => '.',
        };
        let signs: Vec<char> = image.rgba().chunks(4).map(sign).collect();
        signs.chunks(SIDE).map(|row| row.iter().collect()).collect()
    }

    #[test]
    fn the_picture_is_a_disc_with_the_number_in_its_middle() {
        let seven = rows(7);
        assert!(seven[0].starts_with(' ') && seven[0].ends_with(' '));
        assert_eq!(seven[6].matches('#').count(), 12, "the upper bar of a seven");
        assert_eq!(seven[25].matches('#').count(), 4, "its foot");
        assert_eq!(seven[27].matches('#').count(), 0);
    }

    #[test]
    fn more_than_nine_is_told_as_such_and_no_two_numbers_look_alike() {
        assert_eq!(rows(10), rows(4711));
        for count in 1..=9 {
            assert_ne!(rows(count), rows(count + 1));
        }
    }
}
