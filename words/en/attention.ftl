### What has not reached the hotel: why, and the ways out.

attention-title = Attention
attention-needs = Needs attention
attention-waits = Waits to be sent
attention-waits-lead = Nothing to do here: this is sent by itself.
attention-clear = Nothing needs attention
attention-clear-lead = Changes that the hotel refuses, or that conflict with a colleague’s, show here.
attention-failed = The list cannot be shown
attention-retry = Retry
attention-edit = Edit
attention-open = Open
attention-answer = Choose
attention-restore = Create it again as new
attention-drop = Drop my changes
attention-drop-title = Drop your changes?
attention-discard = Discard
attention-discard-title = Discard this change?
attention-discard-confirm = Discard
attention-discard-loses = What is lost:
attention-mine = Yes, that is mine
attention-mine-of = Yes, “{ $title }” is mine
attention-not-mine = No, make it
attention-send-again = Send it again
attention-send-again-title = Send it again?
attention-send-again-risk = Nobody knows whether it is at the hotel already. If it is, it comes twice.
attention-discard-risk = Nobody knows whether it is at the hotel already. If it is, it stays there.
attention-tried =
    { $count ->
        [one] tried { $count } time
       *[other] tried { $count } times
    }
attention-changed-at = changed { $time }
attention-next-try = next try { $wait }

question-make_again-yes = Make it again
question-make_again-no = Leave it
question-make_again-title = Leave it as it is at the hotel?
question-make_again-confirm = Leave it
question-remove_changed-yes = Remove all the same
question-remove_changed-no = Keep it
question-remove_changed-title = Remove it all the same?
question-remove_changed-confirm = Remove
question-remove_again-yes = Remove again
question-remove_again-no = Keep it
question-remove_again-title = Remove it again?
question-remove_again-confirm = Remove
question-choose_picture-yes = Retry
question-choose_picture-no = Leave it without
question-choose_picture-title = Leave it without a picture?
question-choose_picture-confirm = Leave it without

intent-state-waiting = Waiting
intent-state-in_flight = On its way
intent-state-unclear = Checking whether it arrived
intent-state-conflict = Conflict
intent-state-attention = Needs attention

intent-kind-create = New
intent-kind-edit = Edit
intent-kind-set_picture = Picture
intent-kind-delete = Delete
intent-kind-add_image = New picture
intent-kind-move_image = Picture moved
intent-kind-remove_image = Picture removed
intent-kind-say = Message
intent-kind-unreadable = Unreadable entry

conflict-title = You and a colleague changed this
conflict-mine = Yours
conflict-theirs = Theirs
conflict-use-mine = Use mine
conflict-use-theirs = Use theirs
conflict-write = Write another
conflict-use = Use this
conflict-settled-mine = You kept yours.
conflict-settled-theirs = You took theirs.
conflict-settled-edit = You wrote another.
conflict-no-picture = No picture
conflict-their-picture = Their picture is on its way
conflict-mine-was = Yours
conflict-theirs-was = Theirs
conflict-edit-was = Your third text
conflict-use-mine-after-all = Use mine after all
conflict-use-theirs-after-all = Use theirs after all
conflict-use-edit-after-all = Use the third text after all

export-one = Export
export-one-of = Export “{ $title }” as a file
export-all = Export all as a file
export-written =
    { $count ->
        [one] { $count } entry written to
       *[other] { $count } entries written to
    }
