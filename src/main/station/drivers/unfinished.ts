import type { DeviceRole } from '#contract/device.ts';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';

/** What a child has begun and would leave without a word if it ended now. */
export interface Unfinished {
  asked(command: DriverCommand): void;
  told(report: DriverReport): void;
  /** A document is on its way to the paper. */
  readonly printing: boolean;
  /** Forgets all of it, and says what becomes of it when its child is gone. */
  abandon(): readonly DriverReport[];
}

export function createUnfinished(): Unfinished {
  const prints = new Set<number>();
  const recordings = new Set<DeviceRole>();
  return {
    asked(command) {
      if (command.type === 'printer.print') prints.add(command.request);
    },
    told(report) {
      if (report.type === 'printed') prints.delete(report.request);
      if (report.type !== 'recording') return;
      if (report.state === 'running') recordings.add(report.role);
      else recordings.delete(report.role);
    },
    get printing() {
      return prints.size > 0;
    },
    abandon() {
      const reports: DriverReport[] = [
        ...[...prints].map((request) => ({ type: 'printed', request, fault: 'unknown' }) as const),
        ...[...recordings].map((role) => {
          const detail = 'the drivers ended; what was written is complete up to then';
          return { type: 'recording', role, state: 'ended', detail } as const;
        }),
      ];
      prints.clear();
      recordings.clear();
      return reports;
    },
  };
}
