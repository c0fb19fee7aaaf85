import type { LiveSession } from './live-session.ts';
import type { SessionParts } from './session-ports.ts';

/** Ends what a session gathered. It is told as done only when it was. */
export interface SessionWipe {
  /** Never throws: the way out of a session goes past here whatever happened in it. */
  wipe(): void;
  /** True once a wipe has failed: memory of this process may still hold a citizen, until the process ends. */
  failed(): boolean;
}

export function sessionWipe(options: {
  readonly parts: Pick<SessionParts, 'audit' | 'checkDesk' | 'faces' | 'log'>;
  readonly live: LiveSession;
  readonly onFailure: () => void;
}): SessionWipe {
  const { parts, live } = options;
  let failed = false;
  return {
    failed: () => failed,
    wipe() {
      if (live.record === null) return;
      const { sessionId } = live.record;
      try {
        live.wipe();
        parts.checkDesk.forget();
        parts.faces.rest();
      } catch (error) {
        failed = true;
        parts.log.error('session.wipe-failed', { error });
        parts.audit.record({ type: 'session.wipe-failed', fields: { sessionId } });
        options.onFailure();
        return;
      }
      parts.audit.record({ type: 'session.wiped', fields: { sessionId } });
    },
  };
}
