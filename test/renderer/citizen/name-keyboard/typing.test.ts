import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPersonName, LONGEST_NAME } from '#domain/identity/person-name.ts';
import { candidatesFor } from '#renderer/citizen/name-keyboard/candidates.ts';
import { characterOf, codeOf } from '#renderer/citizen/name-keyboard/code-point.ts';
import { hardwareKey } from '#renderer/citizen/name-keyboard/hardware-keys.ts';
import { COLUMNS, pagesOf, spanOf } from '#renderer/citizen/name-keyboard/pages.ts';
import { emptyTyping, type Key, MODES, press, type Typing } from '#renderer/citizen/name-keyboard/typing.ts';
import { builtTable as table } from './built-table.ts';

const letters = (text: string): Key[] => [...text].map((character) => ({ key: 'character', character }));
const run = (keys: readonly Key[], from: Typing = emptyTyping('')) => keys.reduce(press, from);
const choose = (typing: Typing, text: string): Typing => {
  const candidate = candidatesFor({ table, letters: typing.typed, atStart: typing.name === '' }).find(
    (one) => one.text === text,
  );
  if (candidate === undefined) throw new Error(`${text} is not offered for ${typing.typed}`);
  return press(typing, { key: 'candidate', candidate });
};

describe('typing a name', () => {
  it('one reading after another', () => {
    let typing = choose(run(letters('shan')), '单');
    expect(typing).toEqual({ name: '单', mode: 'pinyin', typed: '', page: 0 });
    typing = choose(run(letters('xiaoyu'), typing), '小');
    expect(typing).toMatchObject({ name: '单小', typed: 'yu' });
    expect(choose(typing, '雨').name).toBe('单小雨');
  });

  it('as a whole', () => {
    expect(choose(run(letters('zhangsan')), '张三')).toMatchObject({ name: '张三', typed: '' });
  });

  it('with a middle dot between its parts, never first, twice or while a reading is open', () => {
    const dot: Key = { key: 'dot' };
    expect(run([dot]).name).toBe('');
    expect(run([dot, dot], emptyTyping('古丽')).name).toBe('古丽·');
    expect(run([...letters('ai'), dot], emptyTyping('古丽')).name).toBe('古丽');
  });

  it('in capitals when it is Latin', () => {
    const typing = run([
      { key: 'mode', mode: 'latin' },
      ...letters('anna'),
      { key: 'space' },
      ...letters('lind'),
    ]);
    expect(typing.name).toBe('ANNA LIND');
  });

  it('by code point, beyond the basic plane too', () => {
    const typing = run([{ key: 'mode', mode: 'code' }, ...letters('2b5ae')], emptyTyping('王'));
    expect(typing.typed).toBe('2B5AE');
    const character = characterOf(typing.typed);
    expect(character).toEqual({ ok: true, value: '\u{2b5ae}' });
    expect(press(typing, { key: 'candidate', candidate: { text: '\u{2b5ae}', letters: 5 } })).toMatchObject({
      name: '王\u{2b5ae}',
      typed: '',
    });
  });

  it('delete takes letters first, then whole characters', () => {
    const remove: Key = { key: 'delete' };
    expect(run([...letters('zh'), remove]).typed).toBe('z');
    expect(run([remove], emptyTyping('王\u{2b5ae}')).name).toBe('王');
    expect(run([remove]).name).toBe('');
  });

  it('stops at fifteen units, and a candidate that would not fit changes nothing', () => {
    const full = emptyTyping('苏'.repeat(LONGEST_NAME));
    expect(run(letters('a'), full)).toEqual(full);
    const nearly = { ...emptyTyping('苏'.repeat(LONGEST_NAME - 1)), typed: 'yi' };
    expect(press(nearly, { key: 'candidate', candidate: { text: '\u{2b5ae}', letters: 2 } })).toBe(nearly);
  });

  it('another way of typing drops the open reading and keeps the name', () => {
    const typing = run([...letters('zh'), { key: 'mode', mode: 'code' }], emptyTyping('王'));
    expect(typing).toEqual({ name: '王', mode: 'code', typed: '', page: 0 });
  });

  it('whatever is pressed, the name stays one that may be checked and fits the card', () => {
    const key: fc.Arbitrary<Key> = fc.oneof(
      fc.constantFrom(...'abczxnv01F').map((character): Key => ({ key: 'character', character })),
      fc.constantFrom<Key>({ key: 'separator' }, { key: 'dot' }, { key: 'space' }, { key: 'delete' }),
      fc.constantFrom(...MODES).map((mode): Key => ({ key: 'mode', mode })),
      fc.nat(3).map((page): Key => ({ key: 'page', page })),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.nat(3)), { maxLength: 40 }), (presses) => {
        let typing = emptyTyping('');
        for (const [one, pick] of presses) {
          typing = press(typing, one);
          const candidate = candidatesFor({ table, letters: typing.typed, atStart: typing.name === '' })[
            pick
          ];
          if (typing.mode === 'pinyin' && candidate !== undefined && pick === 3) {
            typing = press(typing, { key: 'candidate', candidate });
          }
          expect(typing.name.length).toBeLessThanOrEqual(LONGEST_NAME);
          const bare = typing.name.replace(/[· ]$/, '');
          expect(bare === '' || checkPersonName(bare).ok).toBe(true);
          expect(typing.typed).toMatch(typing.mode === 'code' ? /^[\dA-F]{0,6}$/ : /^[a-z']*$/);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('code points', () => {
  it.each([
    ['4F6', 'unfinished'],
    ['', 'unfinished'],
    ['E863', 'not-a-name'],
    ['D840', 'not-a-name'],
    ['0041F', 'not-a-name'],
    ['3042', 'not-a-name'],
    ['110000', 'not-a-name'],
    ['FFFFFF', 'not-a-name'],
  ])('%s is %s', (digits, fault) => {
    expect(characterOf(digits)).toEqual({ ok: false, error: fault });
  });

  it('lead back to the character they were written from', () => {
    for (const character of ['张', '〇', '䶮', '\u{2b5ae}', '\u{31350}']) {
      expect(characterOf(codeOf(character).slice(2))).toEqual({ ok: true, value: character });
    }
  });
});

describe('pages of candidates', () => {
  it('hold each candidate once, in order, in two rows of nine columns', () => {
    const candidate = fc.string({ unit: fc.constantFrom('张', '\u{2b5ae}'), minLength: 1, maxLength: 15 });
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 60 }), (names) => {
        const placed = names.map((text) => ({ text, letters: 1, span: spanOf([...text].length) }));
        const pages = pagesOf(placed);
        expect(pages.flat()).toEqual(placed);
        for (const page of pages) {
          expect(page.length).toBeGreaterThan(0);
          expect(page.reduce((sum, { span }) => sum + span, 0)).toBeLessThanOrEqual(2 * COLUMNS);
        }
      }),
    );
  });
});

describe('a keyboard that is plugged in', () => {
  const event = (key: string, held: object = {}) => ({
    key,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    isComposing: false,
    ...held,
  });
  const typing = run(letters('zhang'));
  const shown = candidatesFor({ table, letters: 'zhang', atStart: true })
    .slice(0, 9)
    .map((candidate) => ({ key: 'candidate', candidate }) as const);
  const standing = { typing, shown, pages: 2 };

  it('types letters and chooses by digit, space and Enter', () => {
    expect(hardwareKey(event('a'), standing)).toEqual({ key: 'character', character: 'a' });
    expect(hardwareKey(event('2'), standing)).toEqual(shown[1]);
    expect(hardwareKey(event(' '), standing)).toEqual(shown[0]);
    expect(hardwareKey(event('Enter'), standing)).toEqual(shown[0]);
    expect(hardwareKey(event('PageDown'), standing)).toEqual({ key: 'page', page: 1 });
    expect(hardwareKey(event('Backspace'), standing)).toEqual({ key: 'delete' });
    expect(hardwareKey(event('.'), standing)).toEqual({ key: 'dot' });
  });

  it('leaves shortcuts, and Enter when nothing is typed, to others', () => {
    expect(hardwareKey(event('a', { ctrlKey: true }), standing)).toBeNull();
    expect(hardwareKey(event('Enter'), { ...standing, typing: emptyTyping('张') })).toBeNull();
    expect(hardwareKey(event('F4'), standing)).toBeNull();
  });

  it('types digits into a code', () => {
    const code = run([{ key: 'mode', mode: 'code' }]);
    expect(hardwareKey(event('4'), { typing: code, shown: [], pages: 0 })).toEqual({
      key: 'character',
      character: '4',
    });
  });
});
