### Signing in, again, and out.

sign-in-title = Sign in
sign-in-lead = Use the name and password of your HotelMate staff account.
sign-in-server = Server
sign-in-server-hint = The address of your hotel’s HotelMate server
sign-in-username = User name
sign-in-password = Password
sign-in-submit = Sign in
sign-in-busy = Signing in…
sign-in-connection = Connection and reception display…
sign-in-missing = Fill in server, user name and password.

sign-in-again-title = Sign in again
sign-in-again-lead = The hotel has ended the sign-in of { $name }. Type the password to go on. Nothing you typed or changed is lost.
sign-in-again-submit = Sign in
sign-in-again-later = Later

sign-out-action = Sign out
sign-out-not-kept = You were not signed out: what you typed could not be stored on this computer.
sign-out-not-kept-hint = Save it or discard it first. The disk may be full.
sign-out-title = Not everything has reached the hotel
sign-out-lead =
    { $count ->
        [one] { $count } change is still only on this computer. What should happen to it?
       *[other] { $count } changes are still only on this computer. What should happen to them?
    }
sign-out-drafts-title = Something you typed is not saved
sign-out-drafts-lead = It is kept on this computer only. What should happen to it?
sign-out-what = What has not reached the hotel
sign-out-send = Send now
sign-out-send-hint = Signs out as soon as everything is at the hotel.
sign-out-sending = Sending: { $done } of { $total } at the hotel
sign-out-stayed =
    { $count ->
        [one] { $count } change could not be sent. You are still signed in.
       *[other] { $count } changes could not be sent. You are still signed in.
    }
sign-out-keep = Keep for my next sign-in
sign-out-keep-hint = Stays on this computer and is sent when you sign in again.
sign-out-keep-messages =
    { $count ->
        [one] A message to a guest is not kept: its text goes with your sign-in. Send it first, or export it.
       *[other] { $count } messages to guests are not kept: their texts go with your sign-in. Send them first, or export them.
    }
sign-out-export = Export as a file
sign-out-export-hint = A copy for you. Nothing is sent or removed by it.
sign-out-discard = Discard
sign-out-discard-hint = Shows what will be lost, and asks once more.
sign-out-discard-title =
    { $count ->
        [one] Discard { $count } change for good?
       *[other] Discard { $count } changes for good?
    }
sign-out-discard-lead = This cannot be undone:
sign-out-discard-confirm =
    { $count ->
        [one] Discard { $count } change
       *[other] Discard { $count } changes
    }
sign-out-back = Back
sign-out-signed-in-as = Signed in as { $name }
sign-out-not-remembered = This sign-in ends when the program is closed.
sign-out-server = Server
sign-out-duty-intent-on = Clock In, waits for the network until { $time }
sign-out-duty-intent-off = Clock Out, waits for the network until { $time }
sign-out-duty-lost-on = You will not be clocked in.
sign-out-duty-lost-off = You will not be clocked out.
