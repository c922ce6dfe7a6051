import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { failure } from '../dev/commands';
import type { PretendDesk } from '../dev/desk';
import { brandingOf } from '../dev/records';
import { hold, openWindow, until } from './setup';

const text = (name: string, value: string) => ({ field: name, value }) as const;

async function openBranding(prepare: (desk: PretendDesk) => void = () => undefined) {
  const opened = await openWindow(prepare);
  await opened.user.click(await screen.findByTestId('rail-branding'));
  return opened;
}

const field = (name: string) => screen.findByTestId<HTMLInputElement>(`branding-${name}`);

describe('the branding', () => {
  it('sends only what was changed, with what stood there at the beginning', async () => {
    const { desk, user } = await openBranding();
    const slogan = await field('slogan');
    await user.clear(slogan);
    await user.type(slogan, 'Come back soon');
    await user.keyboard('{Control>}s{/Control}');
    await until(() =>
      expect(desk.ran('edit')).toEqual([
        { id: 'branding', edits: [{ was: text('slogan', 'Stay a while'), now: text('slogan', 'Come back soon') }] },
      ]),
    );
    await until(() => expect(screen.getByTestId('branding-unsaved').textContent).toBe('No unsaved changes'));
    expect(slogan.value).toBe('Come back soon');
  });

  it('never replaces what is being typed, and says what the colleague wrote', async () => {
    const { desk, user } = await openBranding();
    const slogan = await field('slogan');
    await user.type(slogan, ', or two');
    desk.changeRecord('branding', { slogan: 'Stay longer', welcome_message: 'Hello' });
    await desk.notify({ topic: 'entities', resource: 'branding', ids: null });
    await until(() => expect(screen.getByTestId<HTMLInputElement>('branding-welcome_message').value).toBe('Hello'));
    expect(slogan.value).toBe('Stay a while, or two');
    expect(screen.getByTestId('theirs-slogan').textContent).toContain('A colleague changed this to Stay longer');
    expect(screen.queryByTestId('theirs-welcome_message')).toBeNull();
  });

  it('keeps what is typed while another screen is looked at', async () => {
    const { user } = await openBranding();
    await user.type(await field('slogan'), '!');
    await user.click(screen.getByTestId('rail-offers'));
    await screen.findByText('Spa day');
    await user.click(screen.getByTestId('rail-branding'));
    expect((await field('slogan')).value).toBe('Stay a while!');
    expect(screen.getByTestId('branding-unsaved').textContent).toBe('1 unsaved change');
  });

  it('shows the fields and the places for pictures that the server has, and no others', async () => {
    const { desk, user } = await openBranding((prepared) => {
      const none = { picture: null, url: null, waiting: false };
      const fields = { name: 'Hotel Killarney', tagline: '', city: 'Killarney', main_color: '#1F5F4A', tags: ['family'] };
      prepared.branding = { ...brandingOf(), shown: {}, pictures: { logo: none }, fields };
    });
    const name = await field('name');
    expect(name.value).toBe('Hotel Killarney');
    expect(screen.getByTestId('preview-name').textContent).toBe('Hotel Killarney');
    for (const absent of ['slogan', 'name_override', 'primary_color', 'phone']) {
      expect(screen.queryByTestId(`branding-${absent}`)).toBeNull();
    }
    expect(screen.queryByTestId('branding-hero_image')).toBeNull();
    expect(screen.getByTestId('branding-logo')).toBeTruthy();
    await user.type(await field('tagline'), 'By the lake');
    await user.keyboard('{Control>}s{/Control}');
    await until(() =>
      expect(desk.ran('edit')).toEqual([
        { id: 'branding', edits: [{ was: text('tagline', ''), now: text('tagline', 'By the lake') }] },
      ]),
    );
  });

  it('asks before it discards', async () => {
    const { desk, user } = await openBranding();
    await user.type(await field('slogan'), '!');
    await user.click(screen.getByTestId('branding-discard'));
    await user.click(await screen.findByTestId('branding-discard-dialog-stay'));
    expect((await field('slogan')).value).toBe('Stay a while!');
    await user.click(screen.getByTestId('branding-discard'));
    await user.click(await screen.findByTestId('branding-discard-dialog-sure'));
    await until(() => expect(screen.getByTestId<HTMLInputElement>('branding-slogan').value).toBe('Stay a while'));
    expect(desk.ran('edit')).toEqual([]);
  });

  it('says what is wrong at the field, and does not save it', async () => {
    const { desk, user } = await openBranding();
    await user.type(await field('contact_email'), 'stay');
    const error = await screen.findByTestId('error-contact_email');
    expect(error.textContent).toContain('An e-mail address is needed');
    await user.click(screen.getByTestId('branding-save'));
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('branding-contact_email')));
    expect(desk.ran('edit')).toEqual([]);
  });

  it('is not kept from saving by what was wrong at the hotel before', async () => {
    const { desk, user } = await openBranding((prepared) => {
      prepared.branding = brandingOf({ website: 'not an address' });
    });
    await user.type(await field('slogan'), '!');
    await user.click(screen.getByTestId('branding-save'));
    await until(() => expect(desk.ran('edit')).toHaveLength(1));
  });

  it('shows what the hotel refused at its field', async () => {
    await openBranding((desk) => {
      desk.items = [
        {
          id: 'i1', kind: 'edit', about: 'branding', entity: 'branding', title: 'Branding', summary: 'Changes the phone.',
          state: 'attention', code: 'rejected', reason: '', fields: { phone_override: ['Too long.'] }, attempts: 1, next_try: null,
          created_at: '2026-11-21T13:00:00Z', can_retry: true, removed_there: false, discard_loses: '', question: null,
          like: [], is_doubtful: false,
        },
      ];
    });
    expect((await screen.findByTestId('error-phone_override')).textContent).toBe('Too long.');
  });

  it('can only be looked at where the account may not write', async () => {
    const { desk, user } = await openBranding((prepared) => {
      const reason = 'Only a manager may change this.';
      prepared.capabilities = { ...prepared.capabilities, resources: { ...prepared.capabilities.resources, branding: { read: true, write: false, reason } } };
    });
    const slogan = await field('slogan');
    expect(slogan.readOnly).toBe(true);
    expect(screen.getByTestId('read-only').textContent).toContain('Only a manager may change this.');
    expect(screen.queryByTestId('branding-save')).toBeNull();
    expect(screen.queryByTestId('branding-hero_image-input')).toBeNull();
    expect(screen.getByTestId<HTMLInputElement>('branding-theme_mode-dark').disabled).toBe(true);
    await user.keyboard('{Control>}s{/Control}');
    expect(desk.ran('edit')).toEqual([]);
  });
});

describe('typing that is not saved', () => {
  it('is asked about before a sign-out', async () => {
    const { desk, user } = await openBranding();
    await user.type(await field('slogan'), '!');
    const signOut = async () => {
      await user.click(screen.getByTestId('person'));
      await user.click(await screen.findByTestId('sign-out'));
    };
    await signOut();
    expect((await screen.findByTestId('sign-out-list')).textContent).toContain('Branding');
    await user.click(screen.getByTestId('sign-out-cancel'));
    expect((await field('slogan')).value).toBe('Stay a while!');
    expect(desk.session).not.toBeNull();
    await signOut();
    await user.click(await screen.findByTestId('sign-out-keep'));
    await until(() => expect(desk.ran('sign_out').at(-1)).toEqual({ choice: 'keep' }));
    expect(desk.drafts).toHaveLength(1);
  });

  it('keeps the sign-in where the core cannot store it', async () => {
    const { desk, user } = await openBranding();
    desk.answers['save_draft'] = () => {
      throw failure({ code: 'disk_full' });
    };
    await user.type(await field('slogan'), '!');
    await user.click(screen.getByTestId('person'));
    await user.click(await screen.findByTestId('sign-out'));
    expect((await screen.findByTestId('toast')).textContent).toContain('You were not signed out');
    expect(desk.ran('sign_out')).toEqual([]);
    expect((await field('slogan')).value).toBe('Stay a while!');
  });
});

describe('a list of the branding', () => {
  it('is added to, reordered and shortened by keyboard', async () => {
    const { desk, user } = await openBranding();
    (await screen.findByTestId('branding-amenities-0')).focus();
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('branding-amenities-1')));
    await user.keyboard('{Enter}');
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('branding-amenities-2')));
    await user.keyboard('Sauna');
    await user.click(screen.getByTestId('branding-amenities-3-remove'));
    await user.click(screen.getByTestId('branding-save'));
    await until(() =>
      expect(desk.ran('edit')[0]?.['edits']).toEqual([
        {
          was: { field: 'amenities', value: ['Free parking', 'Breakfast', 'Spa'] },
          now: { field: 'amenities', value: ['Breakfast', 'Free parking', 'Sauna'] },
        },
      ]),
    );
  });
});

describe('the preview', () => {
  it('shows what is typed right now, and the hotel’s own where nothing is', async () => {
    const { user } = await openBranding();
    const preview = await screen.findByTestId('branding-preview');
    expect(within(preview).getByTestId('preview-name').textContent).toBe('The Killarney Court Hotel');
    expect((await field('name_override')).placeholder).toBe('The Killarney Court Hotel');
    await user.type(await field('name_override'), 'The Court');
    expect(within(preview).getByTestId('preview-name').textContent).toBe('The Court');
    const button = await field('button_color');
    await user.clear(button);
    await user.type(button, '#112233');
    expect(preview.style.getPropertyValue('--guest-button')).toBe('#112233');
    await user.click(screen.getByTestId('branding-theme_mode-dark'));
    expect(preview.dataset['theme']).toBe('dark');
  });

  it('keeps the last colour while a new one is only half typed', async () => {
    const { user } = await openBranding();
    await user.type(await field('button_color'), '{Backspace}');
    expect(screen.getByTestId('branding-preview').style.getPropertyValue('--guest-button')).toBe('#004FAF');
  });

  it('warns of colours that are hard to read, and stands in no way of saving them', async () => {
    const { desk, user } = await openBranding();
    expect((await screen.findByTestId('branding-contrast')).dataset['faults']).toBe('0');
    await fireEvent.input(screen.getByTestId('branding-text_color-chooser'), { target: { value: '#dddddd' } });
    await until(() => expect(screen.getByTestId('branding-contrast').dataset['faults']).toBe('1'));
    expect(screen.getByTestId('warning-text_color').textContent).toContain('1.28:1, should be at least 4.50:1');
    await user.click(screen.getByTestId('branding-save'));
    await until(() =>
      expect(desk.ran('edit')[0]?.['edits']).toEqual([
        { was: text('text_color', '#1A202C'), now: text('text_color', '#DDDDDD') },
      ]),
    );
  });
});

describe('a picture of the branding', () => {
  it('is prepared, shown in the preview, and handed over for its own place', async () => {
    const { desk, user } = await openBranding();
    await user.upload(await screen.findByTestId('branding-hero_image-input'), new File(['x'], 'h.jpg', { type: 'image/jpeg' }));
    await until(() => expect(screen.getByTestId('branding-hero_image').dataset['picture']).toBe(desk.picture.hash));
    expect(screen.getByTestId('branding-preview').querySelector('img')?.src).toContain(desk.picture.hash);
    expect(screen.getByTestId('branding-logo').dataset['picture']).toBe('');
    await user.click(screen.getByTestId('branding-save'));
    await until(() =>
      expect(desk.ran('set_picture')).toEqual([{ id: 'branding', slot: 'hero_image', picture: desk.picture.hash }]),
    );
    await desk.notify({ topic: 'upload', entity: 'branding', sent: 500, total: 1000 });
    const bar = await within(screen.getByTestId('branding-hero_image')).findByTestId('upload-bar');
    expect(bar.getAttribute('aria-valuenow')).toBe('50');
  });

  it('is turned and cut in its own place', async () => {
    const { desk, user } = await openBranding();
    await user.upload(await screen.findByTestId('branding-logo-input'), new File(['x'], 'l.png', { type: 'image/png' }));
    await user.click(await screen.findByTestId('branding-logo-edit'));
    await screen.findByTestId('crop-frame');
    desk.answers['prepare_picture'] = () => ({ ...desk.picture, hash: 'a'.repeat(64) });
    await user.click(screen.getByTestId('shape-square'));
    await user.click(screen.getByTestId('picture-use'));
    await until(() => expect(screen.getByTestId('branding-logo').dataset['picture']).toBe('a'.repeat(64)));
    expect(screen.getByTestId('branding-hero_image').dataset['picture']).toBe('');
  });

  it('goes on being prepared while another screen is looked at', async () => {
    const { desk, user } = await openBranding();
    const end = hold(desk);
    await user.upload(await screen.findByTestId('branding-logo-input'), new File(['x'], 'l.png', { type: 'image/png' }));
    await screen.findByTestId('prepare-bar');
    await user.click(screen.getByTestId('rail-offers'));
    await screen.findByText('Spa day');
    await user.click(screen.getByTestId('rail-branding'));
    expect(within(await screen.findByTestId('branding-logo')).getByTestId('prepare-bar')).toBeTruthy();
    end();
    await until(() => expect(screen.getByTestId('branding-logo').dataset['picture']).toBe('e'.repeat(64)));
  });

  it('does not come back when it was discarded while it was being prepared', async () => {
    const { desk, user } = await openBranding();
    const end = hold(desk);
    await user.upload(await screen.findByTestId('branding-logo-input'), new File(['x'], 'l.png', { type: 'image/png' }));
    await screen.findByTestId('prepare-bar');
    await user.click(screen.getByTestId('branding-discard'));
    await user.click(await screen.findByTestId('branding-discard-dialog-sure'));
    await until(() => expect(screen.queryByTestId('prepare-bar')).toBeNull());
    expect(desk.ran('cancel_picture')).toHaveLength(1);
    end();
    await until(() => expect(screen.getByTestId('branding-unsaved').textContent).toBe('No unsaved changes'));
    expect(screen.getByTestId('branding-logo').dataset['picture']).toBe('');
  });

  it('cannot be taken off, since the server cannot', async () => {
    await openBranding((desk) => {
      const held = { picture: 'a'.repeat(64), url: 'https://pictures.example/a.jpg', waiting: false };
      desk.branding = brandingOf({}, { pictures: { hero_image: held } });
    });
    await screen.findByTestId('branding-hero_image');
    expect(screen.queryByTestId('branding-hero_image-remove')).toBeNull();
  });
});

describe('a conflict in the branding', () => {
  const times = { mine_at: '2026-11-21T13:00:00Z', theirs_at: '2026-11-21T13:30:00Z' };
  const none = { my_picture: null, their_picture_url: null, their_picture: null };

  it('is settled field by field, and a third text can be written', async () => {
    const { desk, user } = await openBranding((prepared) => {
      prepared.conflicts.set('branding', [
        { intent: 'i1', about: 'branding', field: 'slogan', slot: null, mine: text('slogan', 'Mine'), theirs: text('slogan', 'Theirs'), ...none, ...times },
      ]);
    });
    const box = await screen.findByTestId('conflict-field');
    expect(box.dataset['field']).toBe('slogan');
    expect(box.textContent).toContain('Slogan');
    await user.click(within(box).getByTestId('conflict-edit'));
    const third = await within(box).findByTestId('conflict-edit-slogan');
    await user.clear(third);
    await user.type(third, 'Both');
    await user.click(within(box).getByTestId('conflict-use'));
    await until(() =>
      expect(desk.ran('resolve_conflict')).toEqual([
        { id: 'i1', field: 'slogan', resolution: { choice: 'edit', value: text('slogan', 'Both') } },
      ]),
    );
    await user.click(within(await screen.findByTestId('settled')).getByTestId('settled-theirs'));
    await until(() => expect(desk.ran('edit')[0]?.['edits']).toEqual([{ was: text('slogan', 'Stay a while'), now: text('slogan', 'Theirs') }]));
  });

  it('is settled for each picture on its own', async () => {
    const [mine, theirs] = ['a'.repeat(64), 'b'.repeat(64)];
    const { desk, user } = await openBranding((prepared) => {
      prepared.conflicts.set('branding', [
        { intent: 'i1', about: 'branding', field: null, slot: 'logo', mine: null, theirs: null, my_picture: mine, their_picture_url: 'https://x.example/b', their_picture: theirs, ...times },
      ]);
    });
    const box = await screen.findByTestId('conflict-field');
    expect(box.dataset['field']).toBe('logo');
    await user.click(within(box).getByTestId('conflict-mine'));
    await until(() =>
      expect(desk.ran('resolve_conflict')).toEqual([{ id: 'i1', field: null, resolution: { choice: 'mine' } }]),
    );
    await user.click(within(await screen.findByTestId('settled')).getByTestId('settled-theirs'));
    await until(() => expect(desk.ran('set_picture')).toEqual([{ id: 'branding', slot: 'logo', picture: theirs }]));
  });
});

describe('a branding that was never read', () => {
  it('is said to be on its way, or that the hotel cannot be reached', async () => {
    const { desk } = await openBranding((prepared) => (prepared.branding = null));
    expect(await screen.findByText('Reading the branding from the hotel…')).toBeTruthy();
    await desk.setStatus({ online: false, pill: 'offline' });
    expect(await screen.findByTestId('branding-not-yet')).toBeTruthy();
    desk.branding = brandingOf();
    await desk.notify({ topic: 'entities', resource: 'branding', ids: null });
    expect((await field('slogan')).value).toBe('Stay a while');
  });
});
