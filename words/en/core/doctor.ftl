# The checklist of `deskctl doctor` and of the window's diagnostics: what each check finds, and what to do about it.

## Several checks.
doctor-not-checked-yet = Not checked yet.
doctor-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
    }
doctor-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
    }
doctor-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
    }
doctor-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
    }
