import type { HidPosLayout } from '#contract/device.ts';

/** Where each layout has what, written down here a second time: the tests lean on nothing of the framer's. */
const REPORTS: Readonly<
  Record<
    HidPosLayout,
    { readonly size: number; readonly aim: number; readonly data: number; readonly more: number }
  >
> = {
  honeywell: { size: 64, aim: 2, data: 5, more: 63 },
  minimal: { size: 61, aim: 1, data: 4, more: 60 },
  counted: { size: 62, aim: 2, data: 5, more: 61 },
  newland: { size: 64, aim: -1, data: 2, more: -1 },
};

/** One report with the data, the way a scanner of that layout would send it. */
export function hidPosReport(report: {
  readonly layout: HidPosLayout;
  readonly data: Uint8Array;
  readonly aim?: string;
  readonly more?: boolean;
}): Uint8Array {
  const { layout, data, aim = ']Q1', more = false } = report;
  const at = REPORTS[layout];
  const bytes = new Uint8Array(at.size);
  bytes[0] = 2;
  if (layout !== 'minimal') bytes[1] = data.length;
  if (at.aim >= 0) bytes.set(new TextEncoder().encode(aim), at.aim);
  bytes.set(data, at.data);
  if (at.more >= 0 && more) bytes[at.more] = 1;
  if (layout === 'honeywell') bytes[61] = 0x73;
  return bytes;
}

/** All reports of one scan. A scan that fills its last report up is followed by an empty one where nothing else ends it. */
export function hidPosReports(scan: {
  readonly layout: HidPosLayout;
  readonly data: Uint8Array;
  readonly aim?: string;
}): Uint8Array[] {
  const { data, layout } = scan;
  const reports: Uint8Array[] = [];
  for (let from = 0; from === 0 || from < data.length; from += 56) {
    const more = from + 56 < data.length;
    reports.push(hidPosReport({ ...scan, data: data.subarray(from, from + 56), more }));
  }
  const endless = layout === 'newland' && data.length > 0 && data.length % 56 === 0;
  return endless ? [...reports, hidPosReport({ layout, data: new Uint8Array(0) })] : reports;
}
