import { createEvent, fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';

import type { PretendDesk } from '../dev/desk';
import { roomOf, TABLES } from '../dev/records';
import { openWindow, until } from './setup';

const text = (name: string, value: string) => ({ field: name, value }) as const;
const shown = () => screen.getAllByTestId('record-row').map((row) => row.dataset['id']);

async function openRooms(prepare: (desk: PretendDesk) => void = () => undefined) {
  const opened = await openWindow((desk) => {
    desk.rooms = [
      roomOf({ local_id: 'a', fields: { name: 'Classic', code: 'CLS', starting_price_from: '119.00', sort_order: 4 } }),
      roomOf({ local_id: 'b', fields: { name: 'Lake view', starting_price_from: '149.50', max_occupancy: 3, sort_order: 5 } }),
      roomOf({ local_id: 'c', fields: { name: 'Attic', is_active: false, sort_order: 6 } }),
    ];
    prepare(desk);
  });
  await opened.user.click(await screen.findByTestId('rail-rooms'));
  return opened;
}

describe('the room types', () => {
  it('stand in the hotel’s order with price, guests and what is hidden', async () => {
    await openRooms();
    const rows = await screen.findAllByTestId('record-row');
    expect(shown()).toEqual(['a', 'b', 'c']);
    expect(rows[1]?.textContent).toContain('149.50');
    expect(rows[1]?.textContent).toContain('3 guests');
    expect(rows[2]?.textContent).toContain('Hidden');
    expect(rows[0]?.textContent).not.toContain('Hidden');
  });

  it('are searched by words in any of their texts', async () => {
    const { user } = await openRooms();
    await user.type(await screen.findByTestId('rooms-search'), 'cls');
    expect(shown()).toEqual(['a']);
    await user.type(screen.getByTestId('rooms-search'), 'x');
    await user.click(within(screen.getByTestId('rooms-nothing')).getByRole('button'));
    expect(shown()).toEqual(['a', 'b', 'c']);
  });

  it('are searched with a key, and a new one begins with another', async () => {
    const { user } = await openRooms();
    await screen.findAllByTestId('record-row');
    await user.keyboard('/');
    expect(document.activeElement).toBe(screen.getByTestId('rooms-search'));
    screen.getByTestId('rail-rooms').focus();
    await user.keyboard('n');
    expect(await screen.findByTestId('editor-starting_price_from')).toBeTruthy();
  });

  it('can only be looked at where the account may not write', async () => {
    const { desk, user } = await openRooms((prepared) => {
      const reason = 'Only a manager may change this.';
      prepared.capabilities = { ...prepared.capabilities, resources: { ...prepared.capabilities.resources, room_type: { read: true, write: false, reason } } };
    });
    (await screen.findByLabelText('View Classic')).focus();
    expect(screen.getByTestId('read-only').textContent).toContain('Only a manager may change this.');
    for (const id of ['rooms-new', 'record-delete', 'record-move']) expect(screen.queryByTestId(id)).toBeNull();
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}{Delete}n');
    expect(desk.ran('move_to')).toEqual([]);
    expect(desk.ran('delete_entity')).toEqual([]);
    await user.click(screen.getByLabelText('View Classic'));
    expect((await screen.findByTestId<HTMLInputElement>('editor-name')).readOnly).toBe(true);
    expect(screen.queryByTestId('editor-save')).toBeNull();
    expect(screen.queryByTestId('editor-delete')).toBeNull();
  });

  it('can only be looked at, also before the hotel was read, if the program sends no change of them', async () => {
    await openRooms((prepared) => {
      const { resources } = prepared.capabilities;
      const room_type = { read: true, write: false, reason: 'This program can only show room types.' };
      prepared.capabilities = { ...prepared.capabilities, known: false, resources: { ...resources, room_type } };
    });
    expect((await screen.findByTestId('read-only')).textContent).toContain('This program can only show room types.');
    for (const id of ['rooms-new', 'record-delete', 'record-move']) expect(screen.queryByTestId(id)).toBeNull();
  });

  it('have each field in the column of its rule, as wide as its rule says', async () => {
    const { user } = await openRooms();
    await user.click(await screen.findByLabelText('Edit Classic'));
    await screen.findByTestId('editor-name');
    const columns = [...screen.getByTestId('editor').querySelectorAll('.column')];
    const fields = columns.map((column) => [...column.querySelectorAll<HTMLElement>('[data-field]')]);
    const { fields: rules } = TABLES.room_type;
    const names = (column: 'main' | 'side') => rules.filter((rule) => rule.column === column).map(({ name }) => name);
    expect(fields.map((entries) => entries.map((entry) => entry.dataset['field']))).toEqual([names('main'), names('side')]);
    const wide = fields.flat().filter((entry) => entry.classList.contains('wide')).map((entry) => entry.dataset['field']);
    expect(wide).toEqual(rules.filter((rule) => rule.wide).map(({ name }) => name));
  });

  it('are said to be none, or not read yet', async () => {
    const { desk } = await openRooms((prepared) => (prepared.rooms = []));
    expect(await screen.findByTestId('rooms-none')).toBeTruthy();
    desk.asOf = null;
    await desk.notify({ topic: 'entities', resource: 'room_type', ids: null });
    expect(await screen.findByText('Reading room types from the hotel…')).toBeTruthy();
    await desk.setStatus({ online: false, pill: 'offline' });
    expect(await screen.findByTestId('rooms-not-yet')).toBeTruthy();
  });
});

describe('the order of room types', () => {
  it('is changed by keyboard, and the focus follows', async () => {
    const { desk, user } = await openRooms();
    (await screen.findByLabelText('Edit Classic')).focus();
    await user.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}');
    await until(() => expect(shown()).toEqual(['b', 'c', 'a']));
    expect(desk.ran('move_to')).toEqual([
      { id: 'a', to: { at: 'after', other: 'b' } },
      { id: 'a', to: { at: 'after', other: 'c' } },
    ]);
    await until(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Edit Classic'));
    expect(screen.getByTestId('record-moved').textContent).toBe('“Classic” is now number 3 of 3.');
  });

  it('is changed by the menu of a grip', async () => {
    const { user } = await openRooms();
    await user.click(await screen.findByLabelText('Move Attic'));
    await user.click(await screen.findByTestId('move-first'));
    await until(() => expect(shown()).toEqual(['c', 'a', 'b']));
  });

  it('is changed by dragging a row into a gap', async () => {
    const { desk } = await openRooms();
    const [first, , last] = await screen.findAllByTestId('record-row');
    if (!first || !last) throw new Error('no rows');
    vi.spyOn(first, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 100, 900, 70));
    const carried = new Map<string, string>();
    const dataTransfer = {
      setData: (kind: string, data: string) => carried.set(kind, data),
      get types() {
        return [...carried.keys()];
      },
    };
    await fireEvent.dragStart(last, { dataTransfer });
    // The test's drag events have no coordinates.
    const over = Object.defineProperty(createEvent.dragOver(first, { dataTransfer }), 'clientY', { value: 110 });
    await fireEvent(first, over);
    await fireEvent.drop(first, { dataTransfer });
    await until(() => expect(shown()).toEqual(['c', 'a', 'b']));
    expect(desk.ran('move_to')).toEqual([{ id: 'c', to: { at: 'before', other: 'a' } }]);
  });

  it('is not changed while only some of them are shown', async () => {
    const { desk, user } = await openRooms();
    await user.type(await screen.findByTestId('rooms-search'), 'a');
    expect(screen.queryByTestId('record-move')).toBeNull();
    screen.getByLabelText('Edit Classic').focus();
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect((await screen.findByTestId('toast')).textContent).toContain('while all of them are shown');
    expect(desk.ran('move_to')).toEqual([]);
  });
});

describe('the editor of a room type', () => {
  it('sends only the field that was changed, and the price as the text that was typed', async () => {
    const { desk, user } = await openRooms();
    await user.click(await screen.findByLabelText('Edit Lake view'));
    const price = await screen.findByTestId<HTMLInputElement>('editor-starting_price_from');
    expect(price.value).toBe('149.50');
    expect(price.inputMode).toBe('decimal');
    await user.clear(price);
    await user.type(price, '155.10');
    await user.keyboard('{Control>}s{/Control}');
    await until(() =>
      expect(desk.ran('edit')).toEqual([
        { id: 'b', edits: [{ was: text('starting_price_from', '149.50'), now: text('starting_price_from', '155.10') }] },
      ]),
    );
    await until(() => expect(screen.queryByTestId('editor')).toBeNull());
  });

  it('creates a room type with all fields and its picture, behind the others and in their currency', async () => {
    const { desk, user } = await openRooms();
    await screen.findAllByTestId('record-row');
    await user.click(screen.getByTestId('rooms-new'));
    await user.type(await screen.findByTestId('editor-name'), 'Suite');
    await user.type(screen.getByTestId('editor-starting_price_from'), '259');
    await user.upload(screen.getByTestId('editor-photo-input'), new File(['x'], 's.jpg', { type: 'image/jpeg' }));
    await until(() => expect(screen.getByTestId('editor-picture').dataset['picture']).toBe(desk.picture.hash));
    await user.click(screen.getByTestId('editor-save'));
    await until(() => expect(desk.ran('create')).toHaveLength(1));
    expect(desk.ran('create')[0]).toMatchObject({
      fields: { name: 'Suite', starting_price_from: '259', currency: 'EUR', sort_order: 7, is_active: true, code: '' },
      picture: desk.picture.hash,
    });
  });

  it('does not create what lacks a name or a price, and leads to the first field', async () => {
    const { desk, user } = await openRooms();
    await screen.findAllByTestId('record-row');
    await user.click(screen.getByTestId('rooms-new'));
    await screen.findByTestId('editor-name');
    await user.click(screen.getByTestId('editor-save'));
    expect((await screen.findByTestId('error-name')).textContent).toBe('This is needed.');
    expect(screen.getByTestId('error-starting_price_from')).toBeTruthy();
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('editor-name')));
    expect(desk.ran('create')).toEqual([]);
  });

  it('refuses a number that is none before anything reaches the core', async () => {
    const { desk, user } = await openRooms();
    await user.click(await screen.findByLabelText('Edit Classic'));
    await user.type(await screen.findByTestId('editor-max_occupancy'), 'x');
    await user.click(screen.getByTestId('editor-save'));
    expect((await screen.findByTestId('error-max_occupancy')).textContent).toBe('A whole number from 0 on.');
    expect(desk.ran('edit')).toEqual([]);
  });

  it('takes the picture off', async () => {
    const { desk, user } = await openRooms((prepared) => {
      prepared.changeRecord('a', {}, {}, { photo: { picture: 'a'.repeat(64), url: 'https://x.example/a', waiting: false } });
    });
    await user.click(await screen.findByLabelText('Edit Classic'));
    await user.click(await screen.findByTestId('editor-photo-remove'));
    await user.click(screen.getByTestId('editor-save'));
    await until(() => expect(desk.ran('set_picture')).toEqual([{ id: 'a', slot: 'photo', picture: null }]));
  });

  it('asks before unsaved typing is left for another thing', async () => {
    const { user } = await openRooms();
    await user.click(await screen.findByLabelText('Edit Classic'));
    await user.type(await screen.findByTestId('editor-name'), '!');
    await user.keyboard('{Escape}');
    await user.click(await screen.findByTestId('leave-dialog-stay'));
    expect(screen.getByTestId<HTMLInputElement>('editor-name').value).toBe('Classic!');
    await user.click(screen.getByTestId('editor-close'));
    await user.click(await screen.findByTestId('leave-dialog-sure'));
    await until(() => expect(screen.queryByTestId('editor')).toBeNull());
  });

  it('deletes with an undo', async () => {
    const { desk, user } = await openRooms();
    await user.click(await screen.findByLabelText('Delete Attic'));
    await until(() => expect(shown()).toEqual(['a', 'b']));
    await user.click(await screen.findByTestId('undo-button'));
    await until(() => expect(desk.ran('undo_delete')).toEqual([{ id: 'c' }]));
    await until(() => expect(shown()).toContain('c'));
  });
});
