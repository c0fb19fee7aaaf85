import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SettingView } from '#contract/console-api.ts';
import {
  OPERATIONAL_SETTINGS,
  type OperationalSetting,
  type OperationalValue,
} from '#contract/operational-settings.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { Output } from '../console-link.ts';
import { useConsole, useText } from '../context.ts';
import { Facts, Panel } from '../frame/panel.tsx';

/** A setting that whoever is logged in may set at this terminal. */
export interface ChangeableSetting extends SettingView {
  readonly operational: NonNullable<SettingView['operational']>;
}

export function changeable(settings: readonly SettingView[]): readonly ChangeableSetting[] {
  return settings.filter((each): each is ChangeableSetting => each.operational?.mayChange === true);
}

/** Sets one value at this terminal, or takes it back; the station decides whether it is taken. */
export function ChangeSettingPanel(props: { readonly settings: readonly ChangeableSetting[] }): JSX.Element {
  const t = useText();
  const { station, language } = useConsole();
  const [wanted, setWanted] = useState<string | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [answer, setAnswer] = useState<Output<'changeSetting'> | null>(null);
  const chosen = props.settings.find(({ name }) => name === wanted) ?? props.settings[0];
  if (chosen === undefined) return <p class="panel__text">{t('change.none')}</p>;
  const { operational } = chosen;
  const setting: OperationalSetting = OPERATIONAL_SETTINGS[operational.name];
  const value = typed ?? chosen.value;

  async function send(next: OperationalValue | null): Promise<void> {
    setAnswer(null);
    setAnswer(await station.call('changeSetting', { setting: operational.name, value: next }));
    setTyped(null);
  }

  return (
    <Panel name="change-setting" title={t('change.title')} wide>
      <form
        class="field"
        onSubmit={(event) => {
          event.preventDefault();
          void send(setting.takes.kind === 'whole' ? Number(value) : value);
        }}
      >
        <label for="change-name">{t('settings.name')}</label>
        <select
          id="change-name"
          value={chosen.name}
          onChange={(event) => {
            setWanted(event.currentTarget.value);
            setTyped(null);
            setAnswer(null);
          }}
        >
          {props.settings.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <p class="panel__text">{language === 'en' ? setting.en : setting.zh}</p>
        <Facts
          rows={[
            [t('change.in-force'), <span class="mono">{chosen.value}</span>],
            [t('change.registry'), <span class="mono">{operational.server ?? t('value.none')}</span>],
            [t('change.local'), <span class="mono">{operational.local ?? t('value.none')}</span>],
            [t('change.counts'), t(`change.counts.${setting.counts}`)],
          ]}
        />
        <label for="change-value">{t('change.value')}</label>
        <ValueField setting={setting} value={value} onValue={setTyped} />
        <div class="actions">
          <button
            type="submit"
            class="button button--main"
            data-action="change-setting"
            disabled={value === ''}
          >
            <Icon name="tool" />
            {t('change.send')}
          </button>
          <button
            type="button"
            class="button"
            data-action="take-back"
            disabled={!operational.setHere}
            onClick={() => void send(null)}
          >
            {t('change.take-back')}
          </button>
        </div>
      </form>
      <div aria-live="polite">{answer === null ? null : <Outcome answer={answer} setting={setting} />}</div>
    </Panel>
  );
}

function ValueField(props: {
  readonly setting: OperationalSetting;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): JSX.Element {
  const { takes } = props.setting;
  if (takes.kind === 'choice') {
    return (
      <select
        id="change-value"
        value={props.value}
        onChange={(event) => props.onValue(event.currentTarget.value)}
      >
        {takes.of.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      id="change-value"
      class="mono"
      type="number"
      required
      step={1}
      min={takes.least}
      max={takes.most}
      value={props.value}
      onInput={(event) => props.onValue(event.currentTarget.value)}
    />
  );
}

function Outcome(props: {
  readonly answer: Output<'changeSetting'>;
  readonly setting: OperationalSetting;
}): JSX.Element {
  const t = useText();
  const { answer, setting } = props;
  if (answer.kind === 'changed') {
    return (
      <p class="notice notice--good" data-changed>
        <Icon name="tool" />
        <span>{t(`change.done.${setting.counts}`)}</span>
      </p>
    );
  }
  return (
    <p class="notice" data-fault={answer.kind === 'refused' ? answer.reason : answer.kind}>
      <Icon name="alert" />
      <span>
        {answer.kind === 'not-allowed' ? t('change.fault.not-allowed') : t(`change.fault.${answer.reason}`)}
      </span>
    </p>
  );
}
