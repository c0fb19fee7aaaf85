import type { DriverReport } from '#contract/driver-messages.ts';

/** A report as one line without anybody's data: `device ready`, `card.fault put-back`, `scan`. */
export function reportLine(report: DriverReport): string {
  switch (report.type) {
    case 'device':
      return `device ${report.state}`;
    case 'card.fault':
      return `card.fault ${report.fault}`;
    case 'scan.refused':
      return `scan.refused ${report.reason}`;
    case 'printed':
      return `printed ${report.fault ?? 'well'}`;
    default:
      return report.type;
  }
}

/** What a report says for a technician's eye, beside its line. */
export function reportDetail(report: DriverReport): string {
  if (report.type === 'device') {
    const sam = report.samId === null ? '' : `SAM ${report.samId}`;
    return [sam, report.detail ?? ''].filter((part) => part !== '').join('; ');
  }
  if (report.type === 'card.fault') return report.detail;
  if (report.type === 'card.read') return `${Math.round(report.tookMs)} ms after it was found`;
  if (report.type === 'scan') return `${[...report.text].length} characters`;
  return '';
}

/** Nothing of a card stays longer than it takes to say that it came. */
export function forget(report: DriverReport): void {
  if (report.type !== 'card.read') return;
  report.text.fill(0);
  report.photo.fill(0);
  report.fingerprints?.fill(0);
}
