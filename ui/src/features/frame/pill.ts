// The text of the status pill: the worst state that is true, in few words.
import type { IconName } from '../../components/Icon.svelte';
import type { DeskStatus, ErrorCode } from '../../generated';
import { t } from '../../messages';
import { momentText } from '../../messages/format';

export interface PillLook {
  text: string;
  tone: 'good' | 'busy' | 'warn' | 'bad';
  icon: IconName;
}

/** The notices about data of the hotel that is missing on the screen or older than the rest. */
const UNREAD: ErrorCode[] = ['list_outage', 'unreadable_rows'];

/** `delayed`: the live updates are interrupted, so that the lists show their age. */
export function pillLook(status: DeskStatus | null, delayed = false): PillLook {
  if (!status) return { text: t('status-starting'), tone: 'busy', icon: 'sync' };
  switch (status.pill) {
    case 'offline': {
      const waiting = status.waiting + status.saving;
      const text = waiting ? t('status-offline-waiting', { count: waiting }) : t('status-offline');
      return { text, tone: 'warn', icon: 'offline' };
    }
    case 'locked':
      return { text: t('status-locked'), tone: 'busy', icon: 'person' };
    case 'sign_in_needed':
      return { text: t('status-sign-in'), tone: 'bad', icon: 'person' };
    case 'attention':
      if (!status.counted) return { text: t('status-not-counted'), tone: 'bad', icon: 'attention' };
      return { text: t('status-attention', { count: status.attention }), tone: 'bad', icon: 'attention' };
    case 'saving':
      return { text: t('status-saving', { count: status.saving }), tone: 'busy', icon: 'sync' };
    case 'waiting':
      return { text: t('status-waiting', { count: status.waiting }), tone: 'busy', icon: 'waiting' };
    case 'unknown':
      if (!status.last_sync) {
        if (status.read_failure) return { text: t('status-unread'), tone: 'warn', icon: 'attention' };
        return { text: t('status-reading'), tone: 'busy', icon: 'sync' };
      }
      if (delayed) return { text: t('status-saved-not-live'), tone: 'warn', icon: 'offline' };
      return { text: t('status-checking'), tone: 'busy', icon: 'sync' };
    case 'saved': {
      if (delayed) return { text: t('status-saved-not-live'), tone: 'warn', icon: 'offline' };
      // The screen does not show all that the hotel has.
      if (status.notices.some(({ code }) => UNREAD.includes(code))) {
        return { text: t('status-saved-not-read'), tone: 'warn', icon: 'attention' };
      }
      const time = status.last_sync ? momentText(status.last_sync) : '';
      return { text: t('status-saved-at', { time }), tone: 'good', icon: 'check' };
    }
  }
}
