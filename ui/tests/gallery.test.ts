import { createEvent, fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { failure } from '../dev/commands';
import type { PretendDesk } from '../dev/desk';
import { galleryOf, imageOf } from '../dev/galleries';
import type { PreparedPicture } from '../src/generated';
import { itemOf, openReadWindow, openWindow, until } from './setup';

const IDS = ['a', 'b', 'c', 'd'];
const shown = () => screen.queryAllByTestId('gallery-image').map((tile) => tile.dataset['id']);
const added = (desk: PretendDesk) => desk.ran('add_images').map(({ images }) => images as unknown[]);
const cannot = (reason: string) => ({ read: true, write: false, reason });

async function openGallery(prepare: (desk: PretendDesk) => void = () => undefined) {
  const opened = await openWindow((desk) => {
    desk.galleries = [galleryOf({ local_id: 'g', images: IDS.map((id) => imageOf({ local_id: id })) })];
    desk.capabilities = { ...desk.capabilities, captions: cannot('There are no captions.') };
    prepare(desk);
  });
  await opened.user.click(await screen.findByTestId('rail-gallery'));
  await screen.findByTestId('gallery');
  return opened;
}

/** Returns a picture file whose only byte is its number. */
const file = (which: number) => new File([new Uint8Array([which])], `picture-${which}.jpg`, { type: 'image/jpeg' });

const hash = (which: number) => String(which).repeat(64);

/** Lets the test finish each preparation, by the file's only byte. */
function byHand(desk: PretendDesk) {
  const waiting = new Map<number, { done: (value: PreparedPicture) => void; failed: (why: unknown) => void }>();
  desk.answers['prepare_picture'] = (bytes) =>
    new Promise((done, failed) => waiting.set((bytes as unknown as Uint8Array)[0] ?? 0, { done, failed }));
  return {
    begun: () => [...waiting.keys()],
    finish: async (which: number, warning: string | null = null) => {
      await until(() => expect([...waiting.keys()]).toContain(which));
      waiting.get(which)?.done({ ...desk.picture, hash: hash(which), warning });
      waiting.delete(which);
    },
    fail: async (which: number) => {
      await until(() => expect([...waiting.keys()]).toContain(which));
      waiting.get(which)?.failed(failure({ code: 'bad_picture', message: 'This is not a picture.' }));
      waiting.delete(which);
    },
  };
}

function drop(files: File[]) {
  return fireEvent.drop(screen.getByTestId('gallery'), { dataTransfer: { files, types: ['Files'] } });
}

describe('the gallery', () => {
  it('shows its pictures in their order and how many they are', async () => {
    await openGallery();
    await until(() => expect(shown()).toEqual(IDS));
    expect(screen.getByTestId('gallery-count').textContent).toContain('4 pictures');
  });

  it('offers a choice where there are several', async () => {
    const { user } = await openGallery((desk) => {
      desk.galleries = [
        galleryOf({ local_id: 'g', name: 'House', images: [imageOf({ local_id: 'a' })] }),
        galleryOf({ local_id: 'h', name: 'Rooms', images: [imageOf({ local_id: 'x' })] }),
      ];
    });
    await user.click(await screen.findByRole('button', { name: /Rooms 1/ }));
    await until(() => expect(shown()).toEqual(['x']));
  });

  it('says how to begin where there are no pictures yet', async () => {
    await openGallery((desk) => (desk.galleries = [galleryOf({ local_id: 'g' })]));
    const none = await screen.findByTestId('gallery-none');
    expect(within(none).getByTestId('gallery-add')).toBeTruthy();
  });

  it('stands in with a skeleton for a picture that is not here yet', async () => {
    await openGallery((desk) => {
      desk.galleries = [galleryOf({ local_id: 'g', images: [imageOf({ local_id: 'a', picture: null })] })];
    });
    expect(await screen.findByText('The picture is on its way')).toBeTruthy();
    expect(screen.getByTestId<HTMLButtonElement>('gallery-hero').disabled).toBe(true);
  });

  it('shows how far an upload is', async () => {
    const { desk } = await openGallery((prepared) => {
      prepared.galleries = [galleryOf({ local_id: 'g', images: [imageOf({ local_id: 'a', sync: 'waiting' })] })];
    });
    await until(() => expect(shown()).toEqual(['a']));
    await desk.notify({ topic: 'upload', entity: 'a', sent: 1, total: 4 });
    await until(() => expect(screen.getByTestId('upload-bar').getAttribute('aria-valuenow')).toBe('25'));
  });

  const none = { read: false, write: false, reason: 'There is none.' };

  it('says in its place that the server has none, where that turns out while it is on the screen', async () => {
    const { desk } = await openGallery();
    desk.capabilities = { ...desk.capabilities, resources: { ...desk.capabilities.resources, gallery: none } };
    await desk.notify({ topic: 'capabilities' });
    expect((await screen.findByTestId('room-absent')).textContent).toContain('There is none.');
    expect(screen.queryByTestId('rail-gallery')).toBeNull();
  });

  it('gives way to the first room of the rail that is there, where the server is known to have neither', async () => {
    await openWindow((desk) => {
      desk.capabilities = { ...desk.capabilities, resources: { ...desk.capabilities.resources, gallery: none, offer: none } };
    });
    await until(() => expect(screen.queryByTestId('rail-offers')).toBeNull());
    await until(() => expect(screen.getByTestId('rail-branding').getAttribute('aria-current')).toBe('page'));
    expect((await screen.findByTestId('toast')).textContent).toContain('There is none.');
  });
});

describe('adding pictures', () => {
  it('hands them over one by one in the order in which they were dropped', async () => {
    const { desk } = await openGallery();
    await until(() => expect(shown()).toEqual(IDS));
    const hand = byHand(desk);
    await drop([file(1), file(2), file(3)]);
    await hand.finish(3);
    await hand.finish(2);
    expect(added(desk)).toEqual([]);
    await hand.finish(1);
    await until(() =>
      expect(added(desk)).toEqual([1, 2, 3].map((which) => [{ picture: hash(which), caption: '' }])),
    );
    await until(() => expect(screen.queryByTestId('gallery-new')).toBeNull());
    expect(shown()).toHaveLength(7);
  });

  it('prepares three at a time', async () => {
    const { desk } = await openGallery();
    await until(() => expect(shown()).toEqual(IDS));
    const hand = byHand(desk);
    await drop([1, 2, 3, 4, 5].map(file));
    await until(() => expect(hand.begun()).toEqual([1, 2, 3]));
    await hand.finish(2);
    await until(() => expect(hand.begun()).toEqual([1, 3, 4]));
  });

  it('goes on without one that fails, keeps it at hand, and adds it on another try', async () => {
    const { desk, user } = await openGallery();
    await until(() => expect(shown()).toEqual(IDS));
    const hand = byHand(desk);
    await drop([file(1), file(2)]);
    await hand.finish(2);
    await hand.fail(1);
    await until(() => expect(added(desk)).toEqual([[{ picture: hash(2), caption: '' }]]));
    const left = await screen.findByTestId('gallery-new');
    expect(left.textContent).toContain('picture-1.jpg');
    expect(within(left).getByRole('alert').textContent).toContain('This is not a picture.');
    await user.click(screen.getByTestId('gallery-retry'));
    await hand.finish(1);
    await until(() => expect(added(desk)).toHaveLength(2));
    await until(() => expect(screen.queryByTestId('gallery-new')).toBeNull());
  });

  it('keeps what the core could not take, and does not prepare it twice', async () => {
    const { desk, user } = await openGallery();
    await until(() => expect(shown()).toEqual(IDS));
    desk.answers['add_images'] = () => {
      throw failure({ code: 'disk_full', message: 'The disk is full.' });
    };
    await drop([file(1)]);
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
    delete desk.answers['add_images'];
    await user.click(screen.getByTestId('gallery-retry'));
    await until(() => expect(shown()).toHaveLength(5));
    expect(desk.ran('prepare_picture')).toHaveLength(1);
  });

  it('can be cancelled for each of them', async () => {
    const { desk, user } = await openGallery();
    await until(() => expect(shown()).toEqual(IDS));
    const hand = byHand(desk);
    await drop([file(1), file(2)]);
    await user.click(await screen.findByLabelText('Cancel: picture-1.jpg'));
    await until(() => expect(desk.ran('cancel_picture')).toHaveLength(1));
    await hand.finish(2);
    await until(() => expect(added(desk)).toEqual([[{ picture: hash(2), caption: '' }]]));
  });

  it('takes several files from the picker, and a pasted picture', async () => {
    const { desk, user } = await openGallery();
    await until(() => expect(shown()).toEqual(IDS));
    await user.upload(screen.getByTestId('gallery-input'), [file(1), file(2)]);
    await until(() => expect(added(desk)).toHaveLength(2));
    await fireEvent.paste(window, { clipboardData: { files: [file(3)] } });
    await until(() => expect(added(desk)).toHaveLength(3));
  });

  it('warns of a picture that is too small, also after it is in the gallery', async () => {
    const { desk } = await openGallery();
    await until(() => expect(shown()).toEqual(IDS));
    const hand = byHand(desk);
    await drop([file(1)]);
    await hand.finish(1, 'Small for a big display.');
    await until(() => expect(shown()).toHaveLength(5));
    expect((await screen.findByTestId('gallery-warning')).textContent).toBe('Small for a big display.');
  });

  it('asks for captions where the server keeps them, and takes none for an answer', async () => {
    const { desk, user } = await openGallery((prepared) => {
      prepared.capabilities = { ...prepared.capabilities, captions: { read: true, write: true, reason: null } };
    });
    await until(() => expect(shown()).toEqual(IDS));
    const hand = byHand(desk);
    await drop([file(1), file(2)]);
    await hand.finish(1);
    await hand.finish(2);
    await until(() => expect(screen.getAllByText('Ready')).toHaveLength(2));
    expect(added(desk)).toEqual([]);
    await user.type(screen.getByLabelText('Caption of picture-2.jpg (optional)'), 'The pool{Enter}');
    await until(() =>
      expect(added(desk)).toEqual([
        [{ picture: hash(1), caption: '' }],
        [{ picture: hash(2), caption: 'The pool' }],
      ]),
    );
  });
});

describe('moving a picture', () => {
  it('goes one place for each press of a key, with the focus and in words', async () => {
    const { desk, user } = await openGallery();
    (await screen.findByLabelText('Move Picture 1')).focus();
    await user.keyboard('{Alt>}{ArrowRight}{ArrowRight}{/Alt}');
    await until(() => expect(shown()).toEqual(['b', 'c', 'a', 'd']));
    expect(desk.ran('move_image')).toEqual([
      { gallery: 'g', image: 'a', to: { at: 'after', other: 'b' } },
      { gallery: 'g', image: 'a', to: { at: 'after', other: 'c' } },
    ]);
    await until(() => expect(screen.getByTestId('gallery-moved').textContent).toBe('Picture 3 of 4'));
    await until(() => expect(document.activeElement).toBe(screen.getByLabelText('Move Picture 3')));
  });

  it('is a menu too', async () => {
    const { desk, user } = await openGallery();
    await user.click(await screen.findByLabelText('Move Picture 3'));
    await user.click(await screen.findByTestId('move-first'));
    await until(() => expect(shown()).toEqual(['c', 'a', 'b', 'd']));
    expect(desk.ran('move_image')).toEqual([{ gallery: 'g', image: 'c', to: { at: 'first' } }]);
  });
});

describe('dragging', () => {
  /** Replaces the data that the browser passes from the drag to the drop. */
  const carried = () => ({ types: ['application/x-hotelmate-thing'], setData: () => undefined, files: [] });

  it('puts a picture down before the one whose left half is under the pointer', async () => {
    const { desk } = await openGallery();
    await until(() => expect(shown()).toEqual(IDS));
    const [first, , third] = screen.getAllByTestId('gallery-image');
    if (!first || !third) throw new Error('no tiles');
    const { left, width } = { left: 100, width: 200 };
    third.getBoundingClientRect = () => new DOMRect(left, 0, width, 100);
    await fireEvent.dragStart(first, { dataTransfer: carried() });
    const over = createEvent.dragOver(third, { dataTransfer: carried() });
    Object.defineProperties(over, { clientX: { value: left + 20 }, clientY: { value: 20 } });
    await fireEvent(third, over);
    expect(third.className).toContain('before');
    await fireEvent.drop(third, { dataTransfer: carried() });
    await until(() => expect(shown()).toEqual(['b', 'a', 'c', 'd']));
    expect(desk.ran('move_image')).toEqual([{ gallery: 'g', image: 'a', to: { at: 'before', other: 'c' } }]);
    expect(desk.ran('prepare_picture')).toEqual([]);
  });
});

describe('removing a picture', () => {
  it('takes it out at once and can be taken back', async () => {
    const { desk, user } = await openGallery();
    await user.click(await screen.findByLabelText('Remove Picture 2'));
    await until(() => expect(shown()).toEqual(['a', 'c', 'd']));
    await user.click(await screen.findByTestId('undo-button'));
    await until(() => expect(shown()).toEqual(IDS));
    expect(desk.ran('undo_remove_image')).toEqual([{ gallery: 'g', image: 'b' }]);
  });

  it('leaves its place, so that a second press on the spot removes nothing else', async () => {
    const { desk, user } = await openGallery();
    await user.dblClick(await screen.findByLabelText('Remove Picture 2'));
    await until(() => expect(shown()).toEqual(['a', 'c', 'd']));
    expect(screen.getByTestId('deleted').dataset).toMatchObject({ id: 'b', index: '1' });
    expect(desk.ran('remove_image')).toEqual([{ gallery: 'g', image: 'b' }]);
    expect(await screen.findAllByTestId('undo-button')).toHaveLength(1);
  });

  it('works by key, and the focus stays at its place', async () => {
    const { desk, user } = await openGallery();
    (await screen.findByLabelText('Move Picture 2')).focus();
    await user.keyboard('{Delete}');
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('deleted')));
    await user.keyboard('{Delete}');
    expect(desk.ran('remove_image')).toHaveLength(1);
  });

  it('says only that it is done where there is nothing to take back', async () => {
    const { user } = await openGallery((desk) => {
      desk.galleries = [galleryOf({ local_id: 'g', images: [imageOf({ local_id: 'a', url: null, sync: 'waiting' })] })];
    });
    await user.click(await screen.findByLabelText('Remove Picture 1'));
    expect((await screen.findByTestId('toast')).dataset['kind']).toBe('note');
  });
});

describe('the ways into the gallery', () => {
  const two = (desk: PretendDesk) => {
    desk.galleries = [
      galleryOf({ local_id: 'g', name: 'House', images: [imageOf({ local_id: 'a' })] }),
      galleryOf({ local_id: 'h', name: 'Rooms', images: [imageOf({ local_id: 'x' })] }),
    ];
  };

  it('lead from an entry of the attention list to its gallery, and are counted in the rail', async () => {
    const { user } = await openWindow((desk) => {
      two(desk);
      desk.items = [itemOf({ id: 'i1', about: 'gallery', entity: 'h', kind: 'add_image', title: 'Rooms' })];
    });
    await until(() => expect(screen.getByTestId('rail-count-gallery').textContent).toBe('1'));
    await user.click(screen.getByTestId('rail-attention'));
    await user.click(await screen.findByTestId('attention-edit'));
    await until(() => expect(shown()).toEqual(['x']));
  });

  it('lead from a colleague’s change', async () => {
    const { desk, user } = await openReadWindow(two);
    await desk.did({ id: 1, kind: 'gallery_changed', entity: 'h' });
    await user.click(await screen.findByTestId('toast-open'));
    await until(() => expect(shown()).toEqual(['x']));
  });
});

describe('what the server cannot do', () => {
  it('is said once with its reason, and nothing is offered in a gallery that is read only', async () => {
    const { desk } = await openGallery((prepared) => {
      const gallery = cannot('The server takes no pictures.');
      prepared.capabilities = {
        ...prepared.capabilities,
        gallery_removal: gallery,
        resources: { ...prepared.capabilities.resources, gallery, branding: gallery },
      };
    });
    await until(() => expect(shown()).toEqual(IDS));
    expect(screen.getAllByText(/The server takes no pictures\./)).toHaveLength(1);
    for (const control of ['gallery-add', 'gallery-move', 'gallery-remove', 'gallery-hero']) {
      expect(screen.queryByTestId(control)).toBeNull();
    }
    await drop([file(1)]);
    expect(desk.ran('prepare_picture')).toEqual([]);
  });

  it('leaves the rest where only removing is refused', async () => {
    const { desk, user } = await openGallery((prepared) => {
      prepared.capabilities = { ...prepared.capabilities, gallery_removal: cannot('Single pictures stay.') };
    });
    (await screen.findByLabelText('Move Picture 1')).focus();
    expect(screen.getByTestId('gallery-note').textContent).toContain('Single pictures stay.');
    expect(screen.queryByTestId('gallery-remove')).toBeNull();
    await user.keyboard('{Delete}');
    expect(desk.ran('remove_image')).toEqual([]);
  });
});

describe('the hero picture', () => {
  it('is set after a question that shows it', async () => {
    const { desk, user } = await openGallery();
    await user.click(await screen.findByLabelText('Use as hero: Picture 2'));
    const dialog = await screen.findByTestId('hero-dialog');
    expect(dialog.querySelector('img')?.src).toContain('a'.repeat(64));
    expect(dialog.textContent).toContain('under Branding');
    await user.click(screen.getByTestId('hero-dialog-sure'));
    await until(() =>
      expect(desk.ran('set_picture')).toEqual([
        { id: 'branding', slot: 'hero_image', picture: 'a'.repeat(64) },
      ]),
    );
  });

  it('waits for the branding to be read first', async () => {
    const { desk, user } = await openGallery((prepared) => (prepared.branding = null));
    await user.click(await screen.findByLabelText('Use as hero: Picture 1'));
    await user.click(await screen.findByTestId('hero-dialog-sure'));
    expect((await screen.findByTestId('toast')).textContent).toContain('has not been read');
    expect(desk.ran('set_picture')).toEqual([]);
  });
});
