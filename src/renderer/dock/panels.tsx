import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { DockKey } from '#i18n/dock-messages.ts';
import type { Translate } from '#i18n/translator.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { DockLink, DockState } from './dock-link.ts';

/** What every panel is given. */
export interface PanelProps {
  readonly dock: DockLink;
  readonly state: DockState;
  readonly t: Translate<DockKey>;
}

export function Panel(props: {
  readonly title: string;
  readonly name: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section class="panel" data-panel={props.name} aria-label={props.title}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

export function CardsPanel({ dock, state, t }: PanelProps): JSX.Element {
  return (
    <Panel title={t('cards.title')} name="cards">
      <ul class="people">
        {state.people.map(({ id, name, note }) => {
          const lying = state.card === id;
          return (
            <li key={id}>
              <button
                type="button"
                class={lying ? 'person person--lying' : 'person'}
                aria-pressed={lying}
                data-person={id}
                onClick={() => dock.act('insertCard', { person: id })}
              >
                <Icon name="card" />
                <span class="person__name">{name}</span>
                <span class="person__note">{lying ? t('cards.lying') : note}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <button
        type="button"
        class="action"
        data-action="lift"
        disabled={state.card === null}
        onClick={() => dock.act('liftCard', {})}
      >
        {state.card === null ? t('cards.none') : t('cards.lift')}
      </button>
    </Panel>
  );
}

export function DevicesPanel({ dock, state, t }: PanelProps): JSX.Element {
  const plugged = {
    reader: state.readerPlugged,
    scanner: state.scannerPlugged,
    printer: state.counter?.printer.plugged ?? false,
    lamp: state.counter?.lamp.plugged ?? false,
  };
  const devices = ['reader', 'scanner', ...(state.counter ? (['printer', 'lamp'] as const) : [])] as const;
  return (
    <Panel title={t('devices.title')} name="devices">
      {devices.map((device) => (
        <div key={device} class="switch-row">
          <span class={plugged[device] ? 'lamp lamp--on' : 'lamp'} />
          <span class="switch-row__name">
            {t(`devices.${device}`)}
            <small>{plugged[device] ? t('devices.plugged') : t('devices.unplugged')}</small>
          </span>
          <button
            type="button"
            class="action"
            data-device={device}
            onClick={() => dock.act('plug', { device, plugged: !plugged[device] })}
          >
            {plugged[device]
              ? t('devices.unplug', { device: t(`devices.${device}`) })
              : t('devices.plug', { device: t(`devices.${device}`) })}
          </button>
        </div>
      ))}
    </Panel>
  );
}

export function NetworkPanel({ dock, state, t }: PanelProps): JSX.Element {
  const up = state.network === 'up';
  return (
    <Panel title={t('network.title')} name="network">
      <div class="switch-row">
        <span class={up ? 'lamp lamp--on' : 'lamp'} />
        <span class="switch-row__name">{up ? t('network.up') : t('network.cut')}</span>
        <button
          type="button"
          class="action"
          data-network={up ? 'cut' : 'up'}
          onClick={() => dock.act('setNetwork', { network: up ? 'cut' : 'up' })}
        >
          {up ? t('network.to-cut') : t('network.to-up')}
        </button>
      </div>
    </Panel>
  );
}

/** Any text, held to the scanner: somebody else's code, a payment's, nonsense. */
export function OtherCodePanel({ dock, t }: PanelProps): JSX.Element {
  const [text, setText] = useState('');
  return (
    <Panel title={t('code.title')} name="code">
      <form
        class="other-code"
        onSubmit={(event) => {
          event.preventDefault();
          void dock.act('showCode', { text });
        }}
      >
        <input
          aria-label={t('code.label')}
          maxLength={4296}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="action" disabled={text === ''}>
          {t('code.show')}
        </button>
      </form>
    </Panel>
  );
}
