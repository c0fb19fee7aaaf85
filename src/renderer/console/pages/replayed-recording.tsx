import type { JSX } from 'preact';
import type { RecordingReplay } from '#contract/recording-replay.ts';
import { Icon } from '#ui/icons/icon.tsx';
import { useText } from '../context.ts';
import { moment } from '../frame/moments.ts';
import { Pill } from '../frame/pill.tsx';

/** So many reports are seen at once; more are seen, and read out, when somebody asks for them. */
const SHORT_STORY = 20;

/** What a recording gave when it was played: whether the driver still does the same, and what it reported. */
export function ReplayedRecording(props: {
  readonly file: string;
  readonly replay: RecordingReplay;
}): JSX.Element {
  const t = useText();
  const { file, replay } = props;
  const { role, model, started, reports, leftOut, faults } = replay;
  const verdict = faults.length === 0 ? 'as-recorded' : 'differs';
  return (
    <section class="replay" data-replay={verdict}>
      <header class="device__head">
        <strong class="mono">{file}</strong>
        <Pill tone={verdict === 'as-recorded' ? 'jade' : 'cinnabar'}>{t(`replay.${verdict}`)}</Pill>
      </header>
      <p class="panel__text">
        {t('replay.device', { role: t(`devices.${role}`), model, time: moment(Date.parse(started)) })}
      </p>
      {faults.length === 0 ? null : (
        <div class="notice" data-replay-faults>
          <Icon name="alert" />
          <div>
            {t('replay.fault')}
            {faults.map((fault) => (
              <p key={fault} class="mono">
                {fault}
              </p>
            ))}
          </div>
        </div>
      )}
      <details class="replay__story" open={reports.length <= SHORT_STORY}>
        <summary>{t('replay.reports', { count: reports.length + leftOut })}</summary>
        <ol class="replay__reports mono">
          {reports.map(({ line, detail }, index) => (
            <li key={index} class="replay__report">
              <span>{line}</span>
              <span class="replay__detail">{detail}</span>
            </li>
          ))}
        </ol>
        {leftOut === 0 ? null : <p class="field__hint">{t('replay.left-out', { count: leftOut })}</p>}
      </details>
    </section>
  );
}
