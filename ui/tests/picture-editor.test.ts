import { fireEvent, screen } from '@testing-library/svelte';
import type userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import type { PictureJob } from '../src/generated';
import { hold, openEditor, openWindow, until } from './setup';

const PHOTO = new File(['photo'], 'photo.jpg', { type: 'image/jpeg' });

/** Collects the job of each call, because the mock of the bridge drops the headers. */
function follow(): PictureJob[] {
  const jobs: PictureJob[] = [];
  const bridge = (window as unknown as { __TAURI_INTERNALS__: { invoke: (...call: unknown[]) => unknown } })
    .__TAURI_INTERNALS__;
  const invoke = bridge.invoke;
  bridge.invoke = (name, args, options) => {
    if (name === 'prepare_picture') {
      const { headers } = options as { headers: Record<string, string> };
      jobs.push(JSON.parse(headers['picture-job'] ?? '') as PictureJob);
    }
    return invoke(name, args, options);
  };
  return jobs;
}

const shown = (): string | undefined => screen.getByTestId('editor-picture').dataset['picture'];
const part = (): string | undefined => screen.getByTestId('crop-frame').dataset['part'];

async function choosePhoto(user: ReturnType<typeof userEvent.setup>): Promise<void> {
  await openEditor(user, 'Spa day');
  await user.upload(screen.getByTestId('editor-photo-input'), PHOTO);
}

/** Opens the picture editor on a photo of 3000 by 2000 pixels for an offer. */
async function openPictureEditor() {
  const { desk, user } = await openWindow();
  const jobs = follow();
  await choosePhoto(user);
  await user.click(await screen.findByTestId('editor-photo-edit'));
  await screen.findByTestId('crop-frame');
  return { desk, user, jobs };
}

describe('a picture that is being prepared', () => {
  it('tells how far it is, and only of its own job', async () => {
    const { desk, user } = await openWindow();
    const jobs = follow();
    const end = hold(desk);
    await choosePhoto(user);
    const bar = await screen.findByTestId('prepare-bar');
    expect(bar.getAttribute('aria-valuenow')).toBe('0');
    await until(() => expect(jobs).toHaveLength(1));
    await desk.notify({ topic: 'preparing', job: 'another', done: 900 });
    await desk.notify({ topic: 'preparing', job: jobs[0]?.job ?? '', done: 420 });
    await until(() => expect(bar.getAttribute('aria-valuenow')).toBe('42'));
    end();
    await until(() => expect(screen.queryByTestId('prepare-bar')).toBeNull());
    expect(shown()).toBe('e'.repeat(64));
  });

  it('can be stopped, which changes nothing and is no error', async () => {
    const { desk, user } = await openWindow();
    const jobs = follow();
    hold(desk);
    await choosePhoto(user);
    await until(() => expect(jobs).toHaveLength(1));
    await user.click(screen.getByTestId('prepare-cancel'));
    await until(() => expect(screen.queryByTestId('prepare-bar')).toBeNull());
    expect(desk.ran('cancel_picture')).toEqual([{ job: jobs[0]?.job }]);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByTestId('editor-photo-keep')).toBeNull();
    expect(screen.getByTestId('editor').contains(document.activeElement), 'the focus stays in the editor').toBe(true);
    await user.click(screen.getByTestId('editor-save'));
    await until(() => expect(screen.queryByTestId('editor')).toBeNull());
    expect(desk.ran('set_picture')).toEqual([]);
  });

  it('is stopped by a newer one, which wins', async () => {
    const { desk, user } = await openWindow();
    const jobs = follow();
    const end = hold(desk);
    await choosePhoto(user);
    await until(() => expect(jobs).toHaveLength(1));
    delete desk.answers['prepare_picture'];
    await user.upload(screen.getByTestId('editor-photo-input'), new File(['b'], 'b.jpg', { type: 'image/jpeg' }));
    await until(() => expect(shown()).toBe('f'.repeat(64)));
    expect(desk.ran('cancel_picture')).toEqual([{ job: jobs[0]?.job }]);
    end();
    await until(() => expect(screen.queryByTestId('prepare-bar')).toBeNull());
    expect(shown()).toBe('f'.repeat(64));
  });
});

describe('the picture editor', () => {
  it('is offered for a file that is at hand, and not for the picture of the hotel', async () => {
    const { user } = await openWindow((prepared) => prepared.change('a', { picture: 'd'.repeat(64) }));
    await openEditor(user, 'Spa day');
    expect(screen.queryByTestId('editor-photo-edit')).toBeNull();
    await user.upload(screen.getByTestId('editor-photo-input'), PHOTO);
    expect(await screen.findByTestId('editor-photo-edit')).toBeTruthy();
  });

  it('turns, cuts by keyboard, and puts what the core made of it in place of the earlier picture', async () => {
    const { desk, user, jobs } = await openPictureEditor();
    expect(part()).toBe('0,0,3000,2000');
    await user.click(screen.getByTestId('turn-right'));
    expect(part()).toBe('0,0,2000,3000');
    await user.click(screen.getByTestId('shape-square'));
    expect(part()).toBe('0,500,2000,2000');
    screen.getByTestId('crop-frame').focus();
    await user.keyboard('{ArrowDown}');
    expect(part()).toBe('0,530,2000,2000');
    await user.keyboard('{Shift>}{ArrowLeft}{/Shift}');
    expect(part()).toBe('0,530,1970,1970');
    screen.getByTestId('crop-nw').focus();
    await user.keyboard('{ArrowRight}');
    expect(part()).toBe('30,560,1940,1940');
    expect(screen.getByTestId('picture-size').textContent).toBe('1940 × 1940 pixels');

    desk.answers['prepare_picture'] = () => ({ ...desk.picture, hash: 'a'.repeat(64), width: 1940, height: 1940 });
    await user.click(screen.getByTestId('picture-use'));
    await until(() => expect(screen.queryByTestId('picture-editor')).toBeNull());
    expect(jobs.at(-1)?.options).toEqual({
      turn: 'right',
      crop: { left: 30 / 2000, top: 560 / 3000, width: 1940 / 2000, height: 1940 / 3000 },
    });
    expect(shown()).toBe('a'.repeat(64));

    await user.click(screen.getByTestId('editor-photo-edit'));
    await screen.findByTestId('crop-frame');
    expect(part(), 'opened again, it goes on where it was left').toBe('30,560,1940,1940');
  });

  it('follows the mouse, at the scale at which the picture is shown', async () => {
    await openPictureEditor();
    // Without a layout, the picture is shown at a tenth of its size.
    vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 300, 200));
    HTMLElement.prototype.setPointerCapture = () => undefined;
    const [corner, frame] = [screen.getByTestId('crop-nw'), screen.getByTestId('crop-frame')];
    await fireEvent.pointerDown(corner, { button: 0, clientX: 0, clientY: 0 });
    await fireEvent.pointerMove(corner, { clientX: 50, clientY: 20 });
    await fireEvent.pointerMove(corner, { clientX: 100, clientY: 50 });
    await fireEvent.pointerUp(corner);
    expect(part()).toBe('1000,500,2000,1500');
    await fireEvent.pointerMove(corner, { clientX: 7, clientY: 7 });
    expect(part(), 'the button is up').toBe('1000,500,2000,1500');
    await fireEvent.pointerDown(frame, { button: 0, clientX: 150, clientY: 100 });
    await fireEvent.pointerMove(frame, { clientX: 130, clientY: 500 });
    await fireEvent.pointerUp(frame);
    expect(part()).toBe('800,500,2000,1500');
  });

  it('lets shapes be tried one after the other without losing any of the picture', async () => {
    const { user } = await openPictureEditor();
    for (const [shape, expected] of [
      ['wide', '0,156,3000,1688'],
      ['photo', '167,0,2667,2000'],
      ['square', '500,0,2000,2000'],
      ['free', '0,0,3000,2000'],
    ] as const) {
      await user.click(screen.getByTestId(`shape-${shape}`));
      expect(part()).toBe(expected);
    }
  });

  it('warns of a part that is too small while it is cut', async () => {
    const { user } = await openPictureEditor();
    const warning = 'This picture is small; on a big display it will look soft.';
    expect(screen.queryByText(warning)).toBeNull();
    screen.getByTestId('crop-e').focus();
    await user.keyboard('{ArrowLeft>60/}');
    expect(part()).toBe('0,0,1200,2000');
    expect(screen.queryByText(warning)).toBeNull();
    screen.getByTestId('crop-s').focus();
    await user.keyboard('{ArrowUp>25/}');
    expect(screen.getByText(warning)).toBeTruthy();
    await user.click(screen.getByTestId('picture-reset'));
    expect(part()).toBe('0,0,3000,2000');
    expect(screen.queryByText(warning)).toBeNull();
  });

  it('names every handle, and tells where it is', async () => {
    await openPictureEditor();
    const sliders = screen.getAllByRole('slider');
    expect(sliders).toHaveLength(9);
    expect(new Set(sliders.map((slider) => slider.getAttribute('aria-label'))).size).toBe(9);
    for (const slider of sliders) {
      expect(slider.getAttribute('aria-valuetext')).toBe('3000 × 2000 pixels, 0 from the left, 0 from the top');
    }
  });

  it('uses the picture that is there already when nothing was changed', async () => {
    const { desk, user } = await openPictureEditor();
    await user.click(screen.getByTestId('picture-use'));
    await until(() => expect(screen.queryByTestId('picture-editor')).toBeNull());
    expect(desk.ran('prepare_picture'), 'the field and the view').toHaveLength(2);
  });

  it('leaves everything as it was when it is cancelled', async () => {
    const { desk, user } = await openPictureEditor();
    await user.click(screen.getByTestId('turn-left'));
    await user.keyboard('{Escape}');
    await until(() => expect(screen.queryByTestId('picture-editor')).toBeNull());
    expect(shown()).toBe(desk.picture.hash);
    expect(screen.getByTestId('editor')).toBeTruthy();
  });

  it('can stop the last step and goes on with the edits as they were', async () => {
    const { desk, user } = await openPictureEditor();
    await user.click(screen.getByTestId('shape-wide'));
    hold(desk);
    await user.click(screen.getByTestId('picture-use'));
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('prepare-cancel')));
    await user.click(screen.getByTestId('prepare-cancel'));
    await until(() => expect(screen.queryByTestId('prepare-bar')).toBeNull());
    expect(part()).toBe('0,156,3000,1688');
    expect(screen.queryByRole('alert')).toBeNull();
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('picture-use')));
  });

  it('says why the core refuses, and keeps the edits', async () => {
    const { desk, user } = await openPictureEditor();
    await user.click(screen.getByTestId('turn-left'));
    desk.answers['prepare_picture'] = () => {
      throw { code: 'disk_full', message: 'The disk is full.', way_out: 'Make room.', fields: {} };
    };
    await user.click(screen.getByTestId('picture-use'));
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
    expect(part()).toBe('0,0,2000,3000');
  });
});
