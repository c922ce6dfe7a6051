import { convertFileSrc } from '@tauri-apps/api/core';

import type { MediaHash } from '../generated';

/** The address under which the shell serves a cached picture: the only pictures that the window loads. */
export function mediaUrl(hash: MediaHash): string {
  return convertFileSrc(hash, 'media');
}
