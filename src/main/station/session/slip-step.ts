import type { Language } from '#domain/language.ts';
import type { StationEvent } from '#domain/session/chart-event.ts';
import type { SlipFacts, SlipFault } from '#domain/session/snapshot.ts';
import { narrowSlip } from '#station/slip/narrow-slip.ts';
import type { SessionParts } from './session-ports.ts';
import { zero } from './session-record.ts';

/** The next citizen waits no longer for a slip of the one before. */
const PATIENCE_MS = 5_000;

/** Prints the slip of a session, and tells the screen and the record what became of it. */
export interface SlipStep {
  print(
    slip: SlipFacts & { readonly language: Language; readonly simulated: boolean },
    tell: (event: StationEvent) => void,
  ): void;
  /** Null when nothing is being printed; else settles when it has come out, or after a while. */
  underWay(): Promise<void> | null;
}

export function slipStep(
  parts: Pick<SessionParts, 'slipPrinter' | 'drawSlip' | 'audit' | 'log' | 'timers'>,
): SlipStep {
  let printing: Promise<void> | null = null;

  async function print(
    contents: Parameters<SlipStep['print']>[0],
  ): Promise<{ readonly fault: SlipFault | null }> {
    const drawn: Uint8Array<ArrayBuffer>[] = [];
    try {
      const printed = await parts.slipPrinter.print({
        packetId: contents.packetId,
        pdf: async () => {
          const pdf = await parts.drawSlip(contents);
          drawn.push(pdf);
          return pdf;
        },
        receipt: () => narrowSlip(contents),
      });
      return { fault: printed.ok ? null : printed.error };
    } catch (error) {
      parts.log.error('session.slip-failed', { error });
      return { fault: 'unknown' };
    } finally {
      zero(...drawn);
    }
  }

  return {
    print(contents, tell) {
      const { packetId } = contents;
      const mine = print(contents).then(({ fault }) => {
        if (printing === mine) printing = null;
        if (fault === null) parts.audit.record({ type: 'slip.printed', fields: { packetId } });
        // A terminal without a printer shows every slip: that it does is in its settings, and no news.
        else if (fault !== 'no-printer')
          parts.audit.record({ type: 'slip.failed', fields: { packetId, reason: fault } });
        tell(fault === null ? { type: 'slip.printed' } : { type: 'slip.not-printed', reason: fault });
      });
      printing = mine;
    },
    underWay() {
      const slip = printing;
      if (slip === null) return null;
      return new Promise((resolve) => {
        const cancel = parts.timers.after(PATIENCE_MS, resolve);
        void slip.then(() => {
          cancel();
          resolve();
        });
      });
    },
  };
}
