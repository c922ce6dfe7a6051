// Earlier versions in the editor: compared with the present entity, and brought back through the form.
import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { EarlierVersion } from '../src/generated';
import { openReadWindow, until } from './setup';

const OLD_PICTURE = 'e'.repeat(64);

function version(over: Partial<EarlierVersion> = {}): EarlierVersion {
  return {
    number: 4,
    until: '2026-11-20T10:02:00Z',
    is_own: false,
    edits: [{ was: { field: 'title', value: 'Spa day' }, now: { field: 'title', value: 'Spa morning' } }],
    pictures: [],
    ...over,
  };
}

async function openVersions(versions: EarlierVersion[]) {
  const opened = await openReadWindow();
  opened.desk.answers['versions'] = () => versions;
  await opened.user.click(screen.getByLabelText('Edit Spa day'));
  await opened.user.click(await screen.findByTestId('versions-open'));
  return opened;
}

const field = (name: string) => screen.getByTestId<HTMLInputElement>(`editor-${name}`).value;

describe('an earlier version', () => {
  it('stands beside the present values, and is typed into the form, which saves it', async () => {
    const { desk, user } = await openVersions([version()]);
    const dialog = within(await screen.findByTestId('versions'));
    const row = (await dialog.findByText('Spa morning')).closest('tr');
    expect(row?.textContent).toContain('Spa day');
    expect(dialog.getByText('Replaced by a colleague, or by you at another desk')).toBeTruthy();
    await user.click(dialog.getByTestId('version-use'));
    await until(() => expect(field('title')).toBe('Spa morning'));
    expect(screen.queryByTestId('versions')).toBeNull();
    expect(desk.ran('edit')).toEqual([]);
    await user.click(screen.getByTestId('editor-save'));
    await until(() => expect(desk.ran('edit')).toMatchObject([{ id: 'a', edits: [{ now: { value: 'Spa morning' } }] }]));
  });

  it('brings its picture along, and removes one that it did not have', async () => {
    const { desk, user } = await openVersions([
      version({ edits: [], pictures: [{ slot: 'photo', existed: true, picture: OLD_PICTURE }] }),
    ]);
    await user.click(await screen.findByTestId('version-use'));
    await until(() => expect(desk.ran('prepare_cached_picture')).toEqual([{ hash: OLD_PICTURE }]));
    await user.click(screen.getByTestId('editor-save'));
    await until(() => expect(desk.ran('set_picture')).toMatchObject([{ slot: 'photo', picture: desk.picture.hash }]));
  });

  it('leaves the present picture if its own is not on this computer, and says so', async () => {
    const { desk, user } = await openVersions([version({ pictures: [{ slot: 'photo', existed: true, picture: null }] })]);
    await user.click(await screen.findByTestId('version-use'));
    await screen.findByText(/without its picture/);
    await user.click(screen.getByTestId('editor-save'));
    await until(() => expect(desk.ran('edit')).toHaveLength(1));
    expect(desk.ran('set_picture')).toEqual([]);
  });

  it('replaces no unsaved typing', async () => {
    const opened = await openReadWindow();
    opened.desk.answers['versions'] = () => [version()];
    await opened.user.click(screen.getByLabelText('Edit Spa day'));
    await opened.user.type(await screen.findByTestId('editor-tag'), 'New');
    await opened.user.click(screen.getByTestId('versions-open'));
    expect((await screen.findByTestId<HTMLButtonElement>('version-use')).disabled).toBe(true);
    expect(screen.getByTestId('versions-save-first')).toBeTruthy();
  });

  it('is not typed into a form that the person went back to while its picture was prepared', async () => {
    const { desk, user } = await openVersions([version({ pictures: [{ slot: 'photo', existed: true, picture: OLD_PICTURE }] })]);
    let prepared: (picture: typeof desk.picture) => void = () => undefined;
    desk.answers['prepare_cached_picture'] = () => new Promise((resolve) => (prepared = resolve));
    await user.click(await screen.findByTestId('version-use'));
    await user.keyboard('{Escape}');
    await user.type(await screen.findByTestId('editor-title'), ' for two');
    prepared(desk.picture);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(field('title')).toBe('Spa day for two');
  });

  it('is not offered if there is none', async () => {
    await openVersions([]);
    await screen.findByTestId('versions-none');
  });
});
