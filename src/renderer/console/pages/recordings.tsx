import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  type DevicesPage,
  LARGEST_RECORDING,
  MOST_RECORDINGS,
  RECORDINGS_FOLDER,
} from '#contract/console-devices.ts';
import type { DeviceRole } from '#contract/device.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { useConsole, useText } from '../context.ts';
import { size } from '../frame/moments.ts';
import { Panel } from '../frame/panel.tsx';
import { Pill } from '../frame/pill.tsx';
import { type Refusal, RefusalNotice } from './device-answers.tsx';
import { KeptRecordings } from './kept-recordings.tsx';

/** Recordings of the devices' traffic: begun and ended here, looked at here or taken from the disk. */
export function RecordingsPanel({ page }: { readonly page: DevicesPage }): JSX.Element {
  const t = useText();
  const { station, language } = useConsole();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { recordings, recordingEnd } = page;
  const running = new Set(recordings.filter((each) => each.running).map(({ role }) => role));

  async function turn(role: DeviceRole): Promise<void> {
    const method = running.has(role) ? 'stopRecording' : 'startRecording';
    const answer = await station.call(method, { role });
    setRefusal(answer === null || answer.kind === 'done' ? null : answer);
  }

  return (
    <Panel
      name="recordings"
      title={t('recordings.title')}
      wide
      state={running.size === 0 ? null : <Pill tone="amber">{t('recordings.running')}</Pill>}
    >
      <p class="panel__text">{t('recordings.lead')}</p>
      <div class="actions">
        {page.devices
          .filter(({ way }) => way !== 'cups')
          .map(({ role }) => (
            <button
              key={role}
              type="button"
              class="button"
              data-record={role}
              onClick={() => void turn(role)}
            >
              {t(running.has(role) ? 'recordings.stop' : 'recordings.start', { role: t(`devices.${role}`) })}
            </button>
          ))}
      </div>
      <div class="answers" aria-live="polite">
        {refusal === null ? null : <RefusalNotice refusal={refusal} />}
        {recordingEnd === null ||
        recordingEnd.end === 'asked' ||
        recordingEnd.end === 'console-left' ? null : (
          <div class="notice" data-recording-end={recordingEnd.end}>
            <Icon name="alert" />
            <div>
              {t(`recordings.end.${recordingEnd.end}`, { role: t(`devices.${recordingEnd.role}`) })}
              {recordingEnd.detail === null ? null : <p class="mono">{recordingEnd.detail}</p>}
            </div>
          </div>
        )}
      </div>
      <p class="field__hint">
        {t('recordings.bounds', {
          folder: RECORDINGS_FOLDER,
          count: MOST_RECORDINGS,
          size: size(language, LARGEST_RECORDING),
        })}
      </p>
      {recordings.length === 0 ? (
        <p class="empty">{t('recordings.none')}</p>
      ) : (
        <KeptRecordings recordings={recordings} disabled={page.change.at === 'trying'} />
      )}
    </Panel>
  );
}
