// The guest chat in the whole window, on a fake desk.
import { screen } from '@testing-library/svelte';
import { vi } from 'vitest';

import { messageOf } from '../dev/chat';
import type { PretendDesk } from '../dev/desk';
import type { MessageView } from '../src/generated';
import { openWindow, until } from './setup';

/** The height of a row and of the view in a test, in pixels. */
export const ROW = 40;
export const VIEW = 600;

/** Gives all elements a size, which the test environment does not have. */
export function withSizes(): void {
  const rect = Element.prototype.getBoundingClientRect;
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockImplementation(function (this: HTMLElement) {
    return ['feed', 'listbox'].includes(this.getAttribute('role') ?? '') ? VIEW : 0;
  });
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    const isRow = this.hasAttribute('data-key') || this.getAttribute('role') === 'option';
    return isRow ? new DOMRect(0, 0, 800, ROW) : rect.call(this);
  });
}

/** Adds two conversations: an unanswered one, and one whose last word is the hotel's. */
export function twoChats(desk: PretendDesk): void {
  desk.chat.add({ id: 'a', room: '101', guest: 'Emma Murphy', unread: 2, unanswered_since: new Date(Date.now() - 7 * 60_000).toISOString() }, [
    messageOf({ key: 1, name: 'Emma Murphy', text: 'Is the pool open?' }),
    messageOf({ key: 2, name: 'Emma Murphy', text: 'And the sauna?' }),
  ]);
  desk.chat.add({ id: 'b', room: '214', guest: 'Liam Walsh' }, [
    messageOf({ key: 1, name: 'Liam Walsh', text: 'Thank you for the towels' }),
    messageOf({ key: 2, sender: 'staff', is_mine: true, text: 'With pleasure', state: 'read' }),
  ]);
}

/** Opens the room of the guest chat. */
export async function openChat(prepare: (desk: PretendDesk) => void = twoChats) {
  const opened = await openWindow(prepare);
  await opened.user.click(await screen.findByTestId('rail-chat'));
  await screen.findByTestId('chat');
  return opened;
}

/** Opens the guest chat, and the conversation `id` in it. */
export async function openConversation(id = 'a', prepare: (desk: PretendDesk) => void = twoChats) {
  const opened = await openChat(prepare);
  await until(() => row(id));
  await opened.user.click(row(id));
  await until(() => {
    if (document.activeElement !== field()) throw new Error('the field has no focus');
  });
  return opened;
}

/** Returns the row of a conversation in the list. */
export function row(id: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-entry="${id}"]`);
  if (!found) throw new Error(`no conversation ${id}`);
  return found;
}

/** Returns the field for the answer. */
export const field = (): HTMLTextAreaElement => screen.getByTestId<HTMLTextAreaElement>('chat-text');

/** Returns the texts of the drawn messages. */
export function texts(): (string | null | undefined)[] {
  return screen.queryAllByTestId('chat-message').map((message) => message.querySelector('.text')?.textContent);
}

/** Returns the drawn message with this key. */
export function bubble(key: number): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-key="${key}"][data-testid="chat-message"]`);
  if (!found) throw new Error(`no message ${key}`);
  return found;
}

/** Returns a message of the signed-in person. */
export function ownMessage(part: Partial<MessageView> & { key: number }): MessageView {
  return messageOf({ sender: 'staff', is_mine: true, name: 'Aoife Byrne', ...part });
}
