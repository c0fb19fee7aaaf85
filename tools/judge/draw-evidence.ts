import type { LivenessEvidence, LivenessTry } from '#domain/liveness/evidence.ts';
import { FLASH_MS, FLASH_RGB } from '#domain/liveness/flash-colour.ts';
import { baselineOf, framesWithin, neutralSpan } from '#domain/liveness/judge.ts';
import type { EvidenceJudgement, TryJudgement } from '#domain/liveness/judge-evidence.ts';
import { drawPlan } from '#domain/liveness/plan.ts';
import { readSignals, smoothSignals } from '#domain/liveness/signals.ts';
import { nodeDigests } from '#protocol/digests.ts';
import { type ChartRow, chartRows, type Sample } from './chart-rows.ts';
import { verdictWords } from './judgement-lines.ts';

const WIDTH = 1480;
const LEFT = 190;
const RIGHT = 40;
const ROW = 118;
const ROW_GAP = 22;
const HEAD = 92;
const FOOT = 46;
/** Pixels of a try's chart from its head to its time axis, without its rows. */
const AXIS = 30;

/** Every try of a session as one SVG: signals over time, the windows that were asked, flashes and key frames. */
export function drawEvidence(evidence: LivenessEvidence, judgement: EvidenceJudgement): string {
  const charts = judgement.tries.flatMap((judged, index) => {
    const played = evidence.tries[index];
    return played === undefined ? [] : [drawTry(evidence.sessionId, played, judged)];
  });
  const height = charts.reduce((sum, chart) => sum + chart.height, FOOT);
  let top = 0;
  const placed = charts.map((chart) => {
    const group = `<g transform="translate(0 ${top})">${chart.svg}</g>`;
    top += chart.height;
    return group;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="'Noto Sans SC', 'Noto Sans CJK SC', sans-serif">
<rect width="${WIDTH}" height="${height}" fill="#fbfaf7"/>
${placed.join('\n')}
<text x="${LEFT}" y="${height - 18}" font-size="13" fill="#6b6f76">Values are changes from the person's own neutral face. Dashed: the level that the action has to reach. Shaded: the time in which it was asked for.</text>
</svg>
`;
}

interface Chart {
  readonly svg: string;
  readonly height: number;
}

function drawTry(sessionId: string, played: LivenessTry, judged: TryJudgement): Chart {
  const { trace, prompts, flashes } = played;
  const plan = judged.commitmentFits ? drawPlan({ digests: nodeDigests, sessionId, ...played }) : null;
  const span = plan === null ? null : neutralSpan({ plan, prompts, flashes });
  const signals = smoothSignals(trace.flatMap((frame) => readSignals(frame) ?? []));
  const baseline = span === null ? null : baselineOf(framesWithin(trace, span));
  const rows = chartRows({ signals, trace, baseline });
  const from = trace[0]?.at ?? 0;
  const until = Math.max(from + 1000, trace.at(-1)?.at ?? 0);
  const x = (at: number) => LEFT + ((at - from) / (until - from)) * (WIDTH - LEFT - RIGHT);
  const bottom = HEAD + rows.length * (ROW + ROW_GAP);
  const body = rows.map((row, index) => drawRow({ row, top: HEAD + index * (ROW + ROW_GAP), x, played }));
  return {
    height: bottom + AXIS + 24,
    svg: [
      `<text x="${LEFT}" y="40" font-size="22" font-weight="600" fill="#1d2229">Try ${judged.attempt}: ${verdictWords(judged.own)}</text>`,
      `<text x="${LEFT}" y="64" font-size="14" fill="#6b6f76">${subtitle(played, judged)}</text>`,
      ...flashes.map(
        ({ colour, shownAt }) =>
          `<rect x="${round(x(shownAt))}" y="${HEAD - 16}" width="${round(x(shownAt + FLASH_MS) - x(shownAt))}" height="8" fill="rgb(${FLASH_RGB[colour].join(',')})" stroke="#b9b4a8"/>`,
      ),
      ...body,
      ...timeAxis({ from, until, x, bottom }),
      ...played.keyFrames.map(({ at, purpose }) => keyFrameMark({ x: x(at), bottom, purpose })),
    ].join('\n'),
  };
}

function subtitle({ trace, exchanges }: LivenessTry, { station, differs }: TryJudgement): string {
  const exchanged = exchanges.length === 0 ? '' : `, exchanged: ${exchanges.join(', ')}`;
  const said = differs ? `; the station said ${verdictWords(station)}` : '; the station said the same';
  return `${trace.length} frames${exchanged}${said}`;
}

function drawRow(told: {
  readonly row: ChartRow;
  readonly top: number;
  readonly x: (at: number) => number;
  readonly played: LivenessTry;
}): string {
  const { row, top, x, played } = told;
  const least = row.samples.reduce((low, { value }) => Math.min(low, value), row.least);
  const most = row.samples.reduce((high, { value }) => Math.max(high, value), row.most);
  const y = (value: number) => top + ROW - ((value - least) / (most - least)) * ROW;
  const windows = played.prompts.map((prompt, index) => {
    const concerned = row.actions.includes(prompt.action);
    // The next prompt stands as soon as this one was answered.
    const end = Math.min(prompt.closesAt, played.prompts[index + 1]?.shownAt ?? Number.POSITIVE_INFINITY);
    const [left, right] = [x(prompt.shownAt), Math.min(x(end), WIDTH - RIGHT)];
    const label = concerned
      ? `<text x="${round(left + 6)}" y="${top + 16}" font-size="13" font-weight="600" fill="#1f6f5c">${prompt.action}</text>`
      : '';
    return `<rect x="${round(left)}" y="${top}" width="${round(Math.max(0, right - left))}" height="${ROW}" fill="${concerned ? '#cfe7df' : '#efece4'}"/>${label}`;
  });
  const levels = row.levels.map(
    (level) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(level))}" y2="${round(y(level))}" stroke="#b4432f" stroke-dasharray="6 5"/><text x="${LEFT - 8}" y="${round(y(level) + 4)}" font-size="12" text-anchor="end" fill="#b4432f">${level}</text>`,
  );
  const zero =
    least < 0
      ? `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(0))}" y2="${round(y(0))}" stroke="#cfcabd"/>`
      : '';
  return [
    `<rect x="${LEFT}" y="${top}" width="${WIDTH - LEFT - RIGHT}" height="${ROW}" fill="#ffffff" stroke="#ddd8cc"/>`,
    ...windows,
    zero,
    ...levels,
    `<path d="${path(row.samples, x, y)}" fill="none" stroke="#1d4f7c" stroke-width="1.8" stroke-linejoin="round"/>`,
    `<text x="24" y="${top + 22}" font-size="16" font-weight="600" fill="#1d2229">${row.label}</text>`,
    `<text x="24" y="${top + 42}" font-size="12" fill="#6b6f76">${row.unit}</text>`,
  ].join('\n');
}

/** Longer holes than this are not bridged by a line, ms. */
const HOLE = 400;

function path(samples: readonly Sample[], x: (at: number) => number, y: (value: number) => number): string {
  return samples
    .map(({ at, value }, index) => {
      const before = samples[index - 1];
      const joined = before !== undefined && at - before.at <= HOLE;
      return `${joined ? 'L' : 'M'}${round(x(at))} ${round(y(value))}`;
    })
    .join('');
}

function timeAxis(told: {
  readonly from: number;
  readonly until: number;
  readonly x: (at: number) => number;
  readonly bottom: number;
}): readonly string[] {
  const { from, until, x, bottom } = told;
  const seconds = Math.floor((until - from) / 1000);
  const every = seconds > 40 ? 5 : seconds > 20 ? 2 : 1;
  return Array.from({ length: Math.floor(seconds / every) + 1 }, (_, index) => {
    const second = index * every;
    const at = round(x(from + second * 1000));
    return `<text x="${at}" y="${bottom + 14}" font-size="12" text-anchor="middle" fill="#6b6f76">${second} s</text>`;
  });
}

/** A small triangle on the axis where a picture was taken. */
function keyFrameMark(told: {
  readonly x: number;
  readonly bottom: number;
  readonly purpose: string;
}): string {
  const { x, bottom, purpose } = told;
  const y = bottom - ROW_GAP + 6;
  return `<path d="M${round(x)} ${y}l-5 9h10z" fill="#8a6d2f"><title>picture: ${purpose}</title></path>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
