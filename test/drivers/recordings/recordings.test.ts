import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRecording } from '#drivers/recording/parse-recording.ts';
import type { Recording } from '#drivers/recording/recording.ts';
import { replayScans, scanNames } from '../recording/recorded-scans.ts';
import { replayVisit, reportNames } from '../recording/recorded-visit.ts';

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.recording'));

async function replayed(recording: Recording): Promise<{ names: string[]; fault: string | null }> {
  if (recording.device.role === 'scanner') {
    const { reports, fault } = await replayScans(recording);
    return { names: scanNames(reports), fault };
  }
  const { reports, fault } = await replayVisit(recording);
  return { names: reportNames(reports), fault };
}

/** A technician's recording goes into this folder, with the reports that it should give as `expect` lines of its head. */
describe('a recording in this folder', () => {
  it('is there', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it.each(files)('%s gives the reports that its head expects', async (file) => {
    const parsed = parseRecording(readFileSync(new URL(file, folder), 'utf8'));
    if (!parsed.ok) throw new Error(`${file}: line ${parsed.error.line}: ${parsed.error.reason}`);
    const { expected } = parsed.value;
    expect(expected.length, 'expect lines').toBeGreaterThan(0);
    const { names, fault } = await replayed(parsed.value);
    expect(fault).toBeNull();
    expect(names.slice(0, expected.length)).toEqual(expected);
    // Where the recording ends, the replayed device is unplugged.
    expect(names.slice(expected.length).every((name) => name === 'device absent')).toBe(true);
  });
});
