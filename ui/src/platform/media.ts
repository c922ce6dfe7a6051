import { convertFileSrc } from '@tauri-apps/api/core';

import type { MediaHash } from '../generated';

/** Returns the address at which the shell serves a cached picture. The window loads no other pictures. */
export function mediaUrl(hash: MediaHash): string {
  return convertFileSrc(hash, 'media');
}

/** Returns the address at which the shell serves a picture of a guest's message: the message's key and the picture's name. */
export function chatPictureUrl(key: number, preview: MediaHash): string {
  return convertFileSrc(`${key}.${preview}`, 'media');
}
