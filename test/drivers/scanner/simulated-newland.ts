import { readNewlandAnswer } from '#drivers/framing/newland.ts';
import type { ScannerBench } from './scanner-bench.ts';

const HEAD = '~\u00010000#';
const TAIL = ';\u0003';

/**
 * A scanner that is told what to do in Newland's words: it answers each command after a moment, and stops looking after
 * a code. What it is told is kept with its time.
 */
export function simulatedNewland(
  bench: ScannerBench,
  options: { readonly answer?: (command: string) => string | null; readonly latency?: number } = {},
) {
  const { answer = () => '\u0006', latency = 20 } = options;
  const heard: { readonly command: string; readonly at: number }[] = [];
  let looking = false;
  const send = (text: string) => bench.send(text);
  bench.answer((bytes) => {
    const text = String.fromCharCode(...bytes);
    const understood = text.startsWith(HEAD) && text.endsWith(TAIL);
    const command = understood
      ? text.slice(HEAD.length, -TAIL.length)
      : `not understood: ${JSON.stringify(text)}`;
    heard.push({ command, at: bench.timers.monotonic() });
    const mark = answer(command);
    if (mark === '\u0006') looking = command === 'SCNTRG1';
    if (mark !== null) bench.timers.after(latency, () => send(newlandAnswer(command, mark)));
  });
  return {
    heard: () => heard.map(({ command }) => command),
    times: () => heard.map(({ at }) => at),
    /** Holds a code in front of it; seen only while it looks. */
    show(text: string) {
      if (!looking) return;
      looking = false;
      send(`${text}\r`);
    },
  };
}

export function newlandAnswer(command: string, mark: string): string {
  const text = `\u0002\u00010000#${command}${mark};\u0003`;
  if (readNewlandAnswer(new TextEncoder().encode(text)) === null) throw new Error(`${text} is no answer`);
  return text;
}
