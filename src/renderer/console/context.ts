import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Language } from '#domain/language.ts';
import { type ConsoleKey, consoleTexts } from '#i18n/console-messages.ts';
import type { Translate } from '#i18n/translator.ts';
import type { ConsoleLink, Input, Output } from './console-link.ts';

/** What every page can reach. */
export interface ConsoleContext {
  readonly station: ConsoleLink;
  readonly language: Language;
}

export const ConsoleScope = createContext<ConsoleContext | null>(null);

export function useConsole(): ConsoleContext {
  const context = useContext(ConsoleScope);
  if (context === null) throw new Error('a page was drawn outside the console');
  return context;
}

export function useText(): Translate<ConsoleKey> {
  return consoleTexts[useConsole().language];
}

type Viewed = 'overview' | 'queue' | 'audit' | 'settings' | 'devices';
type ViewOf<M extends Viewed> = Extract<Output<M>, { readonly kind: 'view' }>['view'];

/** Milliseconds between two looks at a page that stands open. */
const LOOK_EVERY = 3_000;

/** What a method shows, asked for again while the page stands open; null until it was shown, or while it may not be. */
export function useView<M extends Viewed>(
  method: M,
  input: Input<M>,
  lookEvery = LOOK_EVERY,
): ViewOf<M> | null {
  const { station } = useConsole();
  const [view, setView] = useState<ViewOf<M> | null>(null);
  const key = JSON.stringify(input);
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const answer = await station.call(method, JSON.parse(key) as Input<M>);
      if (gone) return;
      if (answer !== null) setView(answer.kind === 'view' ? (answer.view as ViewOf<M>) : null);
      timer = setTimeout(() => void look(), lookEvery);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [station, method, key, lookEvery]);
  return view;
}
