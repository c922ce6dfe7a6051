// Pictures on their way from a file into a gallery: each is prepared, then handed over to the core on its own, in the
// order in which they came. One that fails stays in the list and holds nobody up.
import { SvelteMap, SvelteSet } from 'svelte/reactivity';

import { Keeper, Keeping, type Typed } from '../../components/editor/keeping.svelte';
import type { PictureMemo } from '../../components/editor/memo';
import { Preparation } from '../../components/picture/preparation.svelte';
import type { DeskError, DraftId, LocalId, MediaHash, PreparedPicture } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { t } from '../../messages';
import { asFailure, command } from '../../platform';
import { Galleries } from './galleries.svelte';

/** So many are prepared at the same time. */
const AT_ONCE = 3;

export type AdditionState = 'queued' | 'preparing' | 'ready' | 'adding' | 'failed';

/** What was chosen for a gallery. */
interface Chosen {
  gallery: LocalId;
  /** Null where it was chosen before the window was loaded. */
  file: File | null;
  name: string;
  /** It is added as soon as it is ready. */
  go: boolean;
}

/** One file that shall become a picture of a gallery. */
export class Addition {
  readonly key: number;
  readonly gallery: LocalId;
  /** Null where it was chosen before the window was loaded. */
  readonly file: File | null;
  readonly preparation = new Preparation();
  state = $state<AdditionState>('queued');
  caption = $state('');
  /** It is added as soon as it is ready; false while the person may still write captions. */
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

  /** A picture that is ready, with what is written to it, is kept until it is added. */
  get #typed(): Typed | null {
    const { picture, caption, gallery, name } = this;
    if (!picture) return null;
    const memo: PictureMemo = { place: this.key, name: this.#name, caption, picture };
    return { about: 'gallery', entity: gallery, title: name, content: memo };
  }
}

export class Adding {
  all = $state.raw<Addition[]>([]);
  /** What the core warned of, by picture: it is told also after the picture is in the gallery. */
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

  /** Takes files for a gallery. With `captions` they wait, prepared, until `go`. */
  take(gallery: LocalId, files: Iterable<File>, captions: boolean): void {
    const more = [...files].map((file) => this.#addition({ gallery, file, name: file.name, go: !captions }));
    this.all = [...this.all, ...more];
    this.#prepareNext();
  }

  /** Goes on with a picture that was chosen before. It waits, prepared, until `go`. */
  resume(gallery: LocalId, id: DraftId, { name, caption, picture }: PictureMemo): void {
    const addition = this.#addition({ gallery, file: null, name, go: false });
    addition.caption = caption;
    this.put(addition, picture);
    addition.keeper.take(id);
    this.all = [...this.all, addition];
  }

  /** The person is done with captions. */
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

  /** This is what shall be added: the file as it is, or turned and cut. */
  put(addition: Addition, picture: PreparedPicture): void {
    addition.picture = picture;
    addition.state = 'ready';
    if (picture.warning) this.warnings.set(picture.hash, picture.warning);
  }

  /** Takes one off the list; what waits behind it goes on. */
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

  /** Hands over what is ready, one after the other: nobody overtakes one that is still being prepared. */
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
    // Nothing may be kept after the command that takes what is kept away.
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
    // The tile stays until the picture itself is there, so that nothing jumps.
    await this.#galleries.query.fresh();
    this.all = this.all.filter((other) => other !== addition);
  }
}
