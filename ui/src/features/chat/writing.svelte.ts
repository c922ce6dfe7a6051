// The unsent message of one conversation. Its text is stored as a draft until the core has accepted it; chosen files are
// kept by the window alone. Each further file is a message of its own.
import { Keeper, type Keeping } from '../../components/editor/keeping.svelte';
import type { DeskError, DraftId, FileMessage, LocalId, ServerId } from '../../generated';
import { asFailure, command, sayWithFile } from '../../platform';

/** The message that is answered. */
export interface Answered {
  id: ServerId;
  name: string;
  text: string;
}

/** The largest size that a command can name, in bytes. */
const LARGEST = 2 ** 32 - 1;

/** A message for the core, without its conversation and its file. */
type Said = Omit<FileMessage, 'conversation' | 'name'>;

/** The content of a draft. */
interface Memo {
  text: string;
  answered: Answered | null;
}

function isAnswered(value: unknown): value is Answered {
  const { id, name, text } = value as Partial<Answered>;
  return typeof id === 'number' && typeof name === 'string' && typeof text === 'string';
}

/** Returns the content of a draft, or null if it is unreadable. */
export function readMemo(content: string): Memo | null {
  try {
    const { text, answered } = JSON.parse(content) as Partial<Memo>;
    if (typeof text !== 'string') return null;
    return { text, answered: answered && isAnswered(answered) ? answered : null };
  } catch {
    return null;
  }
}

export class Writing {
  readonly conversation: LocalId;
  readonly keeper: Keeper;
  text = $state('');
  answered = $state.raw<Answered | null>(null);
  /** The files that go with the message. */
  files = $state.raw<readonly File[]>([]);
  /** True while the core takes the message. */
  sending = $state(false);
  error = $state.raw<DeskError | null>(null);

  /** `title`: the name of the draft, without the guest's name. */
  constructor(keeping: Keeping, conversation: LocalId, title: () => string) {
    this.conversation = conversation;
    this.keeper = new Keeper(keeping, () => {
      const { text, answered } = this;
      if (text.trim() === '') return null;
      const content: Memo = { text, answered };
      return { about: 'conversation', entity: conversation, title: title(), content };
    });
  }

  /** Continues a stored draft, before text that was typed meanwhile. */
  resume(id: DraftId, { text, answered }: Memo): void {
    this.text = this.text ? `${text}\n${this.text}` : text;
    this.answered ??= answered;
    this.keeper.take(id);
  }

  /** True if there is something to send. */
  get isReady(): boolean {
    return this.text.trim() !== '' || this.files.length > 0;
  }

  /** Adds those files to the message that the hotel's server takes. */
  async attach(files: readonly File[]): Promise<void> {
    this.error = null;
    for (const file of files) {
      try {
        await command('check_chat_file', { name: file.name, bytes: Math.min(file.size, LARGEST) });
        this.files = [...this.files, file];
      } catch (thrown) {
        this.error ??= asFailure(thrown);
      }
    }
  }

  /** Takes a file out again. */
  detach(file: File): void {
    this.files = this.files.filter((other) => other !== file);
  }

  /**
   * Sends the message. The text and the files stay until the core has accepted them, one after the other. Returns true
   * if it accepted all.
   */
  async send(): Promise<boolean> {
    if (!this.isReady || this.sending) return false;
    this.sending = true;
    this.error = null;
    const [first, ...more] = this.files;
    try {
      await this.#sendText(first);
      for (const file of more) {
        // A file that was taken out meanwhile stays here.
        if (this.files.includes(file)) await this.#say({ text: '', reply_to: null, draft: null }, file);
      }
      return true;
    } catch (thrown) {
      this.error = asFailure(thrown);
      return false;
    } finally {
      this.sending = false;
    }
  }

  /** Sends the text, with the first file if there is one. */
  async #sendText(file: File | undefined): Promise<void> {
    const { text, answered } = this;
    let isSent = false;
    // No draft may be stored after the command that removes it.
    const draft = await this.keeper.rest();
    try {
      await this.#say({ text: text.trim(), reply_to: answered?.id ?? null, draft }, file);
      isSent = true;
      // Keys that were pressed meanwhile begin the next message.
      if (this.text.startsWith(text)) this.text = this.text.slice(text.length);
      if (this.answered === answered) this.answered = null;
    } finally {
      this.keeper.wake(isSent);
    }
  }

  async #say(said: Said, file: File | undefined): Promise<void> {
    const message = { conversation: this.conversation, ...said };
    if (file) {
      await sayWithFile({ ...message, name: file.name }, file);
      this.detach(file);
    } else await command('say', message);
  }
}
