import { fireEvent, render, screen } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';

import { install } from '../dev/answers';
import { PretendDesk } from '../dev/desk';
import { editingOf } from '../dev/display';
import { endsOf, hoursOf, numberOf, switched } from '../src/components/display/editing.svelte';
import EditScreen from '../src/features/display/EditScreen.svelte';
import { openWindow, until } from './setup';

async function openFile() {
  const opened = await openWindow();
  await opened.user.click(await screen.findByTestId('rail-branding'));
  await opened.user.click(await screen.findByTestId('make-display-file'));
  await screen.findByTestId('display-preview');
  return opened;
}

describe('the file of a display', () => {
  it('is made from the typed values and shown in the preview', async () => {
    const { desk, user } = await openFile();
    await user.type(screen.getByTestId('display-message'), 'Breakfast until 10');
    await until(() => expect(screen.getByTestId('display-pinned').textContent).toBe('Breakfast until 10'));
    await user.type(screen.getByTestId('hours-from'), '06:30');
    await user.type(screen.getByTestId('hours-to'), '23:00');
    await user.click(screen.getByTestId('weekday-sun'));
    await user.click(screen.getByTestId('part-gallery-on'));
    await user.click(screen.getByTestId('offer-add'));
    await user.click(screen.getByTestId('display-edit-save'));
    await screen.findByTestId('exported');
    expect(desk.ran('write_display_file')).toMatchObject([
      {
        before: '',
        file: {
          message: 'Breakfast until 10',
          hours: '06:30-23:00',
          weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
          parts: { gallery: { on: false, seconds: null }, welcome: null },
          offer: [{ title: 'Spa day' }],
        },
      },
    ]);
  });

  it('is not written while a value is wrong, which stands at its field', async () => {
    const { user } = await openFile();
    await user.type(screen.getByTestId('display-seconds'), '1');
    await until(() => expect(screen.getByTestId('error-seconds').textContent).toContain('from 3 to 3600'));
    expect(screen.getByTestId<HTMLButtonElement>('display-edit-save').disabled).toBe(true);
    await user.type(screen.getByTestId('display-seconds'), '5');
    await until(() => expect(screen.queryByTestId('error-seconds')).toBeNull());
    expect(screen.getByTestId<HTMLButtonElement>('display-edit-save').disabled).toBe(false);
  });

  it('is not closed, and no other one opened, before the person has agreed to lose changes', async () => {
    const { desk, user } = await openFile();
    await user.keyboard('{Escape}');
    await until(() => expect(screen.queryByTestId('display-file')).toBeNull());
    await user.click(screen.getByTestId('make-display-file'));
    await user.type(await screen.findByTestId('display-message'), 'Breakfast');
    await user.keyboard('{Escape}');
    await user.click(await screen.findByTestId('display-file-leave-stay'));
    expect(screen.getByTestId<HTMLInputElement>('display-message').value).toBe('Breakfast');
    await user.upload(screen.getByTestId('display-file-choose'), new File(['seconds = 20\n'], 'display.toml'));
    await screen.findByTestId('display-file-leave');
    expect(desk.ran('display_file_editing')).toHaveLength(2);
    await user.click(screen.getByTestId('display-file-leave-stay'));
    await user.click(screen.getByTestId('display-edit-save'));
    await screen.findByTestId('exported');
    await user.click(screen.getByTestId('display-edit-cancel'));
    await until(() => expect(screen.queryByTestId('display-file')).toBeNull());
  });

  it('continues an existing file, whose text goes back for its comments', async () => {
    const { desk, user } = await openFile();
    const text = '# The lobby.\nseconds = 20\n';
    await user.upload(screen.getByTestId('display-file-choose'), new File([text], 'display.toml'));
    await until(() => expect(desk.ran('display_file_editing')).toEqual([{ text: '' }, { text }]));
    await user.click(await screen.findByTestId('display-edit-save'));
    await until(() => expect(desk.ran('write_display_file')).toMatchObject([{ before: text }]));
  });
});

describe('the editor on the display', () => {
  function openScreen() {
    const desk = new PretendDesk();
    install(desk);
    const onclose = vi.fn();
    render(EditScreen, { pin: '40711', editing: editingOf({ has_pin: true, monitors: ['HDMI-1'] }), onclose });
    return { desk, onclose };
  }

  it('brings the PIN with each call, and keeps the PIN of the file', async () => {
    const { desk, onclose } = openScreen();
    await screen.findByTestId('display-preview');
    await fireEvent.change(screen.getByTestId('display-monitor'), { target: { value: 'HDMI-1' } });
    await fireEvent.click(screen.getByTestId('display-edit-save'));
    await until(() => expect(onclose).toHaveBeenCalled());
    const [saved] = desk.ran('save_display');
    expect(saved).toMatchObject({ pin: '40711', file: { monitor: 'HDMI-1' } });
    expect((saved as { file: object }).file).not.toHaveProperty('pin');
    expect(desk.ran('display_preview').every((call) => (call as { pin: string }).pin === '40711')).toBe(true);
  });

  it('closes by itself after five minutes without input', async () => {
    vi.useFakeTimers();
    try {
      const { desk, onclose } = openScreen();
      // A preview would change its slides all the time.
      desk.answers.display_preview = () => ({ faults: {}, view: null });
      await vi.advanceTimersByTimeAsync(299_000);
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
      await vi.advanceTimersByTimeAsync(299_000);
      expect(onclose).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(2_000);
      expect(onclose).toHaveBeenCalled();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('values of the file', () => {
  it('are those of the fields', () => {
    expect([numberOf(''), numberOf('12'), numberOf('2.5')]).toEqual([null, 12, 2]);
    expect([endsOf('06:30 - 23:00'), endsOf(null)]).toEqual([['06:30', '23:00'], ['', '']]);
    expect([hoursOf('', ' '), hoursOf('22:00', '')]).toEqual([null, '22:00-']);
    expect(switched(null, 'mon')).toEqual(['tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
    expect(switched(['tue', 'wed', 'thu', 'fri', 'sat', 'sun'], 'mon')).toBeNull();
    expect(switched(['mon'], 'mon')).toEqual([]);
  });
});
