### Preparing and cutting a picture.

picture-title = Edit the picture
picture-edit = Edit picture
picture-alt = The picture that is edited
picture-turn-left = Turn left
picture-turn-right = Turn right
picture-frame = The part that is used. Arrow keys move it; with Shift they resize it.
picture-place = { $width } × { $height } pixels, { $left } from the left, { $top } from the top
picture-hint = Drag the frame or its handles. By keyboard: the arrow keys move it, with Shift they resize it.
picture-size = { $width } × { $height } pixels
picture-small = This picture is small; on a big display it will look soft.
picture-reset = Reset
picture-use = Use picture
picture-preparing = Preparing the picture…
picture-stop = Stop
picture-too-big = The file is larger than 60 MB.
picture-too-big-hint = Choose a smaller picture.
picture-unreadable = The file cannot be read.
picture-unreadable-hint = Choose it again, or another one.

picture-shape = Shape
picture-shape-free = Free
picture-shape-wide = 16:9
picture-shape-photo = 4:3
picture-shape-square = 1:1

picture-handle-nw = Upper left corner
picture-handle-n = Upper edge
picture-handle-ne = Upper right corner
picture-handle-e = Right edge
picture-handle-se = Lower right corner
picture-handle-s = Lower edge
picture-handle-sw = Lower left corner
picture-handle-w = Left edge

picture-slot-photo = Picture
picture-slot-hero_image = Hero picture
picture-slot-landing_page_image = Landing page picture
picture-slot-logo = Logo
