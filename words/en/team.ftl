### The people of the hotel.

team-count =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }, { $duty } on duty
team-search = Search the team
team-search-hint = Name, department, role
team-filter = Filter by duty
team-all = All
team-on_duty = On duty
team-on_break = On break
team-off_duty = Off duty
team-unknown = Not known
team-me = You
team-since = since { $time }
team-long = Was the clock-out forgotten?
team-no-department = Without a department
team-limited = { $reason } Shown are you, and the colleagues whose clock was pressed since the program began.
team-failed = The team cannot be read
team-not-read = The team was not read from the hotel yet
team-loading = The team is being read
team-no-match = No one matches
team-no-match-lead = Look for another word, or show all people.
team-show-all = Show all

# On the card of the handover. The names are joined by commas.
team-now = On duty now: { $names }.
team-now-more = On duty now: { $names }, and { $more ->
    [one] one more person
   *[other] { $more } more people
    }.
team-now-on-break = { $name } (on a break)
team-now-none = None of your colleagues is on duty.
team-now-unknown = Which colleagues are on duty is not known here.
