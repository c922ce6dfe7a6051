# What can fail, one plain sentence each; `way-out` says what the person can do now.

error-fields-wrong = Some fields need another look.
    .way-out = Correct the marked fields. Nothing that you typed is lost.
error-signed-out = Nobody is signed in.
    .way-out = Sign in first.
