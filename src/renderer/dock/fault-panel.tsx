import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { LONGEST_SCRIPT, type ScriptMistake } from '#contract/dock-api.ts';
import { FAULT_PRESET_NAMES, FAULT_PRESETS } from './fault-presets.ts';
import { Panel, type PanelProps } from './panels.tsx';

/** How the devices misbehave: ready-made faults, and any script. */
export function FaultPanel({ dock, state, t }: PanelProps): JSX.Element {
  const [script, setScript] = useState('');
  const [mistake, setMistake] = useState<ScriptMistake | null>(null);
  const play = async (wanted: string) => {
    const answer = await dock.act('setFaults', { script: wanted });
    setMistake(answer?.mistake ?? null);
  };
  return (
    <Panel title={t('fault.title')} name="fault">
      <div class="choices">
        {FAULT_PRESET_NAMES.map((name) => {
          const isSet = state.faults === FAULT_PRESETS[name];
          return (
            <button
              key={name}
              type="button"
              class={isSet ? 'choice choice--set' : 'choice'}
              aria-pressed={isSet}
              data-fault={name}
              onClick={() => void play(FAULT_PRESETS[name])}
            >
              {t(`fault.${name}`)}
            </button>
          );
        })}
      </div>
      <form
        class="fault-script"
        onSubmit={(event) => {
          event.preventDefault();
          void play(script);
        }}
      >
        <textarea
          aria-label={t('script.label')}
          placeholder={'on read 2: cut-after 500\non every find: delay 3000'}
          rows={3}
          maxLength={LONGEST_SCRIPT}
          spellcheck={false}
          value={script}
          onInput={(event) => setScript(event.currentTarget.value)}
        />
        <button type="submit" class="action" data-action="play-script" disabled={script === ''}>
          {t('script.play')}
        </button>
      </form>
      {mistake === null ? null : (
        <p class="dock__fault" role="alert" data-mistake={mistake.reason}>
          {t(`script.${mistake.reason}`, { line: mistake.line })}
        </p>
      )}
      <p class="fault-left" aria-live="polite">
        {state.faults === '' ? t('script.none-left') : t('script.left')}
        {state.faults === '' ? null : <code>{state.faults}</code>}
      </p>
    </Panel>
  );
}
