import { fireEvent, screen, within } from '@testing-library/svelte';
import type { Editor } from '@tiptap/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { install } from '../dev/answers';
import { PretendDesk } from '../dev/desk';
import { offerOf } from '../dev/offers';
import { roomOf, TABLES } from '../dev/records';
import { Draft } from '../src/components/editor/draft.svelte';
import { Keeper, Keeping, KEPT_WITHIN, type Typed } from '../src/components/editor/keeping.svelte';
import { type Memo, readMemo } from '../src/components/editor/memo';
import type { Draft as StoredDraft, DraftView, FieldEdit } from '../src/generated';
import { openEditor, openReadWindow, openWindow, roomShown, until, withTitleConflict } from './setup';

const PICTURE = {
  hash: 'e'.repeat(64),
  width: 2560,
  height: 1707,
  bytes: 812_000,
  original_width: 3000,
  original_height: 2000,
  warning: null,
};

function edit(was: string, now: string): FieldEdit {
  return { was: { field: 'title', value: was }, now: { field: 'title', value: now } };
}

function keptOf(part: Partial<DraftView>, memo: Partial<Memo> = {}): DraftView {
  return {
    id: 'd1',
    about: 'offer',
    entity: 'a',
    title: 'Spa evening',
    content: JSON.stringify({ edits: [], unfinished: [], pictures: [], ...memo }),
    version: 4,
    saved_at: '2026-11-21T10:42:00Z',
    there: true,
    ...part,
  };
}

describe('what is typed', () => {
  let desk: PretendDesk;
  let keeper: Keeper;
  let keeping: Keeping;
  let text = $state('');

  beforeEach(() => {
    vi.useFakeTimers();
    desk = new PretendDesk();
    install(desk);
    text = '';
    keeping = new Keeping();
    keeper = new Keeper(keeping, (): Typed | null => (text ? { about: 'offer', entity: 'a', title: text, content: { text } } : null));
  });

  afterEach(() => {
    keeper.end();
    vi.useRealTimers();
  });

  const type = async (now: string): Promise<void> => {
    text = now;
    await vi.advanceTimersByTimeAsync(0);
  };
  const saved = (): StoredDraft[] => desk.ran('save_draft').map(({ draft }) => draft as StoredDraft);
  const texts = (): string[] => saved().map(({ content }) => (JSON.parse(content) as { text: string }).text);

  it('is kept within a second', async () => {
    await type('S');
    expect(saved()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(saved()).toMatchObject([{ id: keeper.id, about: 'offer', entity: 'a', title: 'S', version: 1 }]);
  });

  it('is kept while somebody types without end', async () => {
    for (let letters = 1; letters <= 30; letters += 1) {
      await type('x'.repeat(letters));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(texts().length).toBeGreaterThanOrEqual(5);
    // At most the last half second is missing.
    expect(texts().at(-1)?.length).toBeGreaterThanOrEqual(25);
  });

  it('is handed over once, and each state with a higher version than the one before', async () => {
    await type('Spa');
    await vi.advanceTimersByTimeAsync(5000);
    await type('Spa day');
    await vi.advanceTimersByTimeAsync(5000);
    expect(texts()).toEqual(['Spa', 'Spa day']);
    const [first, second] = saved();
    expect(second?.version).toBeGreaterThan(first?.version ?? 0);
  });

  it('is handed over at once when the window may go', async () => {
    await type('Spa');
    await keeping.keepAll();
    expect(texts()).toEqual(['Spa']);
  });

  it('is taken away when nothing of it is left', async () => {
    await type('Spa');
    await vi.advanceTimersByTimeAsync(1000);
    await type('');
    await vi.advanceTimersByTimeAsync(1000);
    expect(desk.ran('discard_draft')).toEqual([{ id: keeper.id }]);
  });

  it('is not told of at all when it went before it was kept', async () => {
    await type('Spa');
    await type('');
    await vi.advanceTimersByTimeAsync(5000);
    expect(desk.ran('save_draft')).toEqual([]);
    expect(desk.ran('discard_draft')).toEqual([]);
  });

  it('is tried again when it could not be stored', async () => {
    desk.answers['save_draft'] = () => {
      throw { code: 'disk_full', message: 'There is no room.', way_out: '', fields: {} };
    };
    await type('Spa');
    await vi.advanceTimersByTimeAsync(1000);
    delete desk.answers['save_draft'];
    await vi.advanceTimersByTimeAsync(6000);
    expect(desk.drafts.map(({ content }) => content)).toEqual(['{"text":"Spa"}']);
  });

  it('is not kept any more once it is being saved, and again when the save fails', async () => {
    await type('Spa');
    await vi.advanceTimersByTimeAsync(1000);
    expect(await keeper.rest()).toBe(keeper.id);
    await type('Spa day');
    await vi.advanceTimersByTimeAsync(5000);
    expect(texts()).toEqual(['Spa']);
    keeper.wake(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(texts()).toEqual(['Spa', 'Spa day']);
  });

  it('is not kept for the next person', async () => {
    await type('Spa');
    keeper.end();
    await vi.advanceTimersByTimeAsync(5000);
    await keeping.keepAll();
    expect(saved()).toEqual([]);
  });
});

describe('a draft that is continued', () => {
  function resumed(memo: Partial<Memo>, live: Parameters<typeof offerOf>[0], typed: FieldEdit['now'][] = []): Draft {
    const desk = new PretendDesk();
    install(desk);
    const draft = new Draft('offer', 'a');
    if (typed.length > 0) draft.follow(offerOf(live).fields, TABLES.offer);
    for (const now of typed) draft.type(now);
    const kept = keptOf({}, memo);
    draft.begin(new Keeping());
    draft.resume({ draft: kept, memo: readMemo(kept.content) as Memo });
    draft.follow(offerOf(live).fields, TABLES.offer);
    draft.part();
    return draft;
  }

  it('is typing upon the thing as it is now, and tells of a colleague’s change', () => {
    const draft = resumed({ edits: [edit('Spa', 'Spa day')] }, { local_id: 'a', title: 'Spa weekend', tag: 'Warm' });
    expect(draft.content['title']).toBe('Spa day');
    expect(draft.content['tag']).toBe('Warm');
    expect(draft.theirs('title')).toEqual({ field: 'title', value: 'Spa weekend' });
    expect(draft.edits).toEqual([edit('Spa', 'Spa day')]);
  });

  it('has nothing left of what reached the hotel meanwhile', () => {
    expect(resumed({ edits: [edit('Spa', 'Spa day')] }, { local_id: 'a', title: 'Spa day' }).dirty).toBe(false);
  });

  it('never replaces what is typed already', () => {
    const live = { local_id: 'a', title: 'Spa' };
    const draft = resumed({ edits: [edit('Spa', 'Spa day')] }, live, [{ field: 'title', value: 'Sauna' }]);
    expect(draft.content['title']).toBe('Sauna');
  });

  it('brings the picture and half a date back', () => {
    const half = { text: '30/1', sentence: 'Type a date.' };
    const pictures: Memo['pictures'] = [{ slot: 'photo', picture: PICTURE }];
    const draft = resumed({ unfinished: [['valid_to', half]], pictures }, { local_id: 'a' });
    expect(draft.pictureAt('photo').picture).toEqual(PICTURE);
    expect(draft.unfinished('valid_to')).toEqual(half);
  });
});

describe('the window', () => {
  it('keeps what is typed in the editor, and takes it away with the save', async () => {
    const { desk, user } = await openWindow();
    const title = await openEditor(user, 'Spa day');
    await user.type(title, ' for two');
    await until(() => expect(desk.drafts).toMatchObject([{ about: 'offer', entity: 'a', title: 'Spa day for two' }]));
    await user.click(screen.getByTestId('editor-save'));
    await until(() => expect(desk.ran('edit')).toHaveLength(1));
    await until(() => expect(desk.drafts).toEqual([]));
    expect(screen.queryByTestId('kept-drafts')).toBeNull();
  });

  it('takes away what the person leaves unsaved', async () => {
    const { desk, user } = await openWindow();
    await user.type(await openEditor(user, 'Spa day'), '!');
    await until(() => expect(desk.drafts).toHaveLength(1));
    await user.keyboard('{Escape}');
    await user.click(await screen.findByTestId('leave-dialog-sure'));
    await until(() => expect(desk.drafts).toEqual([]));
    expect(screen.queryByTestId('kept-drafts')).toBeNull();
  });

  it('offers to continue without taking the focus, and opens the editor with what was typed', async () => {
    const { desk, user } = await openReadWindow((prepared) => {
      prepared.drafts = [keptOf({}, { edits: [edit('Spa day', 'Spa evening')] })];
    });
    const bar = await screen.findByTestId('kept-drafts');
    expect(bar.textContent).toContain('Spa evening');
    expect(bar.contains(document.activeElement)).toBe(false);
    const resume = within(bar).getByTestId('draft-continue');
    expect(resume.textContent).toMatch(/^Continue where you were, .*\d+:42/);
    await user.click(resume);
    expect((await screen.findByTestId<HTMLInputElement>('editor-title')).value).toBe('Spa evening');
    expect(screen.queryByTestId('kept-drafts')).toBeNull();
    // The draft is saved under a new name before the old one is removed.
    await until(() => expect(desk.drafts.map(({ id }) => id)).not.toContain('d1'));
    expect(desk.drafts).toHaveLength(1);
    await user.click(screen.getByTestId('editor-save'));
    await until(() => expect(desk.ran('edit')).toEqual([{ id: 'a', edits: [edit('Spa day', 'Spa evening')] }]));
    await until(() => expect(desk.drafts).toEqual([]));
  });

  it('offers it in the editor of the same thing too', async () => {
    const { user } = await openReadWindow((prepared) => {
      prepared.drafts = [keptOf({}, { edits: [edit('Spa day', 'Spa evening')] }), keptOf({ id: 'd2', entity: 'b' })];
    });
    const title = await openEditor(user, 'Spa day');
    expect(document.activeElement).toBe(title);
    const here = await screen.findByTestId('kept-here');
    expect(within(here).getAllByTestId('kept-draft')).toHaveLength(1);
    await user.click(within(here).getByTestId('draft-continue'));
    await until(() => expect(screen.getByTestId<HTMLInputElement>('editor-title').value).toBe('Spa evening'));
    expect(screen.queryByTestId('kept-here')).toBeNull();
  });

  it('continues a new offer, and one whose offer was deleted as a new one', async () => {
    const blank = { edits: [edit('', 'Tea')] };
    const { user } = await openReadWindow((prepared) => {
      prepared.drafts = [
        keptOf({ id: 'd1', entity: null, title: 'Tea' }, blank),
        keptOf({ id: 'd2', entity: 'gone', title: 'Dinner', there: false }, { edits: [edit('Supper', 'Dinner')] }),
      ];
    });
    const [tea, dinner] = await screen.findAllByTestId('kept-draft');
    expect(tea?.textContent).toContain('New offer: Tea');
    expect(dinner?.textContent).toContain('It has been deleted.');
    await user.click(within(dinner as HTMLElement).getByTestId('draft-continue'));
    expect((await screen.findByTestId<HTMLInputElement>('editor-title')).value).toBe('Dinner');
    expect(screen.getByText('New offer', { selector: 'h2' })).toBeTruthy();
  });

  it('keeps a third text that is written where the offer conflicts, also when the editor is closed', async () => {
    const { desk, user } = await openReadWindow(withTitleConflict);
    await user.click(await screen.findByLabelText('Edit Spa day'));
    await user.click(await screen.findByTestId('conflict-edit'));
    const third = await screen.findByTestId('conflict-edit-title');
    await user.clear(third);
    await user.type(third, 'Spa evening');
    await user.click(screen.getByTestId('editor-close'));
    await until(() => expect(desk.drafts[0]?.content).toContain('Spa evening'));
    await user.click(await screen.findByTestId('draft-continue'));
    const again = await screen.findByTestId<HTMLInputElement>('conflict-edit-title');
    expect(again.value).toBe('Spa evening');
    await user.click(screen.getByTestId('conflict-use'));
    await until(() => expect(desk.ran('resolve_conflict')).toHaveLength(1));
    await until(() => expect(desk.drafts).toEqual([]));
  });

  it('leaves a third formatted text and its cursor as they are typed, and begins it from what is harmless', async () => {
    const { user } = await openReadWindow((desk) => {
      withTitleConflict(desk);
      const [conflict] = desk.conflicts.get('a') ?? [];
      const mine = { field: 'details_html', value: '<p>Mine</p><script>bad()</script>' };
      if (conflict) desk.conflicts.set('a', [{ ...conflict, field: 'details_html', mine, theirs: { ...mine, value: '<p>Theirs</p>' } }]);
    });
    await openEditor(user, 'Spa day');
    await user.click(await screen.findByTestId('conflict-edit'));
    const third = await screen.findByTestId('conflict-edit-details_html');
    expect(third.textContent).toBe('Mine');
    const { editor } = third as unknown as { editor: Editor };
    editor.chain().insertContentAt(1, 'All ').setTextSelection(3).run();
    await new Promise((done) => setTimeout(done, 100));
    expect(third.textContent).toBe('All Mine');
    expect(editor.state.selection.from).toBe(3);
  });

  it('asks before it leaves something typed, and goes nowhere when that is kept on', async () => {
    const { user } = await openReadWindow((prepared) => {
      prepared.rooms = [roomOf({ local_id: 'r', fields: { name: 'Twin' } })];
      prepared.drafts = [keptOf({ about: 'room_type', entity: 'r', title: 'Twin' }, { edits: [] })];
    });
    await user.type(await openEditor(user, 'Spa day'), '!');
    await user.click(screen.getByTestId('draft-continue'));
    await user.click(await screen.findByTestId('leave-dialog-stay'));
    expect(roomShown()).toBe('offers');
    expect(screen.getByTestId<HTMLInputElement>('editor-title').value).toBe('Spa day!');
  });

  it('discards a draft, and brings it back for whoever slipped', async () => {
    const { desk, user } = await openReadWindow((prepared) => {
      prepared.drafts = [keptOf({})];
    });
    await user.click(await screen.findByTestId('draft-discard'));
    await until(() => expect(desk.drafts).toEqual([]));
    await until(() => expect(screen.queryByTestId('kept-drafts')).toBeNull());
    await user.click(await screen.findByTestId('undo-button'));
    expect(await screen.findByTestId('kept-drafts')).toBeTruthy();
    expect(desk.drafts).toMatchObject([{ id: 'd1', version: 4 }]);
  });

  it('continues the branding where it is typed', async () => {
    const memo = {
      edits: [
        {
          was: { field: 'slogan', value: '' },
          now: { field: 'slogan', value: 'By the lake' },
        },
      ],
    } as Partial<Memo>;
    const { user } = await openReadWindow((prepared) => {
      const entity = prepared.branding?.local_id ?? null;
      prepared.drafts = [keptOf({ about: 'branding', entity, title: '' }, memo)];
    });
    await user.click(await screen.findByTestId('draft-continue'));
    expect(await screen.findByDisplayValue('By the lake')).toBeTruthy();
    expect(screen.getByTestId('branding-unsaved').textContent).toBe('1 unsaved change');
  });

  it('continues the pictures for a gallery together, with their captions', async () => {
    const picture = (id: string, place: number, caption: string): DraftView =>
      keptOf({ id, about: 'gallery', entity: 'g', content: JSON.stringify({ place, name: `${id}.jpg`, caption, picture: PICTURE }) });
    const { desk, user } = await openReadWindow((prepared) => {
      prepared.galleries = [{ local_id: 'g', name: 'Rooms', images: [], sync: 'saved', pending: [], undo: [] }];
      prepared.drafts = [picture('d2', 2, 'The lake'), picture('d1', 1, '')];
    });
    expect((await screen.findByTestId('kept-drafts')).textContent).toContain('2 pictures for the gallery');
    await user.click(screen.getByTestId('draft-continue'));
    const tiles = await screen.findAllByTestId('gallery-new');
    expect(tiles.map((tile) => tile.dataset['file'])).toEqual(['d1.jpg', 'd2.jpg']);
    expect(within(tiles[1] as HTMLElement).getByTestId<HTMLInputElement>('gallery-caption').value).toBe('The lake');
    await user.click(within(await screen.findByTestId('gallery-confirm')).getByRole('button', { name: /Add 2/ }));
    await until(() => expect(desk.ran('add_images')).toHaveLength(2));
    await until(() => expect(desk.drafts).toEqual([]));
  });

  it('says at the sign-out what is typed and not saved', async () => {
    const { desk, user } = await openReadWindow((prepared) => {
      prepared.drafts = [keptOf({ title: 'Spa evening' })];
      prepared.answers['sign_out'] = ({ choice }) => {
        if (choice === 'if_nothing_waits') {
          throw { code: 'still_waiting', message: 'What you typed in 1 place is not saved.', way_out: '', fields: {} };
        }
        return null;
      };
    });
    await user.click(await screen.findByTestId('person'));
    await user.click(await screen.findByTestId('sign-out'));
    expect((await screen.findByTestId('sign-out-list')).textContent).toContain('Spa evening');
    expect(screen.queryByTestId('sign-out-send')).toBeNull();
    await user.click(screen.getByTestId('sign-out-keep'));
    await until(() => expect(desk.ran('sign_out').at(-1)).toEqual({ choice: 'keep' }));
  });

  it('answers the shell, and hands over what is typed first when it is about to go', async () => {
    const { desk, user } = await openWindow();
    await user.type(await openEditor(user, 'Spa day'), '!');
    const { emit } = await import('@tauri-apps/api/event');
    await emit('shell-asks', { number: 7, leaving: true });
    await until(() => expect(desk.ran('answer_shell')).toEqual([{ number: 7 }]));
    const order = desk.calls.map(({ name }) => name).filter((name) => name === 'save_draft' || name === 'answer_shell');
    expect(order).toEqual(['save_draft', 'answer_shell']);
    await fireEvent.blur(window);
    expect(KEPT_WITHIN).toBeLessThan(1000);
  });
});
