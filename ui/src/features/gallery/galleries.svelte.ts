// The hotel's galleries, and which of them is on the screen.
import type { GalleryView, ImageView, LocalId, MediaHash, Place } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { isAbout, LiveQuery } from '../../lib/live.svelte';
import { Mover } from '../../lib/moving';
import { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { command, DeskFailure } from '../../platform';

export class Galleries {
  query = new LiveQuery(() => command('galleries'), (change) => isAbout(change, 'gallery'));
  /** The gallery that the person chose; null for the first one. */
  chosen = $state.raw<LocalId | null>(null);

  #movers: Record<LocalId, Mover> = {};
  #toasts: Toasts;

  constructor(account: Account) {
    this.#toasts = account.part(Toasts);
  }

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
    const known = this.#movers[gallery];
    if (known) return known;
    const images = (): ImageView[] => this.find(gallery)?.images ?? [];
    const list = {
      count: () => images().length,
      at: (index: number) => images()[index]?.local_id,
      placeOf: (id: LocalId) => images().findIndex((image) => image.local_id === id),
      move: (image: LocalId, to: Place) => command('move_image', { gallery, image, to }),
      fresh: () => this.query.fresh(),
    };
    const mover = new Mover(list, this.#toasts);
    this.#movers[gallery] = mover;
    return mover;
  }

  /** Takes a picture out and offers to put it back for as long as the core keeps the removal. */
  remove(gallery: LocalId, image: LocalId, name: string): Promise<boolean> {
    return this.#toasts.attempt(async () => {
      await command('remove_image', { gallery, image });
      await this.query.fresh();
      const undo = this.find(gallery)?.undo.find((removed) => removed.image === image);
      const text = t('gallery-removed', { name });
      if (undo) this.#toasts.undo(text, Date.parse(undo.until), () => command('undo_remove_image', { gallery, image }));
      else this.#toasts.note(text);
    });
  }

  /** Makes a picture of the gallery the large picture of the hotel. */
  useAsHero(picture: MediaHash): Promise<boolean> {
    return this.#toasts.attempt(async () => {
      const branding = await command('branding');
      if (!branding) {
        const [message, way_out] = [t('gallery-hero-not-read'), t('gallery-hero-not-read-hint')];
        throw new DeskFailure({ code: 'not_found', message, way_out, fields: {} });
      }
      await command('set_picture', { id: branding.record.local_id, slot: 'hero_image', picture });
      this.#toasts.note(t('gallery-hero-done'));
    });
  }
}

/** What a picture is called: its caption, or its place. */
export function nameOf(image: ImageView, index: number): string {
  return image.caption.trim() || t('gallery-picture', { place: index + 1 });
}
