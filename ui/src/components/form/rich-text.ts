import { StarterKit } from '@tiptap/starter-kit';

import type { Wiring } from './wiring';

export interface RichTextProps {
  wiring: Wiring;
  testid: string;
  /** The offer's text, made harmless by the core: the editor never parses anything else. Null until that is known. */
  safeHtml: string | null;
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
  StarterKit.configure({
    code: false,
    codeBlock: false,
    dropcursor: false,
    gapcursor: false,
    horizontalRule: false,
    trailingNode: false,
    heading: { levels: [2, 3, 4] },
    link: {
      openOnClick: false,
      autolink: false,
      linkOnPaste: false,
      isAllowedUri: (address) => isLinkAddress(address),
      HTMLAttributes: { target: null, rel: 'noopener noreferrer nofollow' },
    },
  }),
];
