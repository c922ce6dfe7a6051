### What was typed before and not saved.

drafts-title = Not saved yet
drafts-pictures =
    { $count ->
        [one] { $count } picture for the gallery
       *[other] { $count } pictures for the gallery
    }
drafts-lead = You typed here and did not save.
drafts-lead-here = You typed here before and did not save.
drafts-lead-new = You began this and did not save it.
drafts-lead-pictures = You chose this and did not add it.
drafts-gone = It has been deleted. What you typed can become a new one.
drafts-gone-gallery = The gallery has been deleted.
drafts-gone-conversation = The conversation is no longer there.
drafts-resume = Continue where you were, { $time }
drafts-resume-of = Continue where you were, { $time }: { $name }
drafts-discard = Discard
drafts-discard-of = Discard: { $name }
drafts-discarded = What you typed is discarded.
drafts-more = { $count } more
drafts-unreadable = This was typed in another version of the program and cannot be continued.
drafts-no-gallery = The gallery is not there any more, so the pictures cannot be added.
drafts-sign-out-typed = Typed { $time } and not saved.
drafts-sign-out-loses = What you typed is lost.

draft-new-offer = New offer
draft-new-room_type = New room type
draft-new-staff = New person of the team
draft-new-branding = Branding
draft-new-gallery = Gallery
draft-new-conversation = Message to a guest
draft-untitled-offer = Offer
draft-untitled-room_type = Room type
draft-untitled-branding = Branding
draft-untitled-gallery = Gallery
draft-untitled-staff = Person of the team
draft-untitled-conversation = Message to a guest
draft-named = { $kind }: { $title }
