//! Asks Windows or macOS whether the session of this program is locked.
//!
//! Both answer through a pointer, so this is the project's only package with `unsafe` code. It has one function and no
//! state. Linux reports the lock on its system bus, which needs no `unsafe` code.

/// Returns true if the session of this program is locked, or `None` if the system does not say it.
pub fn is_locked() -> Option<bool> {
    system::is_locked()
}

#[cfg(windows)]
mod system {
    use std::ffi::c_void;
    use std::mem::size_of;

    use windows::Win32::System::RemoteDesktop::{
        WTS_CURRENT_SESSION, WTS_SESSIONSTATE_LOCK, WTS_SESSIONSTATE_UNLOCK, WTSFreeMemory, WTSINFOEXW,
        WTSQuerySessionInformationW, WTSSessionInfoEx,
    };
    use windows::core::PWSTR;

    pub(super) fn is_locked() -> Option<bool> {
        let (mut answer, mut bytes) = (PWSTR::null(), 0);
        // SAFETY: Both pointers are valid for the call, which writes to nothing else.
        let asked = unsafe {
            WTSQuerySessionInformationW(None, WTS_CURRENT_SESSION, WTSSessionInfoEx, &mut answer, &mut bytes)
        };
        if asked.is_err() || answer.is_null() {
            return None;
        }
        let is_whole = usize::try_from(bytes).is_ok_and(|bytes| bytes >= size_of::<WTSINFOEXW>());
        // SAFETY: The answer has this size, and each of its fields may hold any value. It need not be aligned.
        let info = is_whole.then(|| unsafe { answer.0.cast::<WTSINFOEXW>().read_unaligned() });
        // SAFETY: The function above has allocated the answer, and it is not used after this.
        unsafe { WTSFreeMemory(answer.0.cast::<c_void>()) };
        let info = info.filter(|info| info.Level == 1)?;
        // SAFETY: Level 1 is the only member of the union.
        let flags = unsafe { info.Data.WTSInfoExLevel1.SessionFlags };
        match flags.cast_unsigned() {
            WTS_SESSIONSTATE_LOCK => Some(true),
            WTS_SESSIONSTATE_UNLOCK => Some(false),
            _ => None,
        }
    }
}

#[cfg(target_os = "macos")]
mod system {
    use objc2_core_foundation::{CFBoolean, CFDictionary, CFRetained, CFString, CFType};
    use objc2_core_graphics::CGSessionCopyCurrentDictionary;

    pub(super) fn is_locked() -> Option<bool> {
        let session = CGSessionCopyCurrentDictionary()?;
        // SAFETY: The keys of this dictionary are strings, and each value is an object of Core Foundation.
        let session = unsafe { CFRetained::cast_unchecked::<CFDictionary<CFString, CFType>>(session) };
        // The key is there only while the screen is locked.
        let value = session.get(&CFString::from_static_str("CGSSessionScreenIsLocked"));
        Some(value.is_some_and(|value| value.downcast_ref::<CFBoolean>().is_none_or(CFBoolean::as_bool)))
    }
}

#[cfg(not(any(windows, target_os = "macos")))]
mod system {
    pub(super) fn is_locked() -> Option<bool> {
        None
    }
}
