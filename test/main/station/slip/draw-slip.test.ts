import jsQR from 'jsqr';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '#domain/language.ts';
import { decodeSlipCode, openSlipStatement } from '#protocol/slip-statement.ts';
import { drawSlip, drawSlipWith, type SlipContents } from '#station/slip/draw-slip.ts';
import { PAGE } from '#station/slip/paper.ts';
import { notoSansSc } from '#station/slip/slip-fonts.ts';
import { SLIP_TEXTS } from '#station/slip/slip-texts.ts';
import { type ReadPdf, readPdf } from './read-pdf.ts';
import { sampleSlipCode, sampleSlipStation } from './sample-slip.ts';

const contents: SlipContents = {
  packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
  maskedName: '林**',
  maskedNumber: '440***********002X',
  application: 'full',
  at: Date.UTC(2026, 2, 1, 17, 31, 35),
  station: '天河政务服务中心 7 号机',
  sequence: 42,
  state: 'issued',
  statement: sampleSlipCode(),
  language: 'zh-CN',
  simulated: true,
};
const STATES = ['issued', 'collect', 'revoked', 'waiting', 'referred', 'rejected'] as const;

async function drawn(changes: Partial<SlipContents> = {}): Promise<ReadPdf> {
  return readPdf(await drawSlip({ ...contents, ...changes }));
}
const findVerifier = () => sampleSlipStation;
/** Lines run together: pdfkit places words and lines one by one. */
const everything = (pdf: ReadPdf) => pdf.texts.map(({ text }) => text).join('');
const squeezed = (text: string) => text.replace(/\s/g, '');

/** What a scanner reads on the page. */
function scanned({ squares }: ReadPdf): string | undefined {
  const side = Math.min(...squares.map((square) => square.side));
  const left = Math.min(...squares.map(({ x }) => x));
  const top = Math.min(...squares.map(({ y }) => y));
  const scale = 4;
  const quiet = 4;
  const size = (Math.round((Math.max(...squares.map(({ x }) => x)) - left) / side) + 1 + 2 * quiet) * scale;
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const { x, y } of squares) {
    const column = (Math.round((x - left) / side) + quiet) * scale;
    const row = (Math.round((y - top) / side) + quiet) * scale;
    for (let dy = 0; dy < scale; dy += 1) {
      for (let dx = 0; dx < scale; dx += 1) {
        pixels.fill(0, ((row + dy) * size + column + dx) * 4, ((row + dy) * size + column + dx) * 4 + 3);
      }
    }
  }
  return jsQR.default(pixels, size, size)?.data;
}

describe('a slip', () => {
  test('names number, person, application, moment, terminal and place in its chain', async () => {
    const pdf = await drawn();
    const texts = pdf.texts.map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining(['019C', '8F3A', '5E00', '7ABC', '8DEF', '0123', '4567', '89AB']),
    );
    const text = squeezed(everything(pdf));
    for (const part of [
      '林**',
      '440***********002X',
      '全功能级凭证（彩色）',
      '天河政务服务中心7号机',
      '42',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('gives the time in China, whatever the zone of the machine', async () => {
    expect(everything(await drawn())).toContain('2026年3月2日 01:31:35');
    expect(everything(await drawn({ language: 'en' }))).toContain('2 March 2026 at 01:31:35');
  });

  test("has the station's signed statement as a QR code that a scanner reads", async () => {
    expect(scanned(await drawn())).toBe(contents.statement);
    const octets = decodeSlipCode(contents.statement);
    expect(octets.ok && openSlipStatement({ octets: octets.value, findVerifier })).toMatchObject({
      ok: true,
      value: { packetId: contents.packetId, sequence: 42, application: 'full' },
    });
  });

  test('prints a module of the code no smaller than a third of a millimetre', async () => {
    const { squares } = await drawn();
    const millimetre = 72 / 25.4;
    expect(Math.min(...squares.map(({ side }) => side)) / millimetre).toBeGreaterThan(1 / 3);
  });

  test('has its number to scan when the statement could not be made', async () => {
    expect(scanned(await drawn({ statement: '' }))).toBe(contents.packetId);
  });

  test.each(STATES)('%s says what happens next and no other state', async (state) => {
    for (const language of LANGUAGES) {
      const text = squeezed(everything(await drawn({ state, language })));
      const texts = SLIP_TEXTS[language];
      expect(text).toContain(squeezed(texts[`state.${state}`]));
      for (const number of [1, 2, 3] as const)
        expect(text).toContain(squeezed(texts[`next.${state}.${number}`]));
      for (const other of STATES.filter((name) => name !== state)) {
        expect(text).not.toContain(squeezed(texts[`next.${other}.1`]));
      }
    }
  });

  test('of a reported loss names no person, and says that the e-ID stays valid until the report is accepted', async () => {
    const loss = { application: 'report-lost', maskedName: null, state: 'waiting' } as const;
    const text = squeezed(everything(await drawn(loss)));
    expect(text).toContain('挂失，停用凭证');
    expect(text).toContain('440***********002X');
    expect(text).not.toContain('姓名林');
    expect(text).toContain(squeezed(SLIP_TEXTS['zh-CN']['next.loss-waiting.2']));
    expect(text).not.toContain(squeezed(SLIP_TEXTS['zh-CN']['next.waiting.2']));
  });

  test.each([
    ['report-lost', 'referred', 'loss-referred'],
    ['report-lost', 'rejected', 'loss-rejected'],
    ['upgrade', 'rejected', 'upgrade-rejected'],
    ['upgrade', 'waiting', 'waiting'],
    ['basic', 'collect', 'collect'],
  ] as const)('for %s that is %s tells the story of %s', async (application, state, story) => {
    for (const language of LANGUAGES) {
      const text = squeezed(everything(await drawn({ application, state, language })));
      for (const number of [1, 2, 3] as const)
        expect(text).toContain(squeezed(SLIP_TEXTS[language][`next.${story}.${number}`]));
    }
  });

  test('is Chinese alone for who reads Chinese, and has Chinese beside English for the desk', async () => {
    expect(everything(await drawn({ simulated: false }))).not.toMatch(/[A-Za-z]{5}/);
    const text = squeezed(everything(await drawn({ language: 'en' })));
    for (const both of [
      'Receiptnumber回执编号',
      'Citizennumber公民身份号码',
      'Issued已签发',
      'Whathappensnext接下来',
    ]) {
      expect(text).toContain(both);
    }
  });

  test('is marked SIMULATED across the page and in words, only when it is', async () => {
    for (const language of LANGUAGES) {
      const marked = everything(await drawn({ language }));
      expect(marked).toContain('SIMULATED');
      expect(squeezed(marked)).toContain('仅供演示，无效');
      const real = everything(await drawn({ language, simulated: false }));
      expect(real).not.toContain('SIMULATED');
      expect(real).not.toContain('演示');
    }
  });

  test('fits one page with every text inside its margins and in legible print, however long names are', async () => {
    const longest: Partial<SlipContents> = {
      station: '广州市天河区政务服务中心'.repeat(5),
      maskedName: `林${'*'.repeat(14)}`,
      sequence: 281_474_976_710_655,
      application: 'upgrade',
    };
    const losses = (['waiting', 'referred', 'rejected'] as const).map((state) => ({
      state,
      application: 'report-lost' as const,
    }));
    for (const language of LANGUAGES) {
      for (const { state, ...changes } of [...STATES.map((state) => ({ state })), ...losses]) {
        const pdf = await drawn({ ...longest, ...changes, language, state });
        expect(pdf.pages, `${language} ${state}`).toBe(1);
        expect(Math.min(...pdf.texts.map(({ size }) => size))).toBeGreaterThanOrEqual(7.5);
        // The mark across the page is turned: its coordinates are not the page's.
        const upright = pdf.texts.filter(({ x, y }) => x > 0 && y > 0);
        expect(upright.length).toBeGreaterThanOrEqual(pdf.texts.length - 2);
        const lowest = Math.min(...upright.map(({ y }) => y));
        expect(lowest).toBeGreaterThan(18);
        for (const { x, y } of upright) {
          expect(x).toBeGreaterThan(0);
          expect(x).toBeLessThan(PAGE.width);
          expect(y).toBeLessThan(PAGE.height);
        }
        // The last sentence stands alone: nothing above it reaches down into it.
        const above = upright.map(({ y }) => y).filter((y) => y > lowest + 1);
        expect(Math.min(...above)).toBeGreaterThan(lowest + 14);
      }
    }
  });

  test('is the same octets for the same contents', async () => {
    const [first, second] = [await drawSlip(contents), await drawSlip(contents)];
    expect(Buffer.compare(first, second)).toBe(0);
  });
});

describe('a character that the typeface lacks', () => {
  test('is printed as □ with its code and reported', async () => {
    const { pdf, missing } = await drawSlipWith(notoSansSc(), { ...contents, maskedName: '\u{30000}*' });
    expect(missing).toEqual(['U+30000']);
    expect(everything(readPdf(pdf))).toContain('□(U+30000)*');
  });

  test('is none among the rare characters that names are written with', async () => {
    for (const name of ['䶮*', '㛃*', '\u{2CE93}*', '\u{2B5AF}*', '堃*', '喆*']) {
      expect((await drawSlipWith(notoSansSc(), { ...contents, maskedName: name })).missing, name).toEqual([]);
    }
  });
});
