// Pictures on their way from a file into a gallery. Each is prepared, then sent to the core on its own, in the order of
// arrival. A failed one stays in the list and does not block the others.
import { SvelteMap, SvelteSet } from 'svelte/reactivity';

import { Keeper, Keeping, type Typed } from '../../components/editor/keeping.svelte';
import type { PictureMemo } from '../../components/editor/memo';
import { Preparation } from '../../components/picture/preparation.svelte';
import type { DeskError, DraftId, LocalId, MediaHash, PreparedPicture } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { t } from '../../messages';
import { asFailure, command } from '../../platform';
import { Galleries } from './galleries.svelte';

/** The number of pictures that are prepared at the same time. */
const AT_ONCE = 3;

export type AdditionState = 'queued' | 'preparing' | 'ready' | 'adding' | 'failed';

/** A file chosen for a gallery. */
interface Chosen {
  gallery: LocalId;
  /** Null if it was chosen before the window was loaded. */
  file: File | null;
  name: string;
  /** True to add it as soon as it is ready. */
  go: boolean;
}

/** A file to be added to a gallery. */
export class Addition {
  readonly key: number;
  readonly gallery: LocalId;
  /** Null if it was chosen before the window was loaded. */
  readonly file: File | null;
  readonly preparation = new Preparation();
  state = $state<AdditionState>('queued');
  caption = $state('');
  /** True to add it as soon as it is ready; false while the person may still write captions. */
  go = $state(false);
  picture = $state.raw<PreparedPicture | null>(null);
  error = $state.raw<DeskError | null>(null);

  readonly keeper: Keeper;
  #name: string;

  constructor(keeping: Keeping, key: number, { gallery, file, name, go }: Chosen) {
    this.key = key;
    this.gallery = gallery;
    this.file = file;
    this.#name = name;
    this.go = go;
    this.keeper = new Keeper(keeping, () => this.#typed);
  }

  get name(): string {
    return this.#name || t('gallery-pasted');
  }

  /** A prepared picture and its caption, stored as a draft until it is added. */
  get #typed(): Typed | null {
    const { picture, caption, gallery, name } = this;
    if (!picture) return null;
    const memo: PictureMemo = { place: this.key, name: this.#name, caption, picture };
    return { about: 'gallery', entity: gallery, title: name, content: memo };
  }
}

export class Adding {
  all = $state.raw<Addition[]>([]);
  /** The core's warnings by picture. They are shown after the picture is in the gallery too. */
  warnings = new SvelteMap<MediaHash, string>();

  #galleries: Galleries;
  #keeping: Keeping;
  #key = 0;
  #handingOver = new SvelteSet<LocalId>();

  constructor(account: Account) {
    this.#galleries = account.part(Galleries);
    this.#keeping = account.part(Keeping);
    account.onEnd(() => {
      for (const { preparation, keeper } of this.all) {
        preparation.cancel();
        keeper.end();
      }
    });
  }

  of(gallery: LocalId): Addition[] {
    return this.all.filter((addition) => addition.gallery === gallery);
  }

  /** Takes files for a gallery. With `captions` they are prepared and wait for `go`. */
  take(gallery: LocalId, files: Iterable<File>, captions: boolean): void {
    const more = [...files].map((file) => this.#addition({ gallery, file, name: file.name, go: !captions }));
    this.all = [...this.all, ...more];
    this.#prepareNext();
  }

  /** Continues a picture that was chosen earlier. It is prepared and waits for `go`. */
  resume(gallery: LocalId, id: DraftId, { name, caption, picture }: PictureMemo): void {
    const addition = this.#addition({ gallery, file: null, name, go: false });
    addition.caption = caption;
    this.put(addition, picture);
    addition.keeper.take(id);
    this.all = [...this.all, addition];
  }

  /** Called when the person has finished the captions. */
  go(gallery: LocalId): void {
    for (const addition of this.of(gallery)) addition.go = true;
    void this.#handOver(gallery);
  }

  retry(addition: Addition): void {
    addition.error = null;
    addition.state = addition.picture ? 'ready' : 'queued';
    this.#prepareNext();
    void this.#handOver(addition.gallery);
  }

  /** Sets the picture to be added: the file unchanged, or turned and cropped. */
  put(addition: Addition, picture: PreparedPicture): void {
    addition.picture = picture;
    addition.state = 'ready';
    if (picture.warning) this.warnings.set(picture.hash, picture.warning);
  }

  /** Removes one from the list; the next ones continue. */
  drop(addition: Addition): void {
    addition.preparation.cancel();
    void addition.keeper.discard();
    this.all = this.all.filter((other) => other !== addition);
    this.#prepareNext();
    void this.#handOver(addition.gallery);
  }

  #addition(chosen: Chosen): Addition {
    return new Addition(this.#keeping, ++this.#key, chosen);
  }

  #prepareNext(): void {
    const running = this.all.filter((addition) => addition.state === 'preparing').length;
    const next = this.all.filter((addition) => addition.state === 'queued').slice(0, Math.max(0, AT_ONCE - running));
    for (const addition of next) void this.#prepare(addition);
  }

  async #prepare(addition: Addition): Promise<void> {
    const { file } = addition;
    if (!file) return;
    addition.state = 'preparing';
    try {
      const picture = await addition.preparation.run(file);
      if (picture) this.put(addition, picture);
    } catch (thrown) {
      addition.error = asFailure(thrown);
      addition.state = 'failed';
    }
    this.#prepareNext();
    void this.#handOver(addition.gallery);
  }

  /** Sends the ready pictures one after the other. None overtakes an earlier one that is still being prepared. */
  async #handOver(gallery: LocalId): Promise<void> {
    if (this.#handingOver.has(gallery)) return;
    this.#handingOver.add(gallery);
    try {
      for (;;) {
        const next = this.of(gallery).find((addition) => addition.state !== 'failed');
        if (next?.state !== 'ready' || !next.go || !next.picture) break;
        await this.#add(next, next.picture);
      }
    } finally {
      this.#handingOver.delete(gallery);
    }
  }

  async #add(addition: Addition, picture: PreparedPicture): Promise<void> {
    addition.state = 'adding';
    const image = { picture: picture.hash, caption: addition.caption.trim() };
    const { gallery, keeper } = addition;
    // No draft may be saved after the command that removes the saved draft.
    const draft = await keeper.rest();
    try {
      await command('add_images', { gallery, images: [image], after: null, draft });
      void keeper.discard();
    } catch (thrown) {
      keeper.wake(false);
      addition.error = asFailure(thrown);
      addition.state = 'failed';
      return;
    }
    // The tile stays until the picture itself is there, so nothing jumps.
    await this.#galleries.query.fresh();
    this.all = this.all.filter((other) => other !== addition);
  }
}
