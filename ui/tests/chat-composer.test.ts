import { screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';

import { failure } from '../dev/commands';
import { bubble, field, openChat, openConversation, row, texts, twoChats } from './chat-setup';
import { openWindow, until } from './setup';

describe('an answer', () => {
  it('is given by keyboard alone: shortcut, arrow keys, Enter, text, Enter, Escape', async () => {
    const { desk, user } = await openWindow(twoChats);
    await until(() => expect(screen.getByTestId('rail-count-chat')).toBeTruthy());
    await user.keyboard('{F7}');
    await until(() => expect(document.activeElement).toBe(row('a')));
    await user.keyboard('{ArrowDown}');
    await until(() => expect(document.activeElement).toBe(row('b')));
    await user.keyboard('{Enter}');
    await until(() => expect(document.activeElement).toBe(field()));
    await user.keyboard('Good evening{Shift>}{Enter}{/Shift}Mr Walsh{Enter}');
    await until(() => expect(texts().at(-1)).toBe('Good evening\nMr Walsh'));
    expect(desk.ran('say')).toEqual([{ conversation: 'b', text: 'Good evening\nMr Walsh', reply_to: null }]);
    expect(field().value).toBe('');
    expect(document.activeElement).toBe(field());
    await user.keyboard('{Escape}');
    await until(() => expect(document.activeElement).toBe(row('b')));
  });

  it('keeps its text and the focus until the core has accepted it', async () => {
    const { desk, user } = await openConversation();
    desk.answers['say'] = () => {
      throw failure({ code: 'disk_full', message: 'The disk is full.' });
    };
    await user.keyboard('Certainly{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
    expect(field().value).toBe('Certainly');
    expect(document.activeElement).toBe(field());
    delete desk.answers['say'];
    await user.keyboard('{Enter}');
    await until(() => expect(texts().at(-1)).toBe('Certainly'));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(field().value).toBe('');
  });

  it('is taken once, however often Enter is pressed, and what is typed meanwhile stays', async () => {
    const { desk, user } = await openConversation();
    let accept = (): void => undefined;
    desk.answers['say'] = () => new Promise<null>((done) => (accept = () => done(null)));
    await user.keyboard('One{Enter}{Enter}');
    await until(() => expect(desk.ran('say')).toHaveLength(1));
    await user.keyboard(' more');
    accept();
    await until(() => expect(field().value).toBe(' more'));
    expect(desk.ran('say')).toHaveLength(1);
  });

  it('is not sent without a text, nor by the Enter of an input method', async () => {
    const { desk, user } = await openConversation();
    await user.keyboard('  {Enter}');
    expect(screen.getByTestId<HTMLButtonElement>('chat-send').disabled).toBe(true);
    await user.keyboard('ka');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }));
    expect(desk.ran('say')).toEqual([]);
  });

  it('quotes a message that was chosen by keyboard, and Escape takes the quote back', async () => {
    const { desk, user } = await openConversation();
    await until(() => expect(texts()).toHaveLength(2));
    await user.keyboard('{ArrowUp}');
    await until(() => expect(document.activeElement).toBe(bubble(2)));
    await user.keyboard('{ArrowUp}r');
    await until(() => expect(document.activeElement).toBe(field()));
    expect(screen.getByTestId('chat-answered').textContent).toContain('Is the pool open?');
    await user.keyboard('{Escape}');
    await until(() => expect(screen.queryByTestId('chat-answered')).toBeNull());
    expect(document.activeElement).toBe(field());
    await user.hover(bubble(1));
    await user.click(await within(bubble(1)).findByTestId('chat-reply'));
    await user.keyboard('Until nine{Enter}');
    await until(() => expect(desk.ran('say')).toEqual([{ conversation: 'a', text: 'Until nine', reply_to: 1 }]));
    await until(() => expect(screen.queryByTestId('chat-answered')).toBeNull());
  });
});

describe('an unsent answer', () => {
  it('is stored within a second, and stays with its conversation', async () => {
    const { desk, user } = await openConversation('a');
    await user.keyboard('For Emma');
    await until(() => expect(desk.drafts.map(({ about, entity }) => [about, entity])).toEqual([['conversation', 'a']]));
    expect(desk.drafts[0]?.title).toBe('Room 101');
    await user.click(row('b'));
    await until(() => expect(field().value).toBe(''));
    await until(() => expect(row('a').textContent).toContain('Draft: For Emma'));
    await user.click(row('a'));
    await until(() => expect(field().value).toBe('For Emma'));
    // It is at hand in its conversation, so it is not offered above the room.
    expect(screen.queryByTestId('kept-draft')).toBeNull();
  });

  it('is there again after a restart, with the message that it answers', async () => {
    const content = JSON.stringify({ text: 'Half a sent', answered: { id: 1, name: 'Emma Murphy', text: 'Is the pool open?' } });
    const { desk, user } = await openConversation('a', (prepared) => {
      twoChats(prepared);
      prepared.drafts = [{ id: 'd1', about: 'conversation', entity: 'a', title: 'Room 101', content, version: 3, saved_at: '2026-11-21T13:00:00Z', there: true }];
    });
    expect(field().value).toBe('Half a sent');
    expect(screen.getByTestId('chat-answered').textContent).toContain('Is the pool open?');
    expect(screen.queryByTestId('kept-draft')).toBeNull();
    await until(() => expect(desk.drafts.map(({ id, title }) => [id === 'd1', title])).toEqual([[false, 'Room 101']]));
    await user.keyboard('ence{Enter}');
    await until(() => expect(desk.ran('say')).toEqual([{ conversation: 'a', text: 'Half a sentence', reply_to: 1 }]));
    await until(() => expect(desk.drafts).toEqual([]));
  });

  it('is removed with the message by one command, and none is stored after it', async () => {
    const { desk, user } = await openConversation();
    await user.keyboard('Certainly');
    await until(() => expect(desk.drafts).toHaveLength(1));
    await user.keyboard('{Enter}');
    await until(() => expect(desk.drafts).toEqual([]));
    const order = desk.calls.map(({ name }) => name).filter((name) => ['say', 'save_draft', 'discard_draft'].includes(name));
    expect(order).toEqual(['save_draft', 'say']);
  });

  it('of another version of the program is offered, and not lost', async () => {
    await openChat((desk) => {
      twoChats(desk);
      desk.drafts = [{ id: 'd1', about: 'conversation', entity: 'a', title: 'Room 101', content: '[]', version: 1, saved_at: '2026-11-21T13:00:00Z', there: true }];
    });
    expect(await screen.findByTestId('kept-draft')).toBeTruthy();
  });

  it('whose conversation is gone is offered to be discarded only', async () => {
    await openChat((desk) => {
      twoChats(desk);
      const content = JSON.stringify({ text: 'Lost', answered: null });
      desk.drafts = [{ id: 'd1', about: 'conversation', entity: 'gone', title: 'Room 9', content, version: 1, saved_at: '2026-11-21T13:00:00Z', there: false }];
    });
    expect((await screen.findByTestId('kept-draft')).textContent).toContain('The conversation is no longer there.');
    expect(screen.queryByTestId('draft-continue')).toBeNull();
    expect(screen.getByTestId('draft-discard')).toBeTruthy();
  });
});

describe('quick replies', () => {
  const withReplies = () =>
    openConversation('a', (desk) => {
      twoChats(desk);
      desk.chat.replies = [
        { title: 'Welcome', text: 'Dear {guest}, welcome to room {room}!' },
        { title: 'Breakfast', text: 'Breakfast is from 7 to 10.' },
      ];
    });

  it('are chosen by keyboard alone, with the guest and the room filled in', async () => {
    const { desk, user } = await withReplies();
    await user.keyboard('/');
    const search = await screen.findByTestId('chat-replies-search');
    await until(() => expect(document.activeElement).toBe(search));
    await user.keyboard('welc');
    await until(() => expect(screen.getAllByTestId('chat-replies-choice')).toHaveLength(1));
    await user.keyboard('{Enter}');
    await until(() => expect(field().value).toBe('Dear Emma Murphy, welcome to room 101!'));
    await until(() => expect(document.activeElement).toBe(field()));
    expect(desk.ran('say')).toEqual([]);
  });

  it('are inserted at the cursor, by arrow keys', async () => {
    const { user } = await withReplies();
    await user.keyboard('Hello! {Control>}/{/Control}');
    await screen.findAllByTestId('chat-replies-choice');
    await user.keyboard('{ArrowDown}{Enter}');
    await until(() => expect(field().value).toBe('Hello! Breakfast is from 7 to 10.'));
  });

  it('are closed by Escape, which leaves the text and returns to it', async () => {
    const { user } = await withReplies();
    await user.keyboard('Hello{Control>}/{/Control}');
    await screen.findAllByTestId('chat-replies-choice');
    await user.keyboard('{Escape}');
    await until(() => expect(screen.queryByTestId('chat-replies-search')).toBeNull());
    await until(() => expect(document.activeElement).toBe(field()));
    expect(field().value).toBe('Hello');
  });

  it('say when there are none, and when none has the words', async () => {
    const { desk, user } = await openConversation();
    await user.click(screen.getByTestId('chat-replies'));
    await until(() => expect(screen.getByRole('dialog').textContent).toContain('There are no quick replies'));
    desk.chat.replies = [{ title: 'Welcome', text: 'Hello' }];
    await user.keyboard('{Escape}');
    await user.click(screen.getByTestId('chat-replies'));
    await screen.findAllByTestId('chat-replies-choice');
    await user.keyboard('zebra');
    await until(() => expect(screen.getByRole('dialog').textContent).toContain('No quick reply has these words'));
  });
});

describe('emoji', () => {
  it('are found by name and inserted at the cursor by keyboard', async () => {
    const { user } = await openConversation();
    await user.keyboard('Thanks {Control>}.{/Control}');
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('chat-emoji-search')));
    await user.keyboard('thumbs up{Enter}');
    await until(() => expect(field().value).toBe('Thanks 👍'));
    await until(() => expect(document.activeElement).toBe(field()));
  });

  it('are reached by the arrow keys in their grid', async () => {
    const { user } = await openConversation();
    await user.click(screen.getByTestId('chat-emoji'));
    const choices = await screen.findAllByTestId('chat-emoji-choice');
    await user.keyboard('{ArrowRight}{ArrowDown}');
    const chosen = choices.find((choice) => choice.getAttribute('aria-selected') === 'true');
    expect(choices.indexOf(chosen as HTMLElement)).toBe(9);
    expect(document.activeElement?.getAttribute('aria-activedescendant')).toBe(chosen?.id);
    vi.restoreAllMocks();
  });
});

describe('a file', () => {
  const pdf = (name = 'bill.pdf') => new File(['%PDF-1.7'], name, { type: 'application/pdf' });

  it('goes with the answer, and can be taken out again', async () => {
    const { desk, user } = await openConversation();
    await user.upload(screen.getByTestId('chat-file-input'), pdf());
    expect((await screen.findByTestId('chat-attached')).textContent).toContain('bill.pdf');
    expect(document.activeElement).toBe(field());
    await user.click(screen.getByTestId('chat-attached-remove'));
    expect(screen.queryByTestId('chat-attached')).toBeNull();
    expect(screen.getByTestId<HTMLButtonElement>('chat-send').disabled).toBe(true);
    await user.upload(screen.getByTestId('chat-file-input'), pdf());
    await user.keyboard('Ihre Rechnung für 101{Enter}');
    await until(() => expect(texts().at(-1)).toBe('Ihre Rechnung für 101'));
    expect(screen.getByTestId('chat-file').textContent).toContain('bill.pdf');
    expect(screen.queryByTestId('chat-attached')).toBeNull();
    expect(desk.ran('say')).toEqual([]);
  });

  it('is sent without a text, from the clipboard too, and its upload can be stopped', async () => {
    const { desk, user } = await openConversation();
    await user.paste({ files: [pdf('view.png')], types: ['Files'] } as unknown as DataTransfer);
    await screen.findByTestId('chat-attached');
    await user.keyboard('{Enter}');
    await until(() => expect(screen.getByTestId('chat-file').textContent).toContain('view.png'));
    await desk.notify({ topic: 'upload', entity: 'a', sent: 4, total: 8 });
    expect((await screen.findByTestId('chat-file-sending')).textContent).toContain('50 %');
    await user.click(screen.getByTestId('chat-file-stop'));
    expect(desk.ran('cancel_upload')).toEqual([{ entity: 'a' }]);
  });

  it('that the hotel does not take is refused at once, and nothing typed is lost', async () => {
    const { desk, user } = await openConversation();
    desk.answers['check_chat_file'] = () => {
      throw failure({ code: 'invalid', message: 'The guest chat takes no such file.' });
    };
    await user.keyboard('Here it is');
    await user.upload(screen.getByTestId('chat-file-input'), pdf('x.exe'));
    expect((await screen.findByRole('alert')).textContent).toContain('takes no such file');
    expect(screen.queryByTestId('chat-attached')).toBeNull();
    expect(field().value).toBe('Here it is');
  });

  it('stays with its text if the core refuses the message', async () => {
    const { desk, user } = await openConversation();
    desk.answers['say_with_file'] = () => {
      throw failure({ code: 'disk_full', message: 'The disk is full.' });
    };
    await user.upload(screen.getByTestId('chat-file-input'), pdf());
    await user.keyboard('Here it is{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
    expect(screen.getByTestId('chat-attached')).toBeTruthy();
    expect(field().value).toBe('Here it is');
  });

  it('beside a copied text is left out, as tables and documents put a picture of the text there', async () => {
    const { user } = await openConversation();
    const copied = { files: [pdf('view.png')], types: ['text/plain', 'Files'], getData: () => 'Table 4' };
    await user.paste(copied as unknown as DataTransfer);
    await until(() => expect(field().value).toBe('Table 4'));
    expect(screen.queryByTestId('chat-attached')).toBeNull();
  });

  const attached = () => screen.queryAllByTestId('chat-attached').map((one) => one.textContent?.trim().split(',')[0]);
  const filesSent = () => screen.queryAllByTestId('chat-file').map((one) => one.textContent?.trim().split(',')[0]);

  it('goes with the text, and each further one follows in its own message', async () => {
    const { user } = await openConversation();
    await user.upload(screen.getByTestId('chat-file-input'), [pdf('a.pdf'), pdf('b.pdf')]);
    await user.paste({ files: [pdf('c.png')], types: ['Files'] } as unknown as DataTransfer);
    await until(() => expect(attached()).toEqual(['a.pdf', 'b.pdf', 'c.png']));
    await user.click(screen.getAllByTestId('chat-attached-remove')[1] as HTMLElement);
    expect(attached()).toEqual(['a.pdf', 'c.png']);
    await user.keyboard('Here they are{Enter}');
    await until(() => expect(filesSent()).toEqual(['a.pdf', 'c.png']));
    expect(texts().slice(-2)).toEqual(['Here they are', undefined]);
    expect(attached()).toEqual([]);
    expect(field().value).toBe('');
  });

  it('that the hotel does not take leaves the others in the answer', async () => {
    const { desk, user } = await openConversation();
    desk.answers['check_chat_file'] = ({ name }) => {
      if (name === 'x.exe') throw failure({ code: 'invalid', message: 'The guest chat takes no such file.' });
      return null;
    };
    await user.paste({ files: [pdf('x.exe'), pdf('b.pdf')], types: ['Files'] } as unknown as DataTransfer);
    expect((await screen.findByRole('alert')).textContent).toContain('takes no such file');
    await until(() => expect(attached()).toEqual(['b.pdf']));
  });

  it('that is taken out while the one before it is sent stays here', async () => {
    const { desk, user } = await openConversation();
    await user.paste({ files: [pdf('a.pdf'), pdf('b.pdf')], types: ['Files'] } as unknown as DataTransfer);
    await until(() => expect(attached()).toHaveLength(2));
    let accept = (): void => undefined;
    const accepted = new Promise<null>((resolve) => (accept = () => resolve(null)));
    desk.answers['say_with_file'] = () => accepted;
    await user.keyboard('{Enter}');
    await user.click(screen.getAllByTestId('chat-attached-remove')[1] as HTMLElement);
    accept();
    await until(() => expect(attached()).toEqual([]));
    expect(desk.ran('say_with_file')).toHaveLength(1);
  });

  it('that the core refuses stays with those behind it, and the sent text does not come back', async () => {
    const { desk, user } = await openConversation();
    await user.paste({ files: [pdf('a.pdf'), pdf('b.pdf'), pdf('c.pdf')], types: ['Files'] } as unknown as DataTransfer);
    await until(() => expect(attached()).toHaveLength(3));
    const full = failure({ code: 'disk_full', message: 'The disk is full.' });
    let messages = 0;
    desk.answers['say_with_file'] = () => {
      messages += 1;
      if (messages > 1) throw full;
      return null;
    };
    await user.keyboard('Here they are{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
    expect(attached()).toEqual(['b.pdf', 'c.pdf']);
    expect(field().value).toBe('');
  });
});
