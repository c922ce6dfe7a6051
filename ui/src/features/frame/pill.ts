// What the status pill says. It tells the worst that is true, in as few words as it takes.
import type { IconName } from '../../components/Icon.svelte';
import type { DeskStatus, ErrorCode } from '../../generated';
import { t } from '../../messages';
import { momentText } from '../../messages/format';

export interface PillLook {
  text: string;
  tone: 'good' | 'busy' | 'warn' | 'bad';
  icon: IconName;
}

/** Notices that something of the hotel is not on the screen, or is older than the rest. */
const UNREAD: ErrorCode[] = ['list_outage', 'unreadable_rows'];

/** `delayed`: the live updates are interrupted, so that the lists say how old they are. */
export function pillLook(status: DeskStatus | null, delayed = false): PillLook {
  if (!status) return { text: t('status-starting'), tone: 'busy', icon: 'sync' };
  switch (status.pill) {
    case 'offline': {
      const waiting = status.waiting + status.saving;
      const text = waiting ? t('status-offline-waiting', { count: waiting }) : t('status-offline');
      return { text, tone: 'warn', icon: 'offline' };
    }
    case 'sign_in_needed':
      return { text: t('status-sign-in'), tone: 'bad', icon: 'person' };
    case 'attention':
      return { text: t('status-attention', { count: status.attention }), tone: 'bad', icon: 'attention' };
    case 'saving':
      return { text: t('status-saving', { count: status.saving }), tone: 'busy', icon: 'sync' };
    case 'waiting':
      return { text: t('status-waiting', { count: status.waiting }), tone: 'busy', icon: 'waiting' };
    case 'saved': {
      // Nothing waits, and of the hotel nothing, or not all, was ever read.
      if (!status.last_sync) {
        if (status.read_failure) return { text: t('status-unread'), tone: 'warn', icon: 'attention' };
        return { text: t('status-reading'), tone: 'busy', icon: 'sync' };
      }
      if (delayed) return { text: t('status-saved-not-live'), tone: 'warn', icon: 'offline' };
      // What is on the screen is not all that the hotel has.
      if (status.notices.some(({ code }) => UNREAD.includes(code))) {
        return { text: t('status-saved-not-read'), tone: 'warn', icon: 'attention' };
      }
      return { text: t('status-saved-at', { time: momentText(status.last_sync) }), tone: 'good', icon: 'check' };
    }
  }
}
