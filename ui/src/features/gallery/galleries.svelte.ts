// The hotel's galleries, and the selected one.
import type { GalleryView, ImageView, LocalId, MediaHash, Place } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { type Deletion, Deletions, KeptPlaces } from '../../lib/deletions.svelte';
import { isAbout, LiveQuery } from '../../lib/live.svelte';
import { Mover } from '../../lib/moving';
import { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { command, DeskFailure } from '../../platform';

export class Galleries {
  query = new LiveQuery(() => command('galleries'), (change) => isAbout(change, 'gallery'));
  /** The gallery that the person selected; null for the first one. */
  #chosen = $state.raw<LocalId | null>(null);

  #movers: Record<LocalId, Mover> = {};
  #toasts: Toasts;
  #deletions: Deletions;
  /** The places of removed pictures in the gallery, which count as places on the screen. */
  #kept: KeptPlaces;

  constructor(account: Account) {
    this.#deletions = account.part(Deletions);
    this.#kept = new KeptPlaces(this.#deletions, 'gallery', (id) => this.#shown.some((image) => image.local_id === id));
    this.#toasts = account.part(Toasts);
  }

  get all(): GalleryView[] {
    return this.query.value?.galleries ?? [];
  }

  /** The gallery on the screen; null if there is none. */
  get current(): GalleryView | null {
    return this.find(this.#chosen) ?? this.all[0] ?? null;
  }

  choose(gallery: LocalId | null): void {
    this.#chosen = gallery;
    this.#deletions.forgetPlaces('gallery');
  }

  get #shown(): readonly ImageView[] {
    return this.current?.images ?? [];
  }

  /** The number of places on the screen. */
  get total(): number {
    return this.#shown.length + this.#kept.count;
  }

  /** Returns the picture at this place on the screen, or undefined for the place of a removed one. */
  at(place: number): ImageView | undefined {
    return this.#kept.at(place) ? undefined : this.#shown[this.#kept.inList(place)];
  }

  /** Returns the removal of the picture at this place on the screen. */
  deletionAt(place: number): Deletion | undefined {
    return this.#kept.at(place) ?? this.#deletions.of(this.at(place)?.local_id);
  }

  /** Returns the name of the picture at this place on the screen. */
  nameAt(place: number): string {
    const image = this.at(place);
    return image ? nameOf(image, this.#kept.inList(place)) : '';
  }

  find(id: LocalId | null): GalleryView | undefined {
    return this.all.find((gallery) => gallery.local_id === id);
  }

  /** Returns the mover of a gallery. It continues after another gallery was selected. */
  mover(gallery: LocalId): Mover {
    const known = this.#movers[gallery];
    if (known) return known;
    const images = (): ImageView[] => this.find(gallery)?.images ?? [];
    const isShown = (): boolean => this.current?.local_id === gallery;
    const list = {
      count: () => (isShown() ? this.total : images().length),
      at: (place: number) => (isShown() ? this.at(place) : images()[place])?.local_id,
      placeOf: (id: LocalId) => {
        const index = images().findIndex((image) => image.local_id === id);
        return index >= 0 && isShown() ? this.#kept.onScreen(index) : index;
      },
      move: (image: LocalId, to: Place) => command('move_image', { gallery, image, to }),
      fresh: () => this.query.fresh(),
    };
    const mover = new Mover(list, this.#toasts);
    this.#movers[gallery] = mover;
    return mover;
  }

  /** Removes the picture at this place from the gallery on the screen. */
  async remove(place: number): Promise<void> {
    const [gallery, image] = [this.current?.local_id, this.at(place)?.local_id];
    if (gallery === undefined || image === undefined) return;
    const way = {
      remove: () => command('remove_image', { gallery, image }),
      until: async () => {
        await this.query.fresh();
        return this.find(gallery)?.undo.find((removed) => removed.image === image)?.until ?? null;
      },
      undo: () => command('undo_remove_image', { gallery, image }),
    };
    await this.#deletions.delete({ kind: 'gallery', id: image, title: this.nameAt(place), place, way });
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

/** Returns the name of a picture: its caption, or its place. */
export function nameOf(image: ImageView, index: number): string {
  return image.caption.trim() || t('gallery-picture', { place: index + 1 });
}
