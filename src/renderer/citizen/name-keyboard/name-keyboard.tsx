import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Language } from '#domain/language.ts';
import { nameKeyboardTexts } from '#i18n/name-keyboard-messages.ts';
import { CandidatePanel } from './candidate-panel.tsx';
import { type Candidate, candidatesFor } from './candidates.ts';
import { characterOf } from './code-point.ts';
import { glyphWatch } from './glyphs.ts';
import { hardwareKey } from './hardware-keys.ts';
import { KeyRows } from './key-rows.tsx';
import { loadPinyinTable } from './load-table.ts';
import { NameField } from './name-field.tsx';
import { pagesOf, spanOf } from './pages.ts';
import type { PinyinTable } from './pinyin-table.ts';
import { emptyTyping, isFull, type Key, press, type Typing } from './typing.ts';

type Table = PinyinTable | 'loading' | 'unavailable';

/**
 * Keyboard for a person's name: pinyin with candidates, Latin letters, and code points for what neither reaches. All
 * of it is in the product; nothing is asked of a network. `onChange` is told the name after every key; the letters of a
 * character that is not chosen yet are no part of it.
 */
export function NameKeyboard(props: {
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly language: Language;
}): JSX.Element {
  const { value, onChange, language } = props;
  const t = nameKeyboardTexts[language];
  const table = usePinyinTable();
  const [typing, setTyping] = useState<Typing>(emptyTyping(value));
  const [announcement, setAnnouncement] = useState('');
  const hasGlyph = useMemo(() => glyphWatch(getComputedStyle(document.body).fontFamily), []);

  // The name belongs to the screen: one that it changes by itself is taken over, and half a reading is dropped.
  const standing = typing.name === value ? typing : emptyTyping(value);
  const candidates = useMemo(() => offered(table, standing), [table, standing]);
  const pages = useMemo(
    () =>
      pagesOf(
        candidates.map((candidate) => {
          const characters = [...candidate.text];
          const undrawn = characters.filter((character) => !hasGlyph(character)).length;
          return { ...candidate, span: spanOf(characters.length + 2 * undrawn) };
        }),
      ),
    [candidates, hasGlyph],
  );
  const page = Math.min(standing.page, Math.max(0, pages.length - 1));
  const shown = pages[page] ?? [];

  function onKey(key: Key): void {
    const next = press(standing, key);
    if (next === standing) return;
    setTyping(next);
    if (next.name === value) return;
    onChange(next.name);
    const longer = next.name.length > value.length;
    const text = longer ? next.name.slice(value.length) : value.slice(next.name.length);
    setAnnouncement(
      next.name === ''
        ? t('keyboard.emptied')
        : t(longer ? 'keyboard.chosen' : 'keyboard.deleted', { text, name: next.name }),
    );
  }

  useHardwareKeys((event) => {
    const key = hardwareKey(event, {
      typing: { ...standing, page },
      shown: shown.map((candidate) => ({ key: 'candidate', candidate })),
      pages: pages.length,
    });
    if (key !== null) onKey(key);
    return key !== null;
  });

  return (
    <div class={`name-keyboard name-keyboard--${standing.mode}`}>
      <NameField typing={standing} hasGlyph={hasGlyph} t={t} />
      <p class="visually-hidden" aria-live="polite">
        {announcement}
      </p>
      <div class="name-keyboard__board">
        <CandidatePanel
          shown={shown}
          page={page}
          pages={pages.length}
          message={t(messageFor(table, standing, candidates))}
          hasGlyph={hasGlyph}
          onKey={onKey}
          t={t}
        />
        <KeyRows typing={standing} onKey={onKey} t={t} />
      </div>
    </div>
  );
}

function usePinyinTable(): Table {
  const [table, setTable] = useState<Table>('loading');
  useEffect(() => {
    let shown = true;
    loadPinyinTable().then(
      (loaded) => shown && setTable(loaded),
      (error: unknown) => {
        console.error(error);
        if (shown) setTable('unavailable');
      },
    );
    return () => {
      shown = false;
    };
  }, []);
  return table;
}

/** Listens for a keyboard that is plugged in; `take` tells whether the key was ours. */
function useHardwareKeys(take: (event: KeyboardEvent) => boolean): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      // Enter and space press the button that has the focus.
      const pressing =
        (event.key === 'Enter' || event.key === ' ') && event.target instanceof HTMLButtonElement;
      if (!pressing && document.querySelector('[role="dialog"]') === null && latest.current(event)) {
        event.preventDefault();
      }
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

function offered(table: Table, typing: Typing): readonly Candidate[] {
  if (typing.typed === '') return [];
  if (typing.mode === 'code') {
    const character = characterOf(typing.typed);
    return character.ok ? [{ text: character.value, letters: typing.typed.length }] : [];
  }
  if (typeof table === 'string') return [];
  return candidatesFor({ table, letters: typing.typed, atStart: typing.name === '' });
}

function messageFor(table: Table, typing: Typing, candidates: readonly Candidate[]) {
  if (typing.typed === '' && isFull(typing.name)) return 'keyboard.full';
  switch (typing.mode) {
    case 'latin':
      return 'keyboard.hint.latin';
    case 'code': {
      const character = characterOf(typing.typed);
      return !character.ok && character.error === 'not-a-name'
        ? 'keyboard.nothing.code'
        : 'keyboard.hint.code';
    }
    case 'pinyin':
      if (table === 'unavailable') return 'keyboard.unavailable';
      if (typing.typed === '') return 'keyboard.hint.pinyin';
      if (table === 'loading') return 'keyboard.loading';
      return candidates.length === 0 ? 'keyboard.nothing.pinyin' : 'keyboard.hint.pinyin';
  }
}
