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
