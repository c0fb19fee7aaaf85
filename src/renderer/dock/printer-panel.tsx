import type { JSX } from 'preact';
import type { CounterState } from '#contract/dock-api.ts';
import type { DockKey } from '#i18n/dock-messages.ts';
import type { Translate } from '#i18n/translator.ts';
import type { DockLink } from './dock-link.ts';
import { Panel } from './panels.tsx';
import { PaperStrip } from './paper-strip.tsx';

type Condition = CounterState['printer']['condition'];

/** What each trouble is called in the printer's condition when it is there, and when it is not. */
const TROUBLES = {
  cover: ['open', 'closed'],
  cutter: ['jammed', 'well'],
  answers: ['silent', 'all'],
} as const satisfies { [K in Exclude<keyof Condition, 'paper'>]: readonly [Condition[K], Condition[K]] };

/** The receipt printer: what is wrong with it, and the paper that came out. */
export function PrinterPanel(props: {
  readonly dock: DockLink;
  readonly printer: CounterState['printer'];
  readonly t: Translate<DockKey>;
}): JSX.Element {
  const { dock, t } = props;
  const { condition, paper } = props.printer;
  const set = (change: Partial<Condition>) => dock.act('setPrinter', { ...condition, ...change });
  const choice = (isSet: boolean) => (isSet ? 'choice choice--set' : 'choice');
  return (
    <Panel title={t('printer.title')} name="printer">
      <fieldset class="choices" aria-label={t('printer.paper')}>
        {(['plenty', 'low', 'none'] as const).map((amount) => (
          <button
            key={amount}
            type="button"
            class={choice(condition.paper === amount)}
            aria-pressed={condition.paper === amount}
            data-paper={amount}
            onClick={() => set({ paper: amount })}
          >
            {t(`printer.${amount}`)}
          </button>
        ))}
      </fieldset>
      <fieldset class="choices" aria-label={t('printer.trouble')}>
        {(['cover', 'cutter', 'answers'] as const).map((part) => {
          const [trouble, well] = TROUBLES[part];
          const isThere = condition[part] === trouble;
          return (
            <button
              key={part}
              type="button"
              class={choice(isThere)}
              aria-pressed={isThere}
              data-trouble={part}
              onClick={() => set({ [part]: isThere ? well : trouble })}
            >
              {t(`printer.${part}`)}
            </button>
          );
        })}
      </fieldset>
      <PaperStrip paper={paper} t={t} />
      <button
        type="button"
        class="action"
        data-action="tear-off"
        disabled={paper.lines.length === 0}
        onClick={() => dock.act('tearOff', {})}
      >
        {t('printer.tear-off')}
      </button>
    </Panel>
  );
}
