// Files of messages that a person saves or opens.
import type { ExportedFile, ServerId } from '../../generated';
import { FileWriter } from '../../lib/exports.svelte';
import { command } from '../../platform';

export class ChatFiles extends FileWriter<[ServerId, number, 'save' | 'open']> {
  protected override make(message: ServerId, place: number, way: 'save' | 'open'): Promise<ExportedFile> {
    return command(way === 'open' ? 'open_chat_file' : 'save_chat_file', { message, place });
  }
}
