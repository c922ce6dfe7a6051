// The answers about galleries.
import type { GalleryView, ImageView } from '../../src/generated';
import type { Answers } from '../commands';
import type { PretendDesk } from '../desk';
import { imageOf } from '../galleries';
import { putAt } from '../lists';

/** A removed picture, which the core allows to be restored for six seconds. */
interface Removed {
  image: ImageView;
  index: number;
}

export function galleryAnswers(desk: PretendDesk) {
  const removed = new Map<string, Removed>();

  async function change(id: unknown, how: (gallery: GalleryView) => GalleryView): Promise<null> {
    desk.galleries = desk.galleries.map((gallery) => (gallery.local_id === id ? how(gallery) : gallery));
    await desk.notify({ topic: 'entities', resource: 'gallery', ids: null });
    return null;
  }

  return {
    galleries: () => ({ galleries: desk.galleries, as_of: desk.asOf }),
    add_images: async ({ gallery, images }) => {
      const more = images.map(({ picture, caption }) =>
        imageOf({ local_id: crypto.randomUUID(), picture, caption, url: null, sync: 'waiting' }),
      );
      await change(gallery, (known) => ({ ...known, images: [...known.images, ...more] }));
      return more.map(({ local_id }) => local_id);
    },
    move_image: ({ gallery, image, to }) =>
      change(gallery, (known) => {
        const moved = known.images.find((other) => other.local_id === image);
        const rest = known.images.filter((other) => other.local_id !== image);
        return moved ? { ...known, images: putAt(rest, { ...moved, sync: 'waiting' }, to) } : known;
      }),
    remove_image: ({ gallery, image }) =>
      change(gallery, (known) => {
        const index = known.images.findIndex((other) => other.local_id === image);
        const gone = known.images[index];
        if (!gone) return known;
        removed.set(gone.local_id, { image: gone, index });
        const until = new Date(Date.now() + 6000).toISOString();
        return {
          ...known,
          images: known.images.toSpliced(index, 1),
          // A picture that the hotel never had is not sent, so its removal needs no undo.
          undo: gone.url === null ? known.undo : [...known.undo, { image: gone.local_id, until }],
        };
      }),
    undo_remove_image: ({ gallery, image }) =>
      change(gallery, (known) => {
        const back = removed.get(image);
        return {
          ...known,
          images: back ? known.images.toSpliced(back.index, 0, back.image) : known.images,
          undo: known.undo.filter((other) => other.image !== image),
        };
      }),
  } satisfies Answers;
}
