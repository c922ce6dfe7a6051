//! `gallery`: the pictures of the hotel's galleries.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::ids::LocalId;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{GalleriesView, GalleryView, ImageView, NewImage, Place};

use crate::cli::{GalleryCommand, ImageAddArgs, OrderArgs};
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::records::{may_write, remark_unread};
use crate::text::{listed, plain};
use crate::{outbox, picture, states};

/// Carries out one `gallery` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: GalleryCommand) -> Outcome {
    match command {
        GalleryCommand::List => list(desk, out).await,
        GalleryCommand::Add(args) => add(desk, out, args).await,
        GalleryCommand::Rm { images } => remove(desk, out, &images).await,
        GalleryCommand::Order(args) => order(desk, out, &args).await,
        GalleryCommand::Caption { image, text } => caption(desk, out, image, text).await,
    }
}

async fn list(desk: &Desk, out: &mut Output) -> Outcome {
    let view = desk.galleries().await?;
    out.answer(&view.galleries, || list_in_words(&view))?;
    remark_unread(desk, out, |capabilities| capabilities.of(Kind::Gallery), view.as_of).await?;
    Ok(Exit::Done)
}

async fn add(desk: &Desk, out: &mut Output, args: ImageAddArgs) -> Outcome {
    may_write(desk, |capabilities| capabilities.of(Kind::Gallery)).await?;
    if !args.caption.is_empty() {
        may_write(desk, |capabilities| &capabilities.captions).await?;
    }
    let gallery = chosen(desk, args.gallery.as_deref(), args.after).await?;
    // All files are checked before the first one is queued.
    let mut images = Vec::new();
    for file in &args.files {
        let picture = picture::prepare(desk, out, file).await?;
        images.push(NewImage { picture, caption: args.caption.clone() });
    }
    let keys = desk.add_images(gallery, images, args.after).await?;
    let mut added = view(desk, gallery).await?.images;
    added.retain(|image| keys.contains(&image.local_id));
    answer(out, &added)
}

/// Removes pictures. Answers with them as they were, so that a script can keep the removed content.
async fn remove(desk: &Desk, out: &mut Output, images: &[LocalId]) -> Outcome {
    may_write(desk, |capabilities| &capabilities.gallery_removal).await?;
    let mut found = Vec::new();
    for image in images {
        found.push(find(desk, *image).await?);
    }
    for (gallery, image) in &found {
        desk.remove_image(gallery.local_id, image.local_id).await?;
    }
    answer(out, &found.into_iter().map(|(_, image)| image).collect::<Vec<_>>())
}

async fn order(desk: &Desk, out: &mut Output, args: &OrderArgs) -> Outcome {
    may_write(desk, |capabilities| capabilities.of(Kind::Gallery)).await?;
    let (gallery, _) = find(desk, args.image).await?;
    let place = match args {
        OrderArgs { before: Some(other), .. } => Place::Before { other: *other },
        OrderArgs { after: Some(other), .. } => Place::After { other: *other },
        OrderArgs { first: true, .. } => Place::First,
        _ => Place::Last,
    };
    desk.move_image(gallery.local_id, args.image, place).await?;
    let gallery = view(desk, gallery.local_id).await?;
    out.answer(&gallery, || keys(&gallery.images))?;
    Ok(Exit::Done)
}

async fn caption(desk: &Desk, out: &mut Output, image: LocalId, text: String) -> Outcome {
    may_write(desk, |capabilities| &capabilities.captions).await?;
    let (gallery, found) = find(desk, image).await?;
    if found.url.is_some() {
        return Err(failure!(TooLate, "deskctl-caption-too-late"));
    }
    desk.caption_image(gallery.local_id, image, text).await?;
    let (_, image) = find(desk, image).await?;
    answer(out, &[image])
}

/// Returns the gallery that was named, or that holds the picture beside which the new ones go, or the only one.
async fn chosen(desk: &Desk, named: Option<&str>, beside: Option<LocalId>) -> Result<LocalId, DeskError> {
    if let Some(text) = named {
        return desk.find_entity(Kind::Gallery, text).await;
    }
    if let Some(image) = beside {
        return Ok(find(desk, image).await?.0.local_id);
    }
    match desk.galleries().await?.galleries.as_slice() {
        [only] => Ok(only.local_id),
        [] => Err(failure!(NotFound, "deskctl-gallery-not-read")),
        _ => Err(failure!(Configuration, "deskctl-several-galleries")),
    }
}

async fn view(desk: &Desk, id: LocalId) -> Result<GalleryView, DeskError> {
    let galleries = desk.galleries().await?.galleries;
    let found = galleries.into_iter().find(|gallery| gallery.local_id == id);
    found.ok_or_else(|| failure!(NotFound, "deskctl-gallery-gone"))
}

async fn find(desk: &Desk, image: LocalId) -> Result<(GalleryView, ImageView), DeskError> {
    let galleries = desk.galleries().await?.galleries;
    let found = galleries.into_iter().find_map(|gallery| {
        let found = gallery.images.iter().find(|shown| shown.local_id == image).cloned()?;
        Some((gallery, found))
    });
    found.ok_or_else(|| failure!(NotFound, "deskctl-picture-gone"))
}

fn answer(out: &mut Output, images: &[ImageView]) -> Outcome {
    out.answer(&images, || keys(images))?;
    Ok(Exit::Done)
}

/// Returns the local ids for people, one a line.
fn keys(images: &[ImageView]) -> String {
    images.iter().map(|image| image.local_id.to_string()).collect::<Vec<_>>().join("\n")
}

fn list_in_words(view: &GalleriesView) -> String {
    let mut parts = Vec::new();
    for gallery in &view.galleries {
        let row = |image: &ImageView| {
            let url = image.url.as_deref().map_or_else(|| say!("deskctl-picture-not-sent"), plain);
            [image.local_id.to_string(), states::sync(image.sync), plain(&image.caption), url]
        };
        let rows: Vec<_> = gallery.images.iter().map(row).collect();
        if !gallery.name.is_empty() {
            parts.push(format!("{} ({})", plain(&gallery.name), gallery.local_id));
        }
        let total = say!("deskctl-count-pictures", count = rows.len());
        parts.push(listed(&say!("deskctl-columns-gallery"), &rows, &total, view.as_of));
        parts.extend(gallery.pending.iter().map(outbox::in_words));
    }
    parts.join("\n\n")
}
