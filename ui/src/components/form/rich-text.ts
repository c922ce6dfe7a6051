import { Blockquote } from '@tiptap/extension-blockquote';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Heading } from '@tiptap/extension-heading';
import { Italic } from '@tiptap/extension-italic';
import { Link } from '@tiptap/extension-link';
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Strike } from '@tiptap/extension-strike';
import { Text } from '@tiptap/extension-text';
import { Underline } from '@tiptap/extension-underline';
import { UndoRedo } from '@tiptap/extensions';

import type { Wiring } from './wiring';

export interface RichTextProps {
  wiring: Wiring;
  testid: string;
  /** The offer's text, made harmless by the core: the editor never parses anything else. */
  safeHtml: string;
  /** What the person typed; null while they have not, and the text follows the offer. */
  mine: string | null;
  ontype: (html: string) => void;
  /** The text is again what it was before the first keystroke. */
  onundone: () => void;
  onleave: () => void;
  readonly: boolean;
}

/** Only web and mail addresses may be links. */
export function isLinkAddress(text: string): boolean {
  return /^(https?:\/\/[^\s/]|mailto:[^\s@]+@[^\s@])/i.test(text) && URL.canParse(text);
}

/** What the core's sanitiser lets through, all of it: opening a text must not lose a part of it. */
export const EXTENSIONS = [
  Document,
  Paragraph,
  Text,
  Bold,
  Italic,
  Underline,
  Strike,
  Blockquote,
  Heading.configure({ levels: [2, 3, 4] }),
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
    isAllowedUri: (address) => isLinkAddress(address),
    HTMLAttributes: { target: null, rel: 'noopener noreferrer nofollow' },
  }),
];
