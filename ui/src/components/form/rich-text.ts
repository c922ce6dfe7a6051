import { StarterKit } from '@tiptap/starter-kit';

import type { Wiring } from './wiring';

export interface RichTextProps {
  wiring: Wiring;
  testid: string;
  /** The offer's text after the core sanitised it; null until then. The editor never parses any other text. */
  safeHtml: string | null;
  /** The typed text; null before the person types, while the text follows the offer. */
  mine: string | null;
  ontype: (html: string) => void;
  /** Called when the text is again the one from before the first keystroke. */
  onundone: () => void;
  onleave: () => void;
  readonly: boolean;
}

/** Returns true for web and mail addresses. Only these may be links. */
export function isLinkAddress(text: string): boolean {
  return /^(https?:\/\/[^\s/]|mailto:[^\s@]+@[^\s@])/i.test(text) && URL.canParse(text);
}

/** Everything that the core's sanitiser allows, because opening a text must not lose a part of it. */
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
