import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  type DeviceChoice,
  type DevicesPage,
  type DeviceWay,
  READY_WITHIN_MS,
} from '#contract/console-devices.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { Output } from '../console-link.ts';
import { useConsole, useText } from '../context.ts';
import { Panel } from '../frame/panel.tsx';
import { ChangeState, type Refusal, RefusalNotice } from './device-answers.tsx';
import { placeFromText } from './place-text.ts';
import { type ShownTrial, TrialSteps } from './trial-steps.tsx';

/** A device to choose: one that the terminal has, or a model that there is a profile of. */
interface Option {
  readonly id: string;
  readonly label: string;
  readonly model: string;
  readonly role: DevicesPage['devices'][number]['role'];
  readonly way: DeviceWay;
  /** Null for one that the terminal has. */
  readonly profile: string | null;
}

type Answer =
  | { readonly kind: 'bad-place' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'tried'; readonly trial: Extract<Output<'tryDevice'>, { kind: 'view' }>['view'] };

/** Tries a device at a place, and saves it into the terminal's list. */
export function SetUpPanel(props: {
  readonly page: DevicesPage;
  /** The place is the page's, so that what is plugged in can be taken over into it. */
  readonly place: string;
  readonly onPlace: (place: string) => void;
}): JSX.Element | null {
  const t = useText();
  const { station } = useConsole();
  const { page, place, onPlace } = props;
  const [wanted, setWanted] = useState('');
  const [card, setCard] = useState(false);
  const [busy, setBusy] = useState<'try' | 'save' | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const options = useOptions(page);
  const option = options.find(({ id }) => id === wanted) ?? options[0];
  if (option === undefined) return null;
  const underWay = page.change.at === 'trying';
  const needsPlace = option.profile !== null;
  const changed =
    page.change.at === 'trying' || page.change.at === 'kept' || page.change.at === 'rolled-back';

  const shown: ShownTrial | null =
    answer?.kind === 'tried'
      ? { ...answer.trial, prompt: null }
      : busy === 'try'
        ? { model: option.model, place: null, passed: null, ...station.trial.value }
        : null;

  async function act(what: 'try' | 'save', { role, profile, way }: Option): Promise<void> {
    const at = place.trim() === '' ? null : placeFromText(way, place);
    setAnswer(null);
    if (at === null && (place.trim() !== '' || profile !== null)) {
      setAnswer({ kind: 'bad-place' });
      return;
    }
    const choice: DeviceChoice =
      profile === null || at === null
        ? { kind: 'configured', role, place: at }
        : { kind: 'profile', profile, place: at };
    setBusy(what);
    if (what === 'try') {
      station.forgetTrial();
      const tried = await station.call('tryDevice', { choice, card: card && role === 'reader' });
      if (tried !== null)
        setAnswer(
          tried.kind === 'view' ? { kind: 'tried', trial: tried.view } : { kind: 'refused', refusal: tried },
        );
    } else {
      const saved = await station.call('saveDevice', { choice });
      if (saved !== null && saved.kind !== 'done') setAnswer({ kind: 'refused', refusal: saved });
    }
    setBusy(null);
  }

  return (
    <Panel name="set-up" title={t('set-up.title')} wide>
      <p class="panel__text">{t('set-up.lead', { seconds: READY_WITHIN_MS / 1_000 })}</p>
      {page.profileFaults.length === 0 ? null : (
        <div class="notice" data-profile-faults>
          <Icon name="alert" />
          <div>
            {t('set-up.profile-faults')}
            {page.profileFaults.map((fault) => (
              <p key={fault} class="mono">
                {fault}
              </p>
            ))}
          </div>
        </div>
      )}
      <form
        class="set-up"
        onSubmit={(event) => {
          event.preventDefault();
          void act('try', option);
        }}
      >
        <div class="field field--stacked">
          <label for="set-up-device">{t('set-up.device')}</label>
          <select
            id="set-up-device"
            value={option.id}
            onChange={(event) => {
              setWanted(event.currentTarget.value);
              setAnswer(null);
            }}
          >
            {options.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <div class="field field--stacked">
          <label for="set-up-place">{t(`set-up.place.${option.way}`)}</label>
          <input
            id="set-up-place"
            class="mono"
            autocomplete="off"
            spellcheck={false}
            maxLength={400}
            required={needsPlace}
            value={place}
            onInput={(event) => onPlace(event.currentTarget.value)}
          />
          {needsPlace ? null : <p class="field__hint">{t('set-up.keep-place')}</p>}
        </div>
        {option.role === 'reader' ? (
          <div class="check">
            <input
              id="set-up-card"
              type="checkbox"
              aria-describedby="set-up-card-hint"
              checked={card}
              disabled={busy !== null}
              onChange={(event) => setCard(event.currentTarget.checked)}
            />
            <label for="set-up-card">{t('set-up.card')}</label>
            <p id="set-up-card-hint" class="field__hint">
              {t('set-up.card-hint')}
            </p>
          </div>
        ) : null}
        <div class="actions">
          <button
            type="submit"
            class="button"
            data-action="try-device"
            disabled={busy !== null || underWay || (needsPlace && place.trim() === '')}
          >
            <Icon name="search" />
            {busy === 'try' ? t('set-up.trying') : t('set-up.try')}
          </button>
          <button
            type="button"
            class="button button--main"
            data-action="save-device"
            disabled={busy !== null || underWay || (needsPlace && place.trim() === '')}
            onClick={() => void act('save', option)}
          >
            <Icon name="storage" />
            {t('set-up.save')}
          </button>
        </div>
      </form>
      <div class="answers" aria-live="polite">
        {/* What was saved before says nothing of what is asked now. */}
        {underWay || (changed && answer === null && busy === null) ? (
          <ChangeState change={page.change} />
        ) : null}
        {/* One and the same list while it runs and after: what was read out is not read out again. */}
        {shown === null ? null : <TrialSteps trial={shown} />}
        {answer === null || answer.kind === 'tried' ? null : answer.kind === 'bad-place' ? (
          <p class="notice" data-refused="bad-place">
            <Icon name="alert" />
            <span>{t('set-up.bad-place')}</span>
          </p>
        ) : (
          <RefusalNotice refusal={answer.refusal} />
        )}
      </div>
    </Panel>
  );
}

function useOptions(page: DevicesPage): readonly Option[] {
  const t = useText();
  return [
    ...page.devices.map(
      ({ role, model, way }): Option => ({
        id: `role-${role}`,
        label: t('set-up.configured', { role: t(`devices.${role}`), model }),
        model,
        role,
        way,
        profile: null,
      }),
    ),
    ...page.profiles.map(
      ({ id, role, model, way, verified, fields }): Option => ({
        id,
        label: t('set-up.profile', { role: t(`devices.${role}`), model, verified, fields }),
        model,
        role,
        way,
        profile: id,
      }),
    ),
  ];
}
