// The unsent message of one conversation. Its text is stored as a draft until the core has accepted it; a chosen file is
// kept by the window alone.
import { Keeper, type Keeping } from '../../components/editor/keeping.svelte';
import type { DeskError, DraftId, LocalId, ServerId } from '../../generated';
import { t } from '../../messages';
import { asFailure, command, DeskFailure, sayWithFile } from '../../platform';

/** The message that is answered. */
export interface Answered {
  id: ServerId;
  name: string;
  text: string;
}

/** The largest size that a command can name, in bytes. */
const LARGEST = 2 ** 32 - 1;

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
  /** The file that goes with the message. */
  file = $state.raw<File | null>(null);
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
    return this.text.trim() !== '' || this.file !== null;
  }

  /** Adds a file to the message, if the hotel's server takes it. */
  async attach(files: readonly File[]): Promise<void> {
    const [file, ...more] = files;
    if (!file) return;
    this.error = null;
    try {
      if (more.length > 0) {
        throw new DeskFailure({ code: 'invalid', message: t('chat-one-file'), way_out: t('chat-one-file-lead'), fields: {} });
      }
      await command('check_chat_file', { name: file.name, bytes: Math.min(file.size, LARGEST) });
      this.file = file;
    } catch (thrown) {
      this.error = asFailure(thrown);
    }
  }

  /** Sends the message. The text and the file stay until the core has accepted it. Returns true if it did. */
  async send(): Promise<boolean> {
    const { text, answered, file } = this;
    if (!this.isReady || this.sending) return false;
    this.sending = true;
    this.error = null;
    // No draft may be stored after the command that removes it.
    const draft = await this.keeper.rest();
    try {
      const message = { conversation: this.conversation, text: text.trim(), reply_to: answered?.id ?? null, draft };
      if (file) await sayWithFile({ ...message, name: file.name }, file);
      else await command('say', message);
      // Keys that were pressed meanwhile begin the next message.
      if (this.text.startsWith(text)) this.text = this.text.slice(text.length);
      if (this.answered === answered) this.answered = null;
      if (this.file === file) this.file = null;
      this.keeper.wake(true);
      return true;
    } catch (thrown) {
      this.error = asFailure(thrown);
      this.keeper.wake(false);
      return false;
    } finally {
      this.sending = false;
    }
  }
}
