import { describe, expect, test } from 'vitest';
import { AUDIT_EVENTS, type AuditEventType, eventId, isListed, listed } from '#station/audit/audit-events.ts';
import { SCENES } from './scenes/all.ts';

/**
 * Every listed type is seen at least once through what really causes it. A type that nothing here makes happen is one
 * that nobody has ever seen: it gets a scene in `scenes/`, or leaves the list.
 */
const types = Object.keys(AUDIT_EVENTS) as AuditEventType[];

test('every type of event has a scene in which it happens', () => {
  const shown = new Set(SCENES.flatMap(({ leaves }) => leaves));
  const missing = types
    .filter((type) => !shown.has(type))
    .map(
      (type) => `${eventId(type)} "${type}": make it happen in a scene under test/main/station/audit/scenes/`,
    );
  expect(missing).toEqual([]);
});

describe.each(SCENES)('when $when', ({ leaves, play }) => {
  test(`the chain tells ${leaves.join(', ')}, whole and with nothing refused`, async () => {
    const seen = await play();
    for (const type of leaves) {
      const whole = seen
        .filter((event) => event.type === type)
        .map((event) => Object.keys(event.fields).toSorted());
      const wanted = Object.keys(AUDIT_EVENTS[type].fields).toSorted();
      expect(whole, `${type} with all its fields`).toContainEqual(wanted);
    }
    for (const event of seen) {
      expect(isListed(event.type), `${event.type} is listed`).toBe(true);
      const { refused } = listed(event);
      expect(
        refused,
        `fields of ${event.type}, whose words belong into src/main/station/audit/words.ts`,
      ).toEqual([]);
    }
  }, 60_000);
});
