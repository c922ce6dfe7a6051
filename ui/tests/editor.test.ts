import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';

import { openEditor, openWindow, until, withTitleConflict } from './setup';

describe('the editor', () => {
  it('sends only the field that was changed', async () => {
    const { desk, user } = await openWindow();
    const title = await openEditor(user, 'Spa day');
    await user.clear(title);
    await user.type(title, 'Spa weekend');
    await user.click(screen.getByTestId('editor-save'));
    await until(() =>
      expect(desk.ran('edit')).toEqual([
        {
          id: 'a',
          edits: [{ was: { field: 'title', value: 'Spa day' }, now: { field: 'title', value: 'Spa weekend' } }],
        },
      ]),
    );
    await until(() => expect(screen.queryByTestId('editor')).toBeNull());
  });

  it('clears a tag with its own button', async () => {
    const { desk, user } = await openWindow();
    await openEditor(user, 'Spa day');
    await user.click(screen.getByTestId('editor-tag-clear'));
    await user.click(screen.getByTestId('editor-save'));
    await until(() =>
      expect(desk.ran('edit')[0]?.['edits']).toEqual([
        { was: { field: 'tag', value: 'Wellness' }, now: { field: 'tag', value: '' } },
      ]),
    );
  });

  it('clears a date with its own button, together with the other end', async () => {
    const { desk, user } = await openWindow();
    await openEditor(user, 'Golf and stay');
    await user.click(screen.getByTestId('editor-valid_from-clear'));
    await user.click(screen.getByTestId('editor-save'));
    await until(() =>
      expect(desk.ran('edit')[0]?.['edits']).toEqual([
        {
          was: { field: 'validity', value: { from: '2027-03-01', to: null } },
          now: { field: 'validity', value: { from: null, to: null } },
        },
      ]),
    );
  });

  it('never replaces what is being typed, and shows what the colleague wrote', async () => {
    const { desk, user } = await openWindow();
    const title = await openEditor(user, 'Spa day');
    await user.type(title, ' for two');
    await desk.colleague('a', { title: 'Spa evening', tag: 'Warm' });
    await until(() => expect(screen.getByTestId<HTMLInputElement>('editor-tag').value).toBe('Warm'));
    expect(title.value).toBe('Spa day for two');
    expect(screen.getByTestId('theirs-title').textContent).toContain('Spa evening');
    expect(screen.queryByTestId('theirs-tag')).toBeNull();
  });

  it('is not saved over a colleague’s change before the person has chosen', async () => {
    const { desk, user } = await openWindow();
    const title = await openEditor(user, 'Spa day');
    await user.type(title, ' for two');
    await desk.colleague('a', { title: 'Spa evening' });
    await screen.findByTestId('theirs-title');
    await user.click(screen.getByTestId('editor-save'));
    expect(screen.getByTestId('choose-first').textContent).toContain('Choose first');
    expect(document.activeElement?.textContent).toContain('Take theirs');
    expect(desk.ran('edit')).toEqual([]);
    await user.click(screen.getByText('Keep mine'));
    await user.click(screen.getByTestId('editor-save'));
    await until(() => expect(screen.queryByTestId('editor')).toBeNull());
    expect(desk.ran('edit')).toHaveLength(1);
  });

  it('begins with the answers where it is opened with a conflict', async () => {
    const { user } = await openWindow(withTitleConflict);
    await user.click(await screen.findByLabelText('Edit Spa day'));
    await screen.findByTestId('conflict-field');
    await until(() => expect((document.activeElement as HTMLElement).dataset['testid']).toBe('conflict-mine'));
  });

  it('says what is wrong at the field while it is typed', async () => {
    const { user } = await openWindow();
    await openEditor(user, 'Spa day');
    const link = screen.getByTestId('editor-book_now_url');
    await user.type(link, 'hotel.example');
    const error = await screen.findByTestId('error-book_now_url');
    expect(error.textContent).toContain('A web address is needed');
    expect(link.getAttribute('aria-invalid')).toBe('true');
    expect(link.getAttribute('aria-describedby')?.split(' ')).toContain(error.id);
    expect(screen.queryByTestId('error-title')).toBeNull();
  });

  it('does not save what is wrong, and leads to the field', async () => {
    const { desk, user } = await openWindow();
    await user.click(await screen.findByTestId('offers-new'));
    await screen.findByTestId('editor-title');
    await user.click(screen.getByTestId('editor-save'));
    expect((await screen.findByTestId('error-title')).textContent).toBe('This is needed.');
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('editor-title')));
    expect(desk.ran('create')).toEqual([]);
  });

  it('refuses a number that is none before anything reaches the core', async () => {
    const { desk, user } = await openWindow();
    await openEditor(user, 'Spa day');
    await user.type(screen.getByTestId('editor-sort_order'), 'x');
    await user.click(screen.getByTestId('editor-save'));
    expect((await screen.findByTestId('error-sort_order')).textContent).toBe('A whole number from 0 on.');
    expect(desk.ran('edit')).toEqual([]);
  });

  it('creates one offer with all fields and its picture', async () => {
    const { desk, user } = await openWindow();
    await user.click(await screen.findByTestId('offers-new'));
    await user.type(await screen.findByTestId('editor-title'), 'Tea');
    await user.type(screen.getByTestId('editor-short_description'), 'Scones');
    await user.type(screen.getByTestId('editor-valid_to'), '2026-12-31');
    await user.upload(screen.getByTestId('editor-photo-input'), new File(['x'], 'tea.jpg', { type: 'image/jpeg' }));
    await until(() => expect(screen.getByTestId('editor-picture').dataset['picture']).toBe(desk.picture.hash));
    await user.click(screen.getByTestId('editor-save'));
    await until(() => expect(desk.ran('create')).toHaveLength(1));
    expect(desk.ran('create')[0]).toMatchObject({
      kind: 'offer',
      fields: { title: 'Tea', short_description: 'Scones', validity: { from: null, to: '2026-12-31' }, is_active: true },
      picture: desk.picture.hash,
    });
  });

  it('hands a picture over as plain bytes and shows why one is refused', async () => {
    const { desk, user } = await openWindow();
    await openEditor(user, 'Spa day');
    desk.answers['prepare_picture'] = () => {
      throw { code: 'bad_picture', message: 'This is not a picture.', way_out: 'Choose another file.', fields: {} };
    };
    await user.upload(screen.getByTestId('editor-photo-input'), new File(['<html>'], 'x.png', { type: 'image/png' }));
    expect(await screen.findByText('This is not a picture.')).toBeTruthy();
    expect(desk.calls.find((call) => call.name === 'prepare_picture')?.args).toBeInstanceOf(Uint8Array);
  });

  it('asks before unsaved typing is left, and keeps it when told so', async () => {
    const { user } = await openWindow();
    const title = await openEditor(user, 'Spa day');
    await user.type(title, '!');
    await user.keyboard('{Escape}');
    await user.click(await screen.findByTestId('leave-dialog-stay'));
    expect(screen.getByTestId<HTMLInputElement>('editor-title').value).toBe('Spa day!');
    await user.click(screen.getByTestId('editor-close'));
    await user.click(await screen.findByTestId('leave-dialog-sure'));
    await until(() => expect(screen.queryByTestId('editor')).toBeNull());
  });

  it('shows both sides of a conflict and settles it as chosen', async () => {
    const { desk, user } = await openWindow(withTitleConflict);
    await user.click(await screen.findByLabelText('Edit Spa day'));
    const box = await screen.findByTestId('conflict-field');
    expect(within(box).getByText('Spa night')).toBeTruthy();
    await user.click(within(box).getByTestId('conflict-theirs'));
    await until(() =>
      expect(desk.ran('resolve_conflict')).toEqual([{ id: 'i1', field: 'title', resolution: { choice: 'theirs' } }]),
    );
    const settled = await screen.findByTestId('settled');
    expect(settled.textContent).toContain('You took theirs.');
    expect(settled.textContent).toContain('Yours: Spa day');
    await user.click(within(settled).getByTestId('settled-mine'));
    await until(() =>
      expect(desk.ran('edit')).toEqual([
        {
          id: 'a',
          edits: [{ was: { field: 'title', value: 'Spa day' }, now: { field: 'title', value: 'Spa day' } }],
        },
      ]),
    );
    expect(settled.textContent).toContain('Theirs: Spa night');
  });

  it('shows both pictures of a conflict, and keeps theirs at hand after mine was chosen', async () => {
    const [mine, theirs] = ['a'.repeat(64), 'b'.repeat(64)];
    const { desk, user } = await openWindow((prepared) => {
      prepared.conflicts.set('a', [
        {
          intent: 'i1',
about: 'offer',
          field: null,
          slot: 'photo',
          mine: null,
          theirs: null,
          my_picture: mine,
          their_picture_url: 'https://pictures.example/b.jpg',
          their_picture: theirs,
          mine_at: '2026-11-21T13:00:00Z',
          theirs_at: '2026-11-21T13:30:00Z',
        },
      ]);
    });
    await user.click(await screen.findByLabelText('Edit Spa day'));
    const box = await screen.findByTestId('conflict-field');
    expect(within(box).getByTestId<HTMLImageElement>('conflict-picture-mine').src).toContain(mine);
    expect(within(box).getByTestId<HTMLImageElement>('conflict-picture-theirs').src).toContain(theirs);
    await user.click(within(box).getByTestId('conflict-mine'));
    const settled = await screen.findByTestId('settled');
    expect(within(settled).getByTestId<HTMLImageElement>('conflict-picture-theirs').src).toContain(theirs);
    await user.click(within(settled).getByTestId('settled-theirs'));
    await until(() => expect(desk.ran('set_picture')).toEqual([{ id: 'a', slot: 'photo', picture: theirs }]));
  });
});

describe('the rich text', () => {
  it('is not an edit just because it was opened', async () => {
    const { desk, user } = await openWindow((prepared) =>
      prepared.change('a', { details_html: '<p onclick="x()">Warm <b>stones</b><script>y()</script></p>' }),
    );
    await openEditor(user, 'Spa day');
    const text = await screen.findByTestId('editor-details_html');
    expect(text.innerHTML).toContain('<strong>stones</strong>');
    await user.click(screen.getByTestId('editor-save'));
    await until(() => expect(screen.queryByTestId('editor')).toBeNull());
    expect(desk.ran('edit')).toEqual([]);
  });

  it('begins with what the sanitiser lets through, and with all of it', async () => {
    const html =
      '<h2>Big</h2><h4>Small</h4><p><u>under</u> <s>struck</s> <em>slanted</em></p><blockquote><p>said</p></blockquote><ol><li><p>one</p></li></ol><p><a href="https://hotel.example/">link</a> <a href="mailto:desk@hotel.example">mail</a></p>';
    const { user } = await openWindow((prepared) => prepared.change('a', { details_html: html }));
    await openEditor(user, 'Spa day');
    const text = await screen.findByTestId('editor-details_html');
    for (const selector of ['h2', 'h4', 'u', 's', 'em', 'blockquote', 'ol li', 'a[href^="https:"]', 'a[href^="mailto:"]']) {
      expect(text.querySelector(selector), selector).not.toBeNull();
    }
  });

  it('shows a colleague’s text while it is untouched', async () => {
    const { desk, user } = await openWindow((prepared) => prepared.change('a', { details_html: '<p>Old</p>' }));
    await openEditor(user, 'Spa day');
    const text = await screen.findByTestId('editor-details_html');
    await desk.colleague('a', { details_html: '<p>New</p>' });
    await until(() => expect(text.textContent).toBe('New'));
  });
});

describe('a picture that is being prepared', () => {
  it('is waited for when the offer is saved', async () => {
    const { desk, user } = await openWindow();
    await openEditor(user, 'Spa day');
    let ready = (): void => undefined;
    desk.answers['prepare_picture'] = () => new Promise((done) => (ready = () => done(desk.picture)));
    await user.upload(screen.getByTestId('editor-photo-input'), new File(['x'], 'spa.jpg', { type: 'image/jpeg' }));
    await user.click(screen.getByTestId('editor-save'));
    await until(() => expect(desk.ran('prepare_picture')).toHaveLength(1));
    expect(desk.ran('set_picture')).toEqual([]);
    ready();
    await until(() => expect(desk.ran('set_picture')).toEqual([{ id: 'a', slot: 'photo', picture: desk.picture.hash }]));
  });
});

describe('a picture that cannot be drawn', () => {
  it('is said to be none', async () => {
    const { user } = await openWindow((prepared) => prepared.change('a', { picture: 'a'.repeat(64) }));
    await openEditor(user, 'Spa day');
    const place = screen.getByTestId('editor-picture');
    await fireEvent.error(within(place).getByRole('img'));
    expect(within(place).getByText('No picture')).toBeTruthy();
    expect(within(place).queryByRole('img')).toBeNull();
  });
});

describe('the calendar of a date', () => {
  it('opens above its field where the window ends beneath it', async () => {
    const { user } = await openWindow();
    await openEditor(user, 'Golf and stay');
    const height = vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(300);
    const place = vi
      .spyOn(HTMLElement.prototype, 'getBoundingClientRect')
      .mockReturnValue(new DOMRect(400, window.innerHeight - 100, 200, 40));
    try {
      await user.click(screen.getByTestId('editor-valid_from-calendar'));
      const sheet = await screen.findByRole('group', { name: 'First day' });
      await until(() => expect(parseFloat(sheet.style.top) + 300).toBeLessThan(window.innerHeight - 100));
      expect(sheet.contains(document.activeElement)).toBe(true);
    } finally {
      height.mockRestore();
      place.mockRestore();
    }
  });
});
