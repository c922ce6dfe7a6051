// The hotel's galleries, and which of them is on the screen.
import type { Activity } from '../generated/Activity';
import type { GalleryView } from '../generated/GalleryView';
import type { ImageView } from '../generated/ImageView';
import type { LocalId } from '../generated/LocalId';
import { t } from '../messages';
import { command } from '../platform';
import { attempt } from './actions';
import { isAbout, LiveQuery } from './live.svelte';
import { Mover } from './moving';
import { toasts } from './toasts.svelte';

class Galleries {
  query = new LiveQuery(() => command('galleries'), (change) => isAbout(change, 'gallery'));
  /** The gallery that the person chose; null for the first one. */
  chosen = $state.raw<LocalId | null>(null);

  #movers = new Map<LocalId, Mover>();

  get all(): GalleryView[] {
    return this.query.value?.galleries ?? [];
  }

  /** The gallery on the screen; null while there is none. */
  get current(): GalleryView | null {
    return this.find(this.chosen) ?? this.all[0] ?? null;
  }

  find(id: LocalId | null): GalleryView | undefined {
    return this.all.find((gallery) => gallery.local_id === id);
  }

  /** Carries out the moves within one gallery, also after another one was chosen. */
  mover(gallery: LocalId): Mover {
    const known = this.#movers.get(gallery);
    if (known) return known;
    const images = (): ImageView[] => this.find(gallery)?.images ?? [];
    const mover = new Mover({
      get total() {
        return images().length;
      },
      at: (index) => images()[index]?.local_id,
      placeOf: (id) => images().findIndex((image) => image.local_id === id),
      move: (image, to) => command('move_image', { gallery, image, to }),
      fresh: () => this.query.fresh(),
    });
    this.#movers.set(gallery, mover);
    return mover;
  }

  /** Forgets everything, for the next person who signs in. */
  forget(): void {
    this.query.forget();
    this.#movers.clear();
    this.chosen = null;
  }
}

export const galleries = new Galleries();

/** What a picture is called: its caption, or its place. */
export function nameOf(image: ImageView, index: number): string {
  return image.caption.trim() || t('gallery-picture', { place: index + 1 });
}

/** Takes a picture out and offers to put it back for as long as the core keeps the removal. */
export async function removeImage(gallery: LocalId, image: LocalId, name: string): Promise<boolean> {
  return attempt(async () => {
    await command('remove_image', { gallery, image });
    await galleries.query.fresh();
    const undo = galleries.find(gallery)?.undo.find((removed) => removed.image === image);
    const text = t('gallery-removed', { name });
    if (undo) toasts.undo(text, undo.until, () => command('undo_remove_image', { gallery, image }));
    else toasts.note(text);
  });
}

/** Puts a picture back that a colleague took out, as an activity offers it. */
export async function putBack(activity: Activity): Promise<boolean> {
  return attempt(async () => {
    await command('put_back', { activity: activity.id });
    toasts.note(t('toast-putting-back'));
  });
}

/** Makes a picture of the gallery the large picture of the hotel. */
export async function useAsHero(picture: string): Promise<boolean> {
  return attempt(async () => {
    const branding = await command('branding');
    if (!branding) {
      toasts.failure({
        code: 'not_found',
        message: t('gallery-hero-not-read'),
        way_out: t('gallery-hero-not-read-hint'),
        fields: {},
      });
      return;
    }
    await command('set_picture', { id: branding.record.local_id, slot: 'hero_image', picture });
    toasts.note(t('gallery-hero-done'));
  });
}
