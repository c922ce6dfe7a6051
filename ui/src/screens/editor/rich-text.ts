import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Heading } from '@tiptap/extension-heading';
import { Italic } from '@tiptap/extension-italic';
import { Link } from '@tiptap/extension-link';
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import { UndoRedo } from '@tiptap/extensions';

import type { Wiring } from './Field.svelte';

export interface RichTextProps {
  wiring: Wiring;
  testid: string;
  /** The offer's text, made harmless by the core: the editor never parses anything else. */
  safeHtml: string;
  /** What the person typed; null while they have not, and the text follows the offer. */
  mine: string | null;
  ontype: (html: string) => void;
  onleave: () => void;
}

/** Only web addresses may be links. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]+/i.test(text) && URL.canParse(text);
}

/** What a person can write: no more than the core's sanitiser lets through. */
export const EXTENSIONS = [
  Document,
  Paragraph,
  Text,
  Bold,
  Italic,
  Heading.configure({ levels: [2, 3] }),
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  HardBreak,
  UndoRedo,
  Link.configure({
    openOnClick: false,
    autolink: false,
    linkOnPaste: false,
    isAllowedUri: (address) => isWebAddress(address),
    HTMLAttributes: { target: null, rel: 'noopener noreferrer nofollow' },
  }),
];
