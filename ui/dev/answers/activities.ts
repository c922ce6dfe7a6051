// The answers about activities and notifications.
import type { ActivityList, ActivityQuery } from '../../src/generated';
import type { Answers } from '../commands';
import type { PretendDesk } from '../desk';

function listed(desk: PretendDesk, { kinds, text, before, limit }: ActivityQuery): ActivityList {
  const newest = [...desk.activities].sort((a, b) => b.id - a.id);
  const fitting = newest.filter(
    (activity) =>
      (kinds.length === 0 || kinds.includes(activity.kind)) &&
      activity.text.toLowerCase().includes((text ?? '').toLowerCase()) &&
      (before === null || activity.id < before),
  );
  const activities = fitting.slice(0, limit ?? 100);
  const unseen = newest.filter((activity) => activity.id > desk.seen).length;
  return { activities, more: activities.length < fitting.length, seen: desk.seen, unseen };
}

export function activityAnswers(desk: PretendDesk) {
  const announced = async (topic: 'history' | 'notifications'): Promise<null> => {
    await desk.notify({ topic });
    return null;
  };
  return {
    activities: ({ query }) => listed(desk, query),
    mark_activities_seen: ({ upto }) => {
      desk.seen = Math.max(desk.seen, upto);
      return announced('history');
    },
    put_back: ({ activity }) => {
      desk.activities = desk.activities.map((known) => (known.id === activity ? { ...known, put_back: false } : known));
      return announced('history');
    },
    notification_settings: () => desk.notifications,
    set_quiet: ({ minutes }) => {
      const until = minutes === null ? null : new Date(Date.now() + minutes * 60_000).toISOString();
      desk.notifications = { ...desk.notifications, quiet_until: until };
      return announced('notifications');
    },
    set_sounds: ({ on }) => {
      desk.notifications = { ...desk.notifications, sounds: on };
      return announced('notifications');
    },
    set_repeats: ({ on }) => {
      desk.notifications = { ...desk.notifications, repeats: on };
      return announced('notifications');
    },
  } satisfies Answers;
}
