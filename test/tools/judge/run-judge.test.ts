import { describe, expect, it } from 'vitest';
import type { LivenessEvidence } from '#domain/liveness/evidence.ts';
import { encodeEvidence } from '#protocol/evidence-file.ts';
import { runJudge } from '../../../tools/judge/run-judge.ts';
import { MOTIONLESS, playEvidence } from '../../registry/test-evidence.ts';

function judge(evidence: LivenessEvidence | Uint8Array, ...more: readonly string[]) {
  const written = new Map<string, string>();
  const bytes = evidence instanceof Uint8Array ? evidence : encodeEvidence(evidence);
  const run = runJudge({
    arguments: ['case.evidence', ...more],
    readFile: () => bytes,
    writeFile: (path, text) => written.set(path, text),
  });
  return { ...run, text: run.lines.join('\n'), complaint: run.complaints.join('\n'), written };
}

const withVerdict = (evidence: LivenessEvidence, verdict: LivenessEvidence['tries'][number]['verdict']) => ({
  ...evidence,
  tries: evidence.tries.map((played) => ({ ...played, verdict })),
});

describe('evidence that is judged again', () => {
  it('of a living person gives the verdict of the station, check by check', () => {
    const evidence = playEvidence({});
    const { exitCode, text } = judge(evidence);
    expect(text).toContain('Judged again: live, as the station said.');
    for (const { name } of evidence.tries[0]?.verdict.checks ?? []) expect(text).toContain(name);
    for (const { action } of evidence.tries[0]?.prompts ?? []) expect(text).toContain(action);
    expect(exitCode).toBe(0);
  });

  it('that a station called live although nothing was done is told apart, and ends with 1', () => {
    const photo = playEvidence({ performer: MOTIONLESS });
    const forged = withVerdict(photo, { judgeVersion: 1, checks: [], result: 'live' });
    const { exitCode, text } = judge(forged);
    expect(text).toContain('THE STATION SAID OTHERWISE');
    expect(text).toMatch(/again: {3}not-live: too-slow .*<-- differs/);
    expect(exitCode).toBe(1);
  });

  it('of another session than the audit record names does not open its commitment', () => {
    const { exitCode, text } = judge(playEvidence({}), '--session', 'another');
    expect(text).toContain('IS NOT THE ONE THAT WAS COMMITTED TO');
    expect(exitCode).toBe(1);
  });

  it('is told to programs with every check', () => {
    const { lines } = judge(playEvidence({}), '--json');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      differs: false,
      verdict: { result: 'live' },
      tries: [{ attempt: 1, commitmentFits: true }],
    });
  });

  it('without a check that the terminal has switched off does not list it', () => {
    const evidence = playEvidence({});
    expect(judge(evidence).text).toMatch(/ depth /);
    expect(judge(evidence, '--without', 'depth').text).not.toMatch(/ depth /);
  });
});

describe('the picture of a try', () => {
  it('has a row for each signal, a window for each prompt, and a mark for each picture', () => {
    const evidence = playEvidence({});
    const { written, exitCode } = judge(evidence, '--picture', 'out.svg');
    const svg = written.get('out.svg') ?? '';
    for (const label of ['Yaw', 'Pitch', 'Mouth', 'Smile', 'Eyes']) expect(svg).toContain(`>${label}</text>`);
    for (const { action } of evidence.tries[0]?.prompts ?? []) expect(svg).toContain(`>${action}</text>`);
    expect(svg.match(/<title>picture/g)).toHaveLength(evidence.tries[0]?.keyFrames.length ?? -1);
    expect(svg).not.toContain('NaN');
    expect(exitCode).toBe(0);
  });

  it('is drawn of a try in which nobody came, too', () => {
    const evidence = playEvidence({});
    const empty = {
      ...evidence,
      tries: evidence.tries.map((played) => ({ ...played, trace: [], prompts: [] })),
    };
    const svg = judge(empty, '--picture', 'out.svg').written.get('out.svg') ?? '';
    expect(svg).toContain('Try 1');
    expect(svg).not.toContain('NaN');
  });

  it('that cannot be written is a fault of the call', () => {
    const run = runJudge({
      arguments: ['case.evidence', '--picture', 'nowhere/out.svg'],
      readFile: () => encodeEvidence(playEvidence({})),
      writeFile: () => {
        throw Object.assign(new Error('no such folder'), { code: 'ENOENT' });
      },
    });
    expect(run.exitCode).toBe(2);
    expect(run.complaints).toEqual(['nowhere/out.svg: the picture cannot be written (ENOENT)']);
  });
});

describe('a call or file that is wrong', () => {
  it.each([
    [[], 'Name one file'],
    [['a', 'b'], 'Name one file'],
    [['a', '--without', 'eyes'], '--without "eyes"'],
    [['a', '--what'], '--what'],
  ])('%j is refused with what is wrong', (parameters, complaint) => {
    const run = runJudge({
      arguments: parameters,
      readFile: () => new Uint8Array(0),
      writeFile: () => {},
    });
    expect(run.exitCode).toBe(2);
    expect(run.complaints.join('\n')).toContain(complaint);
  });

  it('names the place in the file', () => {
    const bytes = encodeEvidence(playEvidence({}));
    const { exitCode, complaint } = judge(bytes.subarray(0, bytes.length - 7));
    expect(complaint).toMatch(/^case\.evidence: this is no evidence: evidence/);
    expect(exitCode).toBe(2);
  });

  it('that is not there is said so', () => {
    const run = runJudge({
      arguments: ['case.evidence'],
      readFile: () => {
        throw Object.assign(new Error('gone'), { code: 'ENOENT' });
      },
      writeFile: () => {},
    });
    expect(run.complaints).toEqual(['case.evidence: the evidence cannot be read (ENOENT)']);
  });
});
