### The galleries.

gallery-title = Gallery
gallery-choose = Galleries
gallery-unnamed = Gallery
gallery-count =
    { $count ->
        [one] { $count } picture
       *[other] { $count } pictures
    }
gallery-add = Add pictures
gallery-add-hint = Choose files, drop them here, or paste a picture
gallery-drop-here = Drop the pictures here to add them at the end
gallery-read-only = You can look at the gallery, but not change it.
gallery-no-removal = Pictures cannot be removed.
gallery-loading = Reading the gallery from the hotel…
gallery-failed = The gallery cannot be shown
gallery-not-read = The gallery has not been read yet
gallery-not-read-lead = The hotel cannot be reached. The pictures show here as soon as it can.
gallery-no-gallery = The hotel has no gallery yet
gallery-no-gallery-lead = As soon as one is set up at the hotel’s server, its pictures show here.
gallery-empty = No pictures yet
gallery-empty-lead = Choose pictures, drop them here, or paste one. Guests see them in this order.
gallery-empty-read-only = What is added at the hotel shows here.
gallery-needs =
    { $count ->
        [one] { $count } change needs attention
       *[other] { $count } changes need attention
    }
gallery-picture = Picture { $place }
gallery-picture-of = Picture { $place } of { $total }
gallery-coming = The picture is on its way
gallery-remove = Remove { $name }
gallery-hero = Use as hero
gallery-hero-of = Use as hero: { $name }
gallery-hero-title = Use this as the hero picture?
gallery-hero-lead = It becomes the large picture of the hotel, in place of the one there now. It appears under Branding.
gallery-hero-confirm = Use as hero picture
gallery-hero-done = The hero picture is changed. It shows under Branding.
gallery-hero-not-read = The branding has not been read from the hotel yet.
gallery-hero-not-read-hint = Try again when the hotel can be reached.
gallery-caption = Caption (optional)
gallery-caption-of = Caption of { $file } (optional)
gallery-captions-now =
    { $count ->
        [one] { $count } picture to add. Captions are optional, and can only be given now.
       *[other] { $count } pictures to add. Captions are optional, and can only be given now.
    }
gallery-add-these =
    { $count ->
        [one] Add { $count } picture
       *[other] Add { $count } pictures
    }
gallery-edit-of = Edit: { $file }
gallery-cancel = Cancel
gallery-cancel-of = Cancel: { $file }
gallery-drop = Remove from list
gallery-drop-of = Remove from list: { $file }
gallery-retry-of = Try again: { $file }
gallery-pasted = Pasted picture

gallery-field-image = Picture
gallery-field-caption = Caption

addition-state-queued = Waits for its turn
addition-state-preparing = Preparing…
addition-state-ready = Ready
addition-state-adding = Adding…
addition-state-failed = Not added

gallery-move = Move { $name }
gallery-move-hint = Drag the picture, or press Alt and an arrow key
gallery-move-up = One earlier
gallery-move-down = One later
gallery-move-first = To the beginning
gallery-move-last = To the end
